import { describe, expect, test } from 'vitest'
import { definitionId, jobId, scheduleId } from '../../../main/core/ids.ts'
import { summaryOf, toldTogether } from '../../../main/core/schedules/summary.ts'
import type { DueItem, DueTime } from '../../../main/core/schedules/types.ts'
import { addMillis, minutes } from '../../../main/core/time.ts'
import type { DueItemView, DueView } from '../../../preload/contract/schedules.ts'
import type { DeliveryView, JobView } from '../../../preload/contract/types.ts'
import { fakeStart as now } from '../../fakes/fake-clock.ts'
import { jobOf } from '../app/views.ts'
import { only } from '../ipc/services.ts'

const row = (id: string, state: DueItem['state'] = 'run'): DueItem => ({
  definitionId: definitionId(id),
  state,
  startId: null,
  since: null,
  jobId: state === 'run' ? jobId(`job-${id}`) : null,
  error: null,
})
const due = (id: string, items: readonly DueItem[], patch: Partial<DueTime> = {}): DueTime => ({
  scheduleId: scheduleId(id),
  dueAt: now,
  until: null,
  state: 'run',
  late: false,
  reason: null,
  error: null,
  items,
  noticedAt: now,
  endedAt: now,
  nextTryAt: null,
  tries: 0,
  rev: 1,
  ...patch,
})
const together = (dues: readonly DueTime[]) => toldTogether(jobId('job-a'), dues)?.map(one => one.scheduleId)

describe('a job is told', () => {
  test('by itself where nothing belongs to it', () => {
    expect(together([])).toBe(undefined)
    expect(together([due('1', [row('a')])])).toBe(undefined)
    expect(together([due('1', [row('a')], { late: true })])).toBe(undefined)
  })

  test('with its run set', () => {
    expect(together([due('1', [row('a'), row('b')]), due('2', [row('c')])])).toEqual(['1'])
  })

  test('with all that was caught up after the same sleep', () => {
    const late = (id: string, after = 0) =>
      due(id, [row(id)], { late: true, noticedAt: addMillis(now, minutes(after)) })
    const missed = due('m', [row('m', 'not-started')], { late: true, state: 'missed' })
    expect(together([late('a'), late('b', 1), late('c', 60), missed, due('d', [row('d')])])).toEqual([
      'a',
      'b',
    ])
  })
})

const delivered = { delivery: only<DeliveryView>('delivery', { state: 'delivered', receiptId: 'r' }) }
const loading = { delivery: only<DeliveryView>('delivery', { state: 'downloading', receiptId: null }) }
const item = (id: string, job: Partial<JobView> | null): DueItemView => ({
  definitionId: id,
  definitionName: `Extract ${id}`,
  state: job === null ? 'not-started' : 'run',
  job: job === null ? null : jobOf({ id: `job-${id}`, ...job }),
  error: job === null ? { code: 'not-found', facts: {} } : null,
})
const view = (items: readonly DueItemView[]) =>
  only<DueView>('due', { scheduleId: '1', scheduleName: 'Month end', dueAt: 1000, items })

describe('a summary', () => {
  test.each([
    [[item('a', delivered), item('b', { state: 'running' }), item('c', loading)], 2],
    [[item('a', delivered), item('b', { state: 'completed', error: null })], 1],
    [[item('a', delivered), { ...item('b', null), state: 'starting' as const }], 1],
    [[item('a', delivered), item('b', { state: 'failed' }), item('c', null)], 0],
  ])('is over when nothing of it goes on', (items, left) => {
    expect(summaryOf([view(items)])).toEqual({
      id: '1:1000',
      name: 'Month end',
      scheduleId: '1',
      definitions: items.map(one => one.definitionName),
      delivered: 1,
      left,
    })
  })

  test('of several schedules has no name', () => {
    const both = [view([item('a', delivered)]), view([item('b', delivered)])]
    expect(summaryOf(both)).toMatchObject({
      name: null,
      delivered: 2,
      definitions: ['Extract a', 'Extract b'],
    })
  })
})
