import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import { AppError } from '../errors.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

type AlikeWorld = Pick<JobsWorld, 'connections' | 'system' | 'clock'>

/**
 * Whether this job brings what is wanted now. A run for last month that is asked for on the first must not be taken for
 * served by one of the evening before, which is about the month before that.
 */
async function isAlike(world: AlikeWorld, definition: Definition, job: Job): Promise<boolean> {
  const connection = await world.connections.find(definition.connectionId)
  if (connection === null) return true
  return world.system(connection.system).asksAlike(targetOf(definition), job, world.clock.now())
}

/**
 * Throws `already-running` where an open job asks for something else than a run would now: it is neither joined nor is
 * another one started beside it. The error names no job, since that is how a row says which one it has joined (job.ts).
 */
export async function refuseOther(world: AlikeWorld, definition: Definition, open: Job): Promise<void> {
  if (!(await isAlike(world, definition, open)))
    throw new AppError('already-running', { facts: { reason: 'asks-for-else' } })
}

/** What an earlier run has left undelivered, where a run would ask for the same now; else it is not what is wanted. */
export async function alikeLeft(
  world: AlikeWorld,
  definition: Definition,
  left: (() => Promise<Job | null>) | undefined,
): Promise<Job | null> {
  const job = (await left?.()) ?? null
  return job && (await isAlike(world, definition, job)) ? job : null
}
