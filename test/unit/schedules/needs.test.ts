import { describe, expect, test } from 'vitest'
import { definitionId, jobId, scheduleId } from '../../../main/core/ids.ts'
import { mayNeed, scheduleNeeds } from '../../../main/core/schedules/needs.ts'
import type { DueItem, DueTime, Schedule } from '../../../main/core/schedules/types.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { needText } from '../../../preload/contract/text/index.ts'
import { fakeStart as now } from '../../fakes/fake-clock.ts'
import { at } from '../../fakes/schedules-world.ts'

const schedule: Schedule = {
  id: scheduleId('s'),
  name: 'Month end',
  definitionIds: [definitionId('a')],
  timetable: at('18:30'),
  missed: 'ask',
  paused: false,
  lookedUntil: now,
  createdAt: now,
  removedAt: null,
  rev: 1,
}
const item: DueItem = {
  definitionId: definitionId('a'),
  state: 'planned',
  startId: null,
  since: null,
  jobId: null,
  error: null,
}
const due = (patch: Partial<DueTime>): DueTime => ({
  scheduleId: schedule.id,
  dueAt: now,
  until: null,
  state: 'asking',
  late: true,
  reason: null,
  error: null,
  items: [item],
  noticedAt: now,
  endedAt: null,
  nextTryAt: null,
  tries: 0,
  rev: 1,
  ...patch,
})
const error = (code: ErrorCode) => ({ code, facts: {} })
const kinds = (open: readonly DueTime[], last: DueTime | null = null) => {
  const needs = scheduleNeeds(schedule, open, last, now)
  // What is left out at the first look would never be told.
  const looked = [...open, ...(last ? [last] : [])].some(one => mayNeed(one, now))
  if (needs.length > 0) expect(looked).toBe(true)
  return needs.map(need => need.kind)
}

describe('a schedule needs the user', () => {
  test('where a due time asks, by its schedule and its time', () => {
    expect(scheduleNeeds(schedule, [due({})], null, now)).toMatchObject([
      { kind: 'schedule-asks', title: 'Month end', facts: { scheduleId: 's', dueAt: now }, since: now },
    ])
  })

  test.each([
    ['folder-missing', ['schedule-waits']],
    ['no-space', ['schedule-waits']],
    // The connection says so already.
    ['sign-in-waiting', []],
    // A state, not an error.
    ['offline', []],
    ['maintenance', []],
  ] as const)('where it waits because of %s: %j', (code, expected) => {
    expect(kinds([due({ state: 'waiting', error: error(code) })])).toEqual(expected)
  })

  test('where the newest due time came to nothing, or one of its definitions did, for a week', () => {
    const missed = due({ state: 'missed', reason: 'error', error: error('not-found'), endedAt: now })
    expect(kinds([], missed)).toEqual(['schedule-missed'])
    const partly = due({
      state: 'run',
      endedAt: now,
      items: [
        { ...item, state: 'run', jobId: jobId('j') },
        { ...item, state: 'not-started', error: error('folder-missing') },
      ],
    })
    expect(scheduleNeeds(schedule, [], partly, now)).toMatchObject([{ error: { code: 'folder-missing' } }])
    expect(kinds([], partly)).toEqual(['schedule-missed'])
    expect(kinds([], { ...missed, endedAt: addMillis(now, -hours(24 * 7)) })).toEqual([])
  })

  test.each([
    due({ state: 'run', endedAt: now }),
    due({ state: 'skipped', reason: 'paused', endedAt: now }),
    due({ state: 'missed', reason: 'not-running', endedAt: now }),
  ])('not where it ended as it was wished: $state', last => {
    expect(kinds([], last)).toEqual([])
  })

  test('and each of these has words', () => {
    for (const kind of ['schedule-asks', 'schedule-waits', 'schedule-missed'] as const) {
      const { what, safe, next } = needText({ kind, facts: {}, error: null })
      for (const sentence of [what, safe, next]) expect(sentence).toMatch(/\.$/)
    }
  })
})
