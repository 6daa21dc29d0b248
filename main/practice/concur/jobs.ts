import { randomFrom } from '../random.ts'
import { type Definition, definitions, remoteId } from './definitions.ts'
import type { Job } from './state.ts'
import type { World } from './world.ts'

/*
 * A job's life, read off the clock; nothing here waits:
 *
 *   createdAt ──queuedMs──► Running ──runningMs──► [stray status ──ms──►] Completed | Failed
 *    Queued
 */
/** `stoppedAt` is in epoch milliseconds, and still to come where `finished` is false. */
export type Status = { text: string; finished: boolean; stoppedAt: number }

/** The status of a job at a time, in the service's own words. */
export function statusAt(job: Job, now: number): Status {
  const age = now - job.createdAt
  const strayFrom = job.queuedMs + job.runningMs
  const ended = strayFrom + (job.stray?.ms ?? 0)
  const stoppedAt = job.createdAt + ended
  if (age >= ended) return { text: job.ends, finished: true, stoppedAt }
  if (job.stray !== null && age >= strayFrom) return { text: job.stray.status, finished: false, stoppedAt }
  return { text: age >= job.queuedMs ? 'Running' : 'Queued', finished: false, stoppedAt }
}

const jobsOf = (jobs: readonly Job[], definition: Definition) =>
  jobs.filter(job => job.definition === definition.key)

/** The last 100 jobs of a definition, in that definition's order. */
export function listJobs(world: World, definition: Definition): readonly Job[] {
  const jobs = jobsOf(world.store.state.jobs, definition).slice(-100)
  return definition.newestFirst ? jobs.reverse() : jobs
}

/** A job of this definition by its id, however old. */
export function findJob(world: World, definition: Definition, id: string): Job | undefined {
  return jobsOf(world.store.state.jobs, definition).find(job => job.id === id)
}

/** Starts a run, or returns `conflict` where one of this definition is queued or running. On disk on return. */
export function startJob(world: World, definition: Definition): Job | 'conflict' {
  const jobs = jobsOf(world.store.state.jobs, definition)
  const now = world.now()
  if (jobs.some(job => !statusAt(job, now).finished)) return 'conflict'
  const { queuedMs, runningMs, stray, ends, fill } = world.scenario().job
  const number = jobs.length + 1
  const job: Job = {
    definition: definition.key,
    number,
    // The time is part of the id: a server started afresh must not give an old id to another run.
    id: remoteId(world.seed, definition.key, number, now),
    createdAt: now,
    queuedMs: queuedMs / world.speed,
    runningMs: runningMs / world.speed,
    stray: stray && { ...stray, ms: stray.ms / world.speed },
    ends,
    fill,
    started: true,
  }
  world.store.change(state => state.jobs.push(job))
  return job
}

/** The runs that were there before: 3 to 12 a definition, the last one most of a day ago, one failed. */
export function history(seed: number, now: number): Job[] {
  const minute = now - (now % 60_000)
  return definitions.flatMap(definition => {
    const random = randomFrom(seed, 'history', definition.key)
    const runs = random.int(3, 12)
    const failed = runs > 4 ? random.int(2, runs - 1) : 0
    return Array.from({ length: runs }, (_, index): Job => {
      const hoursAgo = 16 + (runs - 1 - index) * definition.everyHours
      return {
        definition: definition.key,
        number: index + 1,
        id: remoteId(seed, definition.key, index + 1),
        createdAt: minute - hoursAgo * 3_600_000 - random.int(0, 3_000_000),
        queuedMs: random.int(1_000, 20_000),
        runningMs: random.int(15_000, 90_000),
        stray: null,
        ends: index + 1 === failed ? 'Failed' : 'Completed',
        fill: 'ordinary',
        started: false,
      }
    })
  })
}
