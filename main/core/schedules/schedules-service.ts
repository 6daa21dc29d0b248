import type {
  DueView,
  Holiday,
  ScheduleInput,
  ScheduleView,
  Timetable,
} from '../../../preload/contract/schedules.ts'
import type { SchedulesService } from '../desk.ts'
import { AppError } from '../errors.ts'
import { type DefinitionId, definitionId, type ScheduleId, scheduleId } from '../ids.ts'
import { type Instant, instantAt } from '../time.ts'
import { nextDueTimes } from './due-times.ts'
import { answeredYes, dropped, notice } from './ledger.ts'
import { mayNeed, scheduleNeeds } from './needs.ts'
import type { Scheduler } from './scheduler.ts'
import { summaryOf, toldTogether } from './summary.ts'
import { type DueTime, type LedgerEntry, type Schedule, ScheduleChangedMeanwhile } from './types.ts'
import type { ScheduleViews } from './views.ts'
import type { SchedulesWorld } from './world.ts'

export type SchedulesParts = {
  readonly views: ScheduleViews
  readonly scheduler: Pick<Scheduler, 'runOnce'>
}

const previewed = 3
const shownInLedger = 200
/** A job that is told with others belongs to one of the newest due times. */
const newestDues = 3
/** As for jobs: how often a row that others write too is read and decided on again. */
const mostTries = 20

