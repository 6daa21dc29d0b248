import type { NeedKind } from '../../../preload/contract/types.ts'
import type { DeskEvent } from '../events.ts'
import { stages } from './job.ts'
import { wasRefused } from './refusal.ts'
import { type Job, type JobChange, JobChangedMeanwhile } from './types.ts'
import type { JobsWorld } from './world.ts'

/** Writes changes and tells of them: to whoever listens, and to the deliveries where files can be fetched now. */
export async function saveJobs(
  { jobs, events, onEnded }: Pick<JobsWorld, 'jobs' | 'events' | 'onEnded'>,
  changes: readonly JobChange[],
): Promise<readonly Job[]> {
  if (changes.length === 0) return []
  await jobs.save(changes)
  const saved = changes.map(({ job }) => ({ ...job, rev: job.rev + 1 }))
  for (const [index, job] of saved.entries()) {
    if (changes[index]?.why === null) continue
    events.publish(jobChanged(job))
    const need = needOf(job)
    if (need) events.publish({ kind: 'needs-you', need, subjectId: job.id })
    if (deliverable(job)) onEnded(job)
  }
  return saved
}

export const jobChanged = ({
  id,
  definitionId,
  connectionId,
}: Pick<Job, 'id' | 'definitionId' | 'connectionId'>): DeskEvent => ({
  kind: 'job-changed',
  jobId: id,
  definitionId,
  connectionId,
})

/** What this change of a job wants the user to know at once; what needs them at all is decided in core/activity. */
function needOf(job: Job): NeedKind | null {
  if (job.state === 'start-unknown') return 'start-unknown'
  if (job.wanted === null || job.error === null) return null
  if (job.state === 'completed') return 'delivery'
  // A refusal was the answer to whoever asked. That nothing was started is found out only later.
  const foundOutLater = job.state === 'not-started' && job.sentAt !== null && !wasRefused(job)
  const ended = stages[job.state] === 'ended' || stages[job.state] === 'given-up'
  return ended || foundOutLater ? 'job-failed' : null
}

export const deliverable = (job: Job): boolean =>
  job.state === 'completed' && job.wanted !== null && job.hasFiles

export async function saveJob(
  world: Pick<JobsWorld, 'jobs' | 'events' | 'onEnded'>,
  change: JobChange,
): Promise<Job> {
  const [saved] = await saveJobs(world, [change])
  return saved ?? change.job
}

/** How often a row that others write too is read and decided on again before that is a fault of ours. */
const mostTries = 20

/** Runs `work`, which reads rows, decides and saves, again for as long as somebody else wrote them in between. */
export async function untilUnchanged<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof JobChangedMeanwhile) || tries >= mostTries) throw error
    }
  }
}
