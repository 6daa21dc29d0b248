import type { DefinitionsRepository } from '../definitions/types.ts'
import type { DeliveriesRepository } from '../deliveries/types.ts'
import type { JobId } from '../ids.ts'
import type { JobsRepository } from './types.ts'

/**
 * The jobs that a process works on by itself. The window works on all of them and has none of this; a command does
 * what it was asked for and nothing beside it, so that a night's `run` of one definition does not wait for the six
 * gigabytes of another.
 */
export interface Scope {
  add(job: JobId): void
  has(job: JobId): boolean
}

/** `onAdd`: what is in scope has changed, look again. */
export function createScope(onAdd: () => void): Scope {
  const jobs = new Set<JobId>()
  return {
    add(job) {
      if (jobs.has(job)) return
      jobs.add(job)
      onAdd()
    },
    has: job => jobs.has(job),
  }
}

/** The jobs that are asked about or delivered by themselves: those in scope. Whatever is looked up is found as ever. */
export function jobsIn(scope: Scope, jobs: JobsRepository): JobsRepository {
  return {
    ...jobs,
    asking: async id => (await jobs.asking(id)).filter(job => scope.has(job.id)),
    wantingDelivery: async () => (await jobs.wantingDelivery()).filter(job => scope.has(job.id)),
  }
}

export function deliveriesIn(scope: Scope, deliveries: DeliveriesRepository): DeliveriesRepository {
  return {
    ...deliveries,
    open: async () => (await deliveries.open()).filter(delivery => scope.has(delivery.jobId)),
  }
}

/** Nobody looks by the way for what was started elsewhere: that is the window's. */
export function unwatched(definitions: DefinitionsRepository): DefinitionsRepository {
  return { ...definitions, watched: async () => [] }
}
