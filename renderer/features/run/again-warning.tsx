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
}

/** Why it asks twice. Takes the focus itself, so that a second press of Enter does not start anything. */
export function AgainWarning({ reason, lastCompleted, production }: AgainWarningProps): ReactElement {
  const hours = useSettings(state => state.settings.againHours)
  const now = useNow()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const text = words.extracts.runDialog
  // When it began, as everywhere: two times for one run would look like two runs.
  const at = lastCompleted ? (lastCompleted.startedAt?.at ?? lastCompleted.knownAt) : null
  const when = at === null ? words.time.never : timeWithin(at, now, localZone())
  return (
    <div ref={place} tabIndex={-1} className="callout callout-danger" role="alert">
      <p>
        <strong>{production ? text.againTitle : text.againTitlePlain}</strong>
      </p>
      <p>{reason === 'unsaved-run' ? text.unsavedRun(when) : text.recentRun(when, hours)}</p>
    </div>
  )
}
