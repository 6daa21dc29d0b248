import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, Select, TextField } from '../../ui/fields.tsx'
import type { Action } from '../../ui/use-action.ts'
import { addressFields } from './address-fields.tsx'
import { CertificateNote, fingerprintOf, inPairs } from './certificate-note.tsx'
import { checking, resultsOf } from './check.ts'
import { CheckList } from './check-list.tsx'
import { type Draft, hasFolders, mayPin, problemsOf } from './draft.ts'
import { OutputMaps } from './output-maps.tsx'
import { authKindsOf } from './secret-fields.ts'
import { KeepChoice, SecretInputs } from './secret-inputs.tsx'

type SignInStepProps = {
  readonly draft: Draft
  readonly onChange: (patch: Partial<Draft>) => void
  readonly onBack: () => void
  /** The check that runs, or how the last one ended. */
  readonly check: Pick<Action<readonly [], unknown>, 'busy' | 'error'>
  readonly onCheck: (draft: Draft) => void
}

/** Name, mark, address and sign-in. Signing in proves it works; nothing is saved where that fails. */
export function SignInStep({ draft, onChange, onBack, check, onCheck }: SignInStepProps): ReactElement {
  const text = words.connections
  const [tries, setTries] = useState(0)
  const tried = tries > 0
  const form = useRef<HTMLFormElement>(null)
  // The first field that is not right may be far up; nobody should have to look for it.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries])
  const problems = tried ? problemsOf(draft) : []
  const kinds = authKindsOf(draft.system).map(id => ({ id, ...text.kindOf(draft.system, id) }))
  const AddressFields = addressFields[draft.system]
  const submit = (wanted: Draft) => {
    setTries(before => before + 1)
    if (problemsOf(wanted).length === 0) onCheck(wanted)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit(draft)
  }
  const trust = (certificateSha256: string) => {
    onChange({ certificateSha256 })
    submit({ ...draft, certificateSha256 })
  }
  return (
    <form className="form" onSubmit={onSubmit} noValidate ref={form}>
      <TextField
        label={text.form.name}
        what={text.form.nameWhat}
        value={draft.name}
        onChange={name => onChange({ name })}
        problem={problems.includes('name') ? text.form.needed : null}
        autoFocus
      />
      <Choice
        label={text.form.mark}
        options={[
          { id: 'production', name: text.form.marks.production, what: text.form.marksWhat.production },
          { id: 'test', name: text.form.marks.test, what: text.form.marksWhat.test },
        ]}
        value={draft.mark}
        onChange={mark => onChange({ mark })}
      />
      <AddressFields
        address={draft.address}
        // Another server has another certificate.
        onChange={patch => onChange({ address: { ...draft.address, ...patch }, certificateSha256: null })}
        wrong={problems.includes('address')}
      />
      {kinds.length > 1 ? (
        <Select
          label={text.form.kind}
          what={text.kindOf(draft.system, draft.auth).what}
          options={kinds}
          value={draft.auth}
          onChange={auth => onChange({ auth, secrets: {} })}
        />
      ) : null}
      <SecretInputs
        kind={draft}
        secrets={draft.secrets}
        onChange={secrets => onChange({ secrets })}
        tried={tried}
      />
      <KeepChoice keep={draft.keep} onChange={keep => onChange({ keep })} />
      {hasFolders(draft.system) ? (
        <OutputMaps maps={draft.outputMaps} onChange={outputMaps => onChange({ outputMaps })} tried={tried} />
      ) : null}
      {draft.certificateSha256 === null ? null : (
        <div className="field">
          <span className="field-label">{text.certificate.pinned}</span>
          <p className="field-what">{text.certificate.pinnedWhat}</p>
          <code className="breakable">{inPairs(draft.certificateSha256)}</code>
          <div className="form-actions">
            <Button onPress={() => onChange({ certificateSha256: null })}>{text.certificate.forget}</Button>
          </div>
        </div>
      )}
      <CheckOutcome draft={draft} check={check} onTrust={trust} />
      <div className="form-actions">
        <Button look="primary" type="submit" isPending={check.busy}>
          {check.busy ? text.form.checking : text.form.check}
        </Button>
        <Button isDisabled={check.busy} onPress={onBack}>
          {words.shell.back}
        </Button>
      </div>
    </form>
  )
}

type CheckOutcomeProps = Pick<SignInStepProps, 'draft' | 'check'> & {
  readonly onTrust: (fingerprint: string) => void
}

/** How far the check came, and what stood in its way. */
function CheckOutcome({ draft, check, onTrust }: CheckOutcomeProps): ReactElement {
  const { busy, error } = check
  const results = busy ? checking : error && resultsOf(error)
  const fingerprint = error && mayPin(draft.system) ? fingerprintOf(error) : null
  return (
    <>
      {results ? <CheckList results={results} /> : null}
      {error && fingerprint !== null ? (
        <CertificateNote
          key={fingerprint}
          error={error}
          fingerprint={fingerprint}
          busy={busy}
          onTrust={onTrust}
        />
      ) : null}
      {error && fingerprint === null ? <ErrorNote error={error} live /> : null}
    </>
  )
}
