import type { JobId } from '../ids.ts'
import { advance } from './job.ts'
import { saveJob, untilUnchanged } from './save.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

/** Notes in the journal that a job's files are wanted when it has ended, whatever else happens to its row meanwhile. */
export function wantFiles(
  world: Pick<JobsWorld, 'jobs' | 'events' | 'onEnded'>,
  id: JobId,
  wanted: NonNullable<Job['wanted']>,
): Promise<void> {
  return untilUnchanged(async () => {
    const job = await world.jobs.find(id)
    if (job === null) return
    await saveJob(world, {
      job: advance(job, { kind: 'wanted', wanted }),
      from: job.state,
      why: `files asked for by ${wanted.by}`,
    })
  })
}
