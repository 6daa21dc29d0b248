/**
 * One definition on each of the three kinds of systems, its engine with everything around it in memory, and what must
 * be true when all is over.
 */
import { createLists } from '../../../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../../../main/core/jobs/settle.ts'
import { createStarter } from '../../../../main/core/jobs/start.ts'
import { createWatcher } from '../../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../../main/core/jobs/world.ts'
import type { Capabilities, RemoteJob } from '../../../../main/core/systems/system.ts'
import { seconds } from '../../../../main/core/time.ts'
import { fakePower } from '../../../fakes/fake-power.ts'
import { systemTime } from '../../../fakes/fake-system.ts'
import { aDestination, jobsWorld, whileTimePasses } from '../../../fakes/jobs-world.ts'
import type { Finding } from '../../tally.ts'

export const kinds = ['concur', 'icws', 'vault'] as const
export type Kind = (typeof kinds)[number]

const capabilities: Readonly<Record<Kind, Partial<Capabilities>>> = {
  concur: { pollFloor: seconds(10) },
  icws: { definitions: 'kept', listOf: 'connection', jobListLimit: null, pollFloor: seconds(5) },
  vault: {
    ...{ definitions: 'kept', listOf: 'connection', jobListLimit: null, pollFloor: seconds(10) },
    listTellsStarts: false,
  },
}

export type Scene = ReturnType<typeof openScene>

/** `around` may put something between the engine and its repositories. */
export function openScene(kind: Kind, around: (world: JobsWorld) => JobsWorld = world => world) {
  const all = jobsWorld({
    system: capabilities[kind],
    severalAtOnce: true,
    definition: kind === 'concur' ? {} : { kind: 'kept', request: {} },
  })
  const power = fakePower()
  const world = around(all.world)
  const lists = createLists(world)
  const watcher = createWatcher(world, lists, { power, events: all.events, paused: async () => false })
  const starter = createStarter(world, lists, async () => null)
  const wanted = { by: 'anna', destination: aDestination }
  const unhandled: unknown[] = []

  return {
    ...all,
    power,
    watcher,
    unhandled,
    /** Starts the definition; whoever asked is told what came of it. */
    run: () =>
      whileTimePasses(
        all.clock,
        starter.start(all.definition, { by: 'anna', again: true, join: true, wanted }).then(
          ({ job }) => ({ job, error: null }),
          (error: unknown) => ({ job: null, error }),
        ),
      ),
    /** As a process does at its start. */
    recover: () =>
      whileTimePasses(
        all.clock,
        recoverStarts(world, lists).catch(() => {}),
      ),
    /** The job at the system, if it was started. */
    remote: (): RemoteJob | undefined => all.system.list(all.definition.remoteId)[0],
    finish(): void {
      const remote = all.system.list(all.definition.remoteId)[0]
      if (remote)
        all.system.set(remote.id, 'completed', { endedAt: systemTime(all.clock.now()), hasFiles: true })
    },
    async close(): Promise<void> {
      all.stop.abort()
      await watcher.stopAndDrain()
    },
    /** What is wrong now that the job is over and everything had its time; null: the user was asked. */
    findings(): readonly Finding[] | null {
      const rows = all.jobs.rows()
      const starts = all.system.starts()
      const found: Finding[] = []
      if (starts > 1) found.push({ loss: 'doubledStarts', what: `${starts} starts` })
      if (rows.some(row => row.state === 'start-unknown')) return found.length > 0 ? found : null
      const completed = rows.filter(row => row.state === 'completed')
      if (starts === 1 && completed.length === 0)
        found.push({ loss: 'lost', what: `the job is ${rows.map(row => row.state).join(', ')}` })
      if (starts === 1 && completed.length > 1)
        found.push({ loss: 'wrong', what: `${completed.length} rows of one job` })
      const offered = new Set(all.delivered.map(job => job.id))
      if (completed.length > 0 && offered.size === 0)
        found.push({ loss: 'lost', what: 'its files were never asked for' })
      if (offered.size > 1)
        found.push({ loss: 'doubledDeliveries', what: `${offered.size} jobs were offered` })
      if (starts === 0 && completed.length > 0)
        found.push({ loss: 'wrong', what: 'a job that was never started' })
      for (const error of unhandled) found.push({ loss: 'unhandled', what: String(error) })
      const faults = all.log.entries.filter(entry => faultEvents.includes(entry.event))
      for (const { event, facts } of faults)
        found.push({ loss: 'unhandled', what: `${event} ${JSON.stringify(facts)}` })
      return found
    },
  }
}

/** What the engine logs where something failed that it did not foresee. */
const faultEvents: readonly string[] = ['watch.lane-failed', 'watch.survey-failed', 'watch.offer-failed']
