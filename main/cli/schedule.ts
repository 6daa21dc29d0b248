import type { DueItemView, DueView, ScheduleView } from '../../preload/contract/schedules.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import { states } from '../../preload/contract/text/en/schedule.ts'
import { addMillis } from '../core/time.ts'
import type { Answer, Around, Command, OpenDesk } from './command.ts'
import { delivered, usualTimeout } from './delivering.ts'
import { deliveryAnswer, nothingYet } from './delivery-result.ts'
import { type ExitCode, endOfError, exits } from './exit-codes.ts'
import { failureOf } from './failure.ts'
import { isoTime } from './results.ts'
import { table } from './table.ts'

const { heads } = text.tables

export const list: Command = async around => {
  const { desk } = await around.open()
  const schedules = await desk.schedules.list()
  const names = new Map((await desk.definitions.list()).map(({ id, name }) => [id, name]))
  return {
    json: schedules.map(one => scheduleJson(one, names)),
    text: table(schedules, [
      { head: heads.schedule, of: one => one.name },
      { head: heads.definition, of: one => one.definitionIds.map(id => names.get(id) ?? id).join(', ') },
      { head: heads.next, of: one => (one.paused ? text.tables.paused : isoTime(one.next[0] ?? null)) },
      { head: heads.lastDue, of: one => isoTime(one.last?.dueAt ?? null) },
      { head: heads.outcome, of: one => one.last && states[one.last.state] },
      { head: heads.id, of: one => one.id },
    ]),
    exit: exits.done,
  }
}

const scheduleJson = (schedule: ScheduleView, names: ReadonlyMap<string, string>) => ({
  id: schedule.id,
  name: schedule.name,
  definitions: schedule.definitionIds.map(id => names.get(id) ?? id),
  recurrence: schedule.timetable.recurrence,
  zone: schedule.timetable.zone,
  paused: schedule.paused,
  next: schedule.next.map(isoTime),
  last: schedule.last && { dueAt: isoTime(schedule.last.dueAt), state: schedule.last.state },
})

/** Starts what is due, once, and waits until the files of all of it are delivered or cannot be. */
export const runDue: Command = async around => {
  const open = await around.open()
  const dues = await open.desk.schedules.runDue()
  const results = await Promise.all(dues.map(due => dueResult(around, open, due)))
  const answers = results.flatMap(({ answers: ofDue }) => ofDue)
  const worst = answers.find(({ exit }) => exit !== exits.done)
  const json = results.map(({ json: ofDue }) => ofDue)
  return {
    json: worst?.failure ? { error: worst.failure, due: json } : json,
    text: results.length === 0 ? [text.results.nothingDue] : results.flatMap(({ text: lines }) => lines),
    exit: worst?.exit ?? exits.done,
    ...(worst?.failure ? { failure: worst.failure } : {}),
  }
}

async function dueResult(around: Pick<Around, 'progress' | 'interrupted'>, open: OpenDesk, due: DueView) {
  const items = await Promise.all(due.items.map(item => itemAnswer(around, open, item)))
  const own = dueFailure(due)
  return {
    answers: [...(own ? [own] : []), ...items],
    json: {
      schedule: due.scheduleName,
      dueAt: isoTime(due.dueAt),
      state: due.state,
      reason: due.reason,
      ...(own?.failure ? { error: own.failure } : {}),
      runs: items.map(({ json }) => json),
    },
    text: [
      text.results.due(due.scheduleName, isoTime(due.dueAt) ?? '', due.state),
      ...items.flatMap(item => item.text),
    ],
  }
}

/** What kept a due time from starting anything; what its definitions came to is told by each of them. */
function dueFailure({ error, items }: DueView): Answer | null {
  if (error === null || items.some(item => item.error !== null)) return null
  const exit: ExitCode = endOfError(error.code).exit
  return { json: null, text: [], exit, failure: failureOf(error) }
}

async function itemAnswer(
  around: Pick<Around, 'progress' | 'interrupted'>,
  open: OpenDesk,
  { definitionName, state, job, error }: DueItemView,
): Promise<Answer> {
  const connections = await open.desk.connections.list()
  const connection = connections.find(({ id }) => id === job?.connectionId)
  const known = {
    ...nothingYet({ name: connection?.name ?? '' }, definitionName),
    joined: state === 'joined',
  }
  if (job === null) {
    const outcome = error === null ? null : endOfError(error.code).outcome
    return deliveryAnswer({ ...known, outcome, error, ...(error === null ? { exit: exits.done } : {}) })
  }
  const until = addMillis(open.clock.now(), usualTimeout)
  return deliveryAnswer(await delivered(around, open, { ...known, job, until }))
}
