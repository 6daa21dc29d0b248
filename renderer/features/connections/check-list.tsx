import { type ReactElement, useEffect, useRef } from 'react'
import { words } from '../../text.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { type CheckResults, checkLook, checkSteps } from './check.ts'

const text = words.connections.check

/** What was checked of a new connection, each step with its result. */
export function CheckList({ results }: { readonly results: CheckResults }): ReactElement {
  const place = useRef<HTMLOListElement>(null)
  // It comes up at the end of a long form, as the answer to its button.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <ol ref={place} className="checks" aria-label={text.label}>
      {checkSteps.map(step => (
        <li key={step} className="check">
          <span className="check-name">{text.steps[step]}</span>
          <StateMark look={checkLook(step, results[step])} />
        </li>
      ))}
    </ol>
  )
}
