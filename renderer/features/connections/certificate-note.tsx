import { Fragment, type ReactElement, useEffect, useRef, useState } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'

const text = words.connections.certificate

/** The certificate that an error speaks of; null where it speaks of none that could be trusted. */
export function fingerprintOf({ code, facts }: ErrorView): string | null {
  const { fingerprint } = facts
  return code === 'certificate' && typeof fingerprint === 'string' && /^[0-9a-f]{64}$/.test(fingerprint)
    ? fingerprint
    : null
}

/** `AB:CD:…`, as servers and browsers show it. */
export const inPairs = (fingerprint: string): string =>
  (fingerprint.match(/../g) ?? []).join(':').toUpperCase()

type CertificateNoteProps = {
  readonly error: ErrorView
  readonly fingerprint: string
  readonly busy: boolean
  readonly onTrust: (fingerprint: string) => void
}

/** What is known of the certificate, and the one way to trust it: after comparing it, and none but this one. */
export function CertificateNote(props: CertificateNoteProps): ReactElement {
  const { error, fingerprint, busy, onTrust } = props
  const [same, setSame] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  // It comes up at the end of a long form, as the answer to its button.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [])
  const { host, subject, issuer, validFrom, validUntil } = error.facts
  const validity = validFrom && validUntil ? text.validity(String(validFrom), String(validUntil)) : null
  const facts = [
    { name: text.server, value: host },
    { name: text.subject, value: subject },
    { name: text.issuer, value: issuer },
    { name: text.valid, value: validity },
  ]
  return (
    <div ref={place} className="error-note certificate" role="alert">
      <ShapeIcon shape="needs-you" />
      <div className="error-words">
        <p className="error-what">{text.title}</p>
        <p>{text.what}</p>
        <dl className="facts">
          {facts.map(({ name, value }) =>
            value ? (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd className="breakable">{String(value)}</dd>
              </Fragment>
            ) : null,
          )}
          <dt>{text.fingerprint}</dt>
          <dd>
            <CopyText text={inPairs(fingerprint)} what={text.fingerprint} whole />
          </dd>
        </dl>
        <Checkbox checked={same} onChange={setSame}>
          {text.same}
        </Checkbox>
        <div className="form-actions">
          <Button isDisabled={!same} isPending={busy} onPress={() => onTrust(fingerprint)}>
            {text.trust}
          </Button>
        </div>
        <p className="field-what">{text.trustWhat}</p>
      </div>
    </div>
  )
}
