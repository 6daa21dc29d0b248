import { type ReactElement, useEffect, useRef } from 'react'
import type { JobView, RunPlan } from '../../../preload/contract/types.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { useNow } from '../../ui/now.ts'

type AgainWarningProps = {
  readonly reason: NonNullable<RunPlan['again']>
  readonly lastCompleted: JobView | null
  readonly production: boolean
  /** What was extracted once is not extracted again. */
  readonly consumes: boolean
}

/** Why it asks twice. Takes the focus itself, so that a second press of Enter does not start anything. */
export function AgainWarning(props: AgainWarningProps): ReactElement {
  const { reason, lastCompleted, production, consumes } = props
  const hours = useSettings(state => state.settings.againHours)
  const now = useNow()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const text = words.extracts.runDialog
  // When it began, as everywhere: two times for one run would look like two runs.
  const at = lastCompleted ? (lastCompleted.startedAt?.at ?? lastCompleted.knownAt) : null
  const when = at === null ? words.time.never : timeWithin(at, now, localZone())
  const said = consumes
    ? { 'unsaved-run': text.unsavedRun(when), 'recent-run': text.recentRun(when, hours) }
    : { 'unsaved-run': text.unsavedRunPlain(when), 'recent-run': text.recentRunPlain(when, hours) }
  return (
    <div ref={place} tabIndex={-1} className="callout callout-danger" role="alert">
      <p>
        <strong>{production ? text.againTitle : text.againTitlePlain}</strong>
      </p>
      <p>{said[reason]}</p>
    </div>
  )
}
