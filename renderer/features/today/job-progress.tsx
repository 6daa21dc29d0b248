import type { ReactElement } from 'react'
import type { JobView } from '../../../preload/contract/types.ts'
import { localZone, roughDuration, timeWithin } from '../../format/time.ts'
import { percentWithout, transferPercent, transferText } from '../../format/transfer.ts'
import { useProgress } from '../../stores/activity.ts'
import { figures, words } from '../../text.ts'
import { useSecond } from '../../ui/now.ts'
import { Progress } from '../../ui/progress.tsx'

/** A bar with its figures: bytes while files come, time against the usual time while the system works. */
export function JobProgress({ job }: { readonly job: JobView }): ReactElement {
  const progress = useProgress(job.delivery)
  const now = useSecond()
  const text = words.today
  const label = text.progressOf(job.definitionName)

  const error = job.delivery?.error
  if (error?.code === 'metered') {
    const left = figures.size(Number(error.facts.left))
    return <Progress label={label} percent={percentWithout(error.facts)} text={text.waitsForNetwork(left)} />
  }
  const nextAttemptAt = job.delivery?.nextAttemptAt ?? null
  if (nextAttemptAt !== null) {
    return (
      <Progress label={label} percent={0} text={text.nextTry(timeWithin(nextAttemptAt, now, localZone()))} />
    )
  }
  if (progress) {
    return <Progress label={label} percent={transferPercent(progress)} text={transferText(progress)} />
  }
  const elapsed = Math.max(0, now - (job.startedAt?.at ?? job.knownAt))
  const forNow = text.elapsed(roughDuration(elapsed))
  // The usual time is the system's; it says nothing of a delivery.
  if (job.usualMs === null || job.delivery !== null)
    return <Progress label={label} percent={null} text={forNow} />
  const late = elapsed > job.usualMs
  const usual = roughDuration(job.usualMs)
  const compared = late ? text.longerThanUsual(usual) : text.usual(usual)
  return (
    <Progress
      label={label}
      percent={late ? null : Math.floor((elapsed / job.usualMs) * 100)}
      text={`${forNow} · ${compared}`}
    />
  )
}
