import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import type { ErrorView } from '../../preload/contract/errors.ts'
import { errorText, words } from '../text.ts'
import { CopyText } from './copy.tsx'
import { Icon, ShapeIcon } from './icons.tsx'

type ErrorNoteProps = {
  readonly error: ErrorView
  /** What can be done about it, here. */
  readonly children?: ReactNode
  /** Said at once by screen readers: for errors that answer what the user just did. */
  readonly live?: boolean
}

/** What happened, what is safe, what to do; code, the system's own words and its correlation id folded. */
export function ErrorNote({ error, children, live = false }: ErrorNoteProps): ReactElement {
  const { what, safe, next } = errorText(error)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In a long form it may come up below the edge.
    if (live) place.current?.scrollIntoView({ block: 'nearest' })
  }, [live])
  return (
    <div ref={place} className="error-note" {...(live ? { role: 'alert' } : {})}>
      <ShapeIcon shape="needs-you" />
      <div className="error-words">
        <p className="error-what">{what}</p>
        <p>{safe}</p>
        <p>{next}</p>
        <ErrorDetails error={error} />
      </div>
      {children ? <div className="error-actions">{children}</div> : null}
    </div>
  )
}

/** The system's own words, folded. Nothing where there are none. */
export function ErrorDetails({ error }: { readonly error: ErrorView }): ReactElement | null {
  if (error.said === undefined && error.correlationId === undefined) return null
  return (
    <details className="details">
      <summary>
        <Icon name="crumb" />
        {words.shell.details}
      </summary>
      <dl className="facts">
        <dt>{words.shell.detailCode}</dt>
        <dd>
          <code>{error.code}</code>
        </dd>
        {error.said === undefined ? null : (
          <>
            <dt>{words.shell.detailSaid}</dt>
            <dd className="said">{error.said}</dd>
          </>
        )}
        {error.correlationId === undefined ? null : (
          <>
            <dt>{words.shell.detailCorrelation}</dt>
            <dd>
              <CopyText text={error.correlationId} what={words.shell.detailCorrelation} whole />
            </dd>
          </>
        )}
      </dl>
    </details>
  )
}