export function createSchedulesService(world: SchedulesWorld, parts: SchedulesParts): SchedulesService {
  const { schedules, clock, events } = world

  // Most jobs are of no schedule, and a list of schedules takes its time.
  events.subscribe(event => {
    const moved = event.kind === 'job-changed' || event.kind === 'delivery-changed'
    if (moved && parts.views.shows(event.jobId)) events.publish({ kind: 'schedules-changed' })
  })

  async function scheduleOf(id: ScheduleId): Promise<Schedule> {
    const schedule = await schedules.find(id)
    if (schedule === null || schedule.removedAt !== null) throw notFound('schedule')
    return schedule
  }

  /** Reads, decides and writes; once more where another process, or the scheduler, wrote in between. */
  async function change(
    id: ScheduleId,
    why: string,
    decide: (schedule: Schedule, open: readonly DueTime[], now: Instant) => LedgerEntry,
  ): Promise<Schedule> {
    for (let tries = 1; ; tries++) {
      const schedule = await noticed(id)
      const entry = decide(schedule, await schedules.open(id), clock.now())
      try {
        await schedules.write(entry, why)
        events.publish({ kind: 'schedules-saved' })
        return scheduleOrLast(entry.schedule)
      } catch (error) {
        if (!(error instanceof ScheduleChangedMeanwhile) || tries >= mostTries) throw error
      }
    }
  }
  const scheduleOrLast = async (last: Schedule): Promise<Schedule> => (await schedules.find(last.id)) ?? last

  /** What passed under the old rules is told under the old rules. */
  async function noticed(id: ScheduleId): Promise<Schedule> {
    const schedule = await scheduleOf(id)
    const news = notice(schedule, await schedules.open(id), clock.now())
    if (news === null) return schedule
    await schedules.write(news, 'looked what was due').catch(error => {
      if (!(error instanceof ScheduleChangedMeanwhile)) throw error
    })
    return scheduleOf(id)
  }

  async function checkDefinition(id: DefinitionId): Promise<void> {
    const definition = await world.definitions.find(id)
    if (definition === null || definition.removed) throw notFound('definition')
    // Nobody is there to choose a folder when it is due.
    if (definition.destination === null) {
      throw new AppError('no-destination', { facts: { definition: definition.name } })
    }
  }

  async function checked(input: ScheduleInput): Promise<readonly DefinitionId[]> {
    const ids = [...new Set(input.definitionIds)].map(definitionId)
    if (ids.length === 0) throw new AppError('bad-input', { facts: { field: 'definitionIds' } })
    for (const id of ids) await checkDefinition(id)
    if (nextDueTimes(input.timetable, clock.now(), 1).length === 0) {
      throw new AppError('bad-input', { facts: { field: 'recurrence' } })
    }
    const named = (await schedules.all()).find(({ name }) => sameName(name, input.name))
    if (named && named.id !== input.id) throw new AppError('name-taken', { facts: { name: input.name } })
    return ids
  }

  async function add(input: ScheduleInput, definitionIds: readonly DefinitionId[]): Promise<Schedule> {
    const now = clock.now()
    const schedule: Schedule = {
      id: scheduleId(world.ids.next('schedule')),
      name: input.name.trim(),
      definitionIds,
      timetable: input.timetable,
      missed: input.missed,
      paused: false,
      lookedUntil: now,
      createdAt: now,
      removedAt: null,
      rev: 0,
    }
    await schedules.write(only(schedule), 'saved')
    events.publish({ kind: 'schedules-saved' })
    return scheduleOrLast(schedule)
  }

  const view = (schedule: Schedule): Promise<ScheduleView> => parts.views.of(schedule)
  const viewsOfDues = async (dues: readonly DueTime[]): Promise<readonly DueView[]> => {
    const views = dues.map(async due => {
      const schedule = await schedules.find(due.scheduleId)
      return schedule === null ? [] : [await parts.views.due(schedule, due)]
    })
    return (await Promise.all(views)).flat()
  }

  return {
    list: async () => Promise.all((await schedules.all()).map(view)),
    async save(input) {
      const definitionIds = await checked(input)
      if (input.id === null) return view(await add(input, definitionIds))
      const saved = await change(scheduleId(input.id), 'saved', (schedule, open, now) => ({
        ...only({
          ...schedule,
          name: input.name.trim(),
          definitionIds,
          timetable: input.timetable,
          missed: input.missed,
          lookedUntil: now,
        }),
        changed: open.map(due => dropped(due, 'changed', now)).filter(due => !open.includes(due)),
      }))
      return view(saved)
    },
    async remove(id) {
      await change(id, 'removed', (schedule, open, now) => ({
        ...only({ ...schedule, removedAt: now }),
        changed: open.map(due => dropped(due, 'changed', now)).filter(due => !open.includes(due)),
      }))
    },
    async restore(id) {
      const schedule = await schedules.find(id)
      if (schedule === null) throw notFound('schedule')
      if (schedule.removedAt === null) return view(schedule)
      if ((await schedules.all()).some(({ name }) => sameName(name, schedule.name))) {
        throw new AppError('name-taken', { facts: { name: schedule.name } })
      }
      await schedules.write(only({ ...schedule, removedAt: null, lookedUntil: clock.now() }), 'restored')
      events.publish({ kind: 'schedules-saved' })
      return view(await scheduleOrLast(schedule))
    },
    async pause(id, on) {
      const saved = await change(id, on ? 'paused' : 'resumed', (schedule, open, now) => ({
        ...only({ ...schedule, paused: on }),
        changed: on ? open.map(due => dropped(due, 'paused', now)).filter(due => !open.includes(due)) : [],
      }))
      return view(saved)
    },
    async answer(id, dueAt, answer) {
      await change(id, answer === 'run' ? 'run after all' : 'left', (schedule, open, now) => {
        const due = open.find(one => one.dueAt === dueAt && one.state === 'asking')
        if (due === undefined) throw notFound('due time')
        return {
          ...only(schedule),
          changed: [answer === 'run' ? answeredYes(due, now) : dropped(due, 'left', now)],
        }
      })
    },
    preview: async (timetable: Timetable) => nextDueTimes(timetable, clock.now(), previewed),
    async ledger(id) {
      await scheduleOf(id)
      return viewsOfDues(await schedules.ledger(id, shownInLedger))
    },
    runDue: async () => viewsOfDues(await parts.scheduler.runOnce()),
    async needs() {
      const now = clock.now()
      const { open, last } = await schedules.standing()
      const needing = [
        ...new Set([...open, ...last].filter(due => mayNeed(due, now)).map(due => due.scheduleId)),
      ]
      const needs = needing.map(async id => {
        const schedule = await schedules.find(id)
        const own = (due: DueTime) => due.scheduleId === id
        return schedule === null ? [] : scheduleNeeds(schedule, open.filter(own), last.find(own) ?? null, now)
      })
      return (await Promise.all(needs)).flat()
    },
    async summaryOf(job) {
      const newest = (await schedules.withWork()).map(id => schedules.ledger(id, newestDues))
      const group = toldTogether(job, (await Promise.all(newest)).flat())
      return group === null ? null : summaryOf(await viewsOfDues(group))
    },
    // Read when it is needed: the library is larger than the rest of this room.
    async holidays(text): Promise<readonly Holiday[]> {
      const { readHolidays } = await import('./holidays.ts')
      return readHolidays(text, instantAt(clock.now()))
    },
  }
}

const only = (schedule: Schedule): LedgerEntry => ({ schedule, added: [], changed: [], takeBackAfter: null })
const notFound = (what: string) => new AppError('not-found', { facts: { what } })
const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
