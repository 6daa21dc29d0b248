import { AppError } from '../../main/core/errors.ts'
import { createEvents, type DeskEvent } from '../../main/core/events.ts'
import { createJobViews } from '../../main/core/jobs/job-view.ts'
import { createJobsService } from '../../main/core/jobs/jobs-service.ts'
import { createLists } from '../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../main/core/jobs/settle.ts'
import type { JobsWorld } from '../../main/core/jobs/world.ts'
import { createScheduler } from '../../main/core/schedules/scheduler.ts'
import { createSchedulesService } from '../../main/core/schedules/schedules-service.ts'
import type { SchedulesRepository } from '../../main/core/schedules/types.ts'
import { createScheduleViews } from '../../main/core/schedules/views.ts'
import type { SchedulesWorld } from '../../main/core/schedules/world.ts'
import { defaultSettings } from '../../main/core/settings/settings.ts'
import type { ScheduleInput, Timetable } from '../../preload/contract/schedules.ts'
import { fakePower } from './fake-power.ts'
import { aDestination, jobsWorld, type Setting } from './jobs-world.ts'
import { memoryLeases } from './memory-leases.ts'
import { memorySchedules } from './memory-schedules.ts'
import { mortal } from './mortal.ts'

export const at = (time: string, patch: Partial<Timetable> = {}): Timetable => ({
  recurrence: { kind: 'daily', time, days: 'all' },
  zone: 'UTC',
  holidays: [],
  skipHolidays: false,
  ...patch,
})

export type ProcessOptions = {
  readonly cutAt?: number
  readonly when?: 'before' | 'after'
  /** A real database instead of the memory that the others share. */
  readonly store?: { readonly schedules: SchedulesRepository; readonly world: Partial<JobsWorld> } | null
}

/** One profile and one system; as many processes with a scheduler as a test likes. */
export function schedulesWorld(setting: Setting = {}) {
  const around = jobsWorld({ ...setting, definition: { destination: aDestination, ...setting.definition } })
  const schedules = memorySchedules()
  const state = { paused: false, online: true, missingFolder: false }

  /** A process that can be killed; its power is cut at its n-th step where that is said. */
  function process({ cutAt = Number.POSITIVE_INFINITY, when = 'after', store = null }: ProcessOptions = {}) {
    const leases = memoryLeases(around.leases, around.clock)
    const stored = store?.schedules ?? schedules
    const life = mortal({ ...around.world, leases, ...store?.world }, cutAt, when)
    const { world, step } = life
    const published: DeskEvent[] = []
    const events = createEvents(error => {
      throw error
    })
    events.subscribe(event => void published.push(event))
    const power = fakePower()
    const lists = createLists(world)
    const jobViews = createJobViews({
      jobs: world.jobs,
      definitions: world.definitions,
      connections: world.connections,
      system: world.system,
      deliveriesOf: async () => new Map(),
    })
    const jobs = createJobsService(world, lists, {
      views: jobViews,
      settings: { get: async () => ({ ...defaultSettings, againHours: 12 }) },
      receiptOf: async () => null,
      lastReceipt: async () => null,
      checkDestination: async ({ folder }) => {
        if (state.missingFolder) throw new AppError('folder-missing', { facts: { folder } })
      },
    })
    const repository: SchedulesRepository = {
      all: step(stored.all),
      withWork: step(stored.withWork),
      find: step(stored.find),
      write: step(stored.write),
      saveDue: step(stored.saveDue),
      open: step(stored.open),
      standing: step(stored.standing),
      ledger: step(stored.ledger),
      lastEnded: step(stored.lastEnded),
    }
    const own: SchedulesWorld = {
      schedules: repository,
      jobs: world.jobs,
      definitions: world.definitions,
      connections: world.connections,
      run: jobs.run,
      reach: lists.askIfDue,
      online: () => state.online,
      paused: async () => state.paused,
      leases: world.leases,
      clock: world.clock,
      ids: world.ids,
      events,
      log: world.log,
      stopping: world.stopping,
    }
    const scheduler = createScheduler(own, power)
    const views = createScheduleViews({ ...own, jobViews })
    return {
      scheduler,
      service: createSchedulesService(own, { views, scheduler }),
      power,
      events,
      published,
      dead: life.dead,
      /** What a start of the app does with what a killed one left. */
      recover: () => recoverStarts(world, lists),
      /** Nothing of it has any effect any more; its leases run out. */
      kill() {
        life.kill()
        leases.kill()
      },
    }
  }

  const input = (patch: Partial<ScheduleInput> = {}): ScheduleInput => ({
    id: null,
    name: 'Month end',
    definitionIds: [around.definition.id],
    timetable: at('18:45'),
    missed: 'once',
    ...patch,
  })
  /** The ledger in short: `01T18:45 run`. */
  const told = () =>
    schedules.rows().map(due => {
      const when = new Date(due.dueAt).toISOString().slice(8, 16)
      return [when, due.state, ...(due.reason ? [due.reason] : []), ...(due.late ? ['late'] : [])].join(' ')
    })
  return { ...around, schedules, state, process, input, told }
}
