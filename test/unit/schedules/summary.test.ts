import { describe, expect, test } from 'vitest'
import { jobId } from '../../../main/core/ids.ts'
import { summaryOf } from '../../../main/core/schedules/summary.ts'
import type { DueItemView, DueView } from '../../../preload/contract/schedules.ts'
import type { DeliveryView, JobView } from '../../../preload/contract/types.ts'
import { jobOf } from '../app/views.ts'
import { only } from '../ipc/services.ts'

const delivered = { delivery: only<DeliveryView>('delivery', { state: 'delivered', receiptId: 'r' }) }
const loading = { delivery: only<DeliveryView>('delivery', { state: 'downloading', receiptId: null }) }
const item = (id: string, job: Partial<JobView> | null): DueItemView => ({
  definitionId: id,
  definitionName: `Extract ${id}`,
  state: job === null ? 'not-started' : 'run',
  job: job === null ? null : jobOf({ id: `job-${id}`, ...job }),
  error: job === null ? { code: 'not-found', facts: {} } : null,
})
const due = (id: string, items: readonly DueItemView[], patch: Partial<DueView> = {}): DueView => ({
  scheduleId: id,
  scheduleName: `Set ${id}`,
  dueAt: 1000,
  until: null,
  state: 'run',
  late: false,
  reason: null,
  error: null,
  items,
  noticedAt: 1000,
  endedAt: 1000,
  nextTryAt: null,
  ...patch,
})

describe('a job is told', () => {
  test('by itself where nothing belongs to it', () => {
    expect(summaryOf(jobId('job-a'), [])).toBe(null)
    expect(summaryOf(jobId('job-a'), [due('1', [item('a', delivered)])])).toBe(null)
    expect(summaryOf(jobId('job-a'), [due('1', [item('a', delivered)], { late: true })])).toBe(null)
  })

  test('with its run set, which is over when nothing of it goes on', () => {
    const set = (...items: DueItemView[]) => summaryOf(jobId('job-a'), [due('1', items)])
    expect(set(item('a', delivered), item('b', { state: 'running' }), item('c', loading))).toMatchObject({
      left: 2,
    })
    expect(set(item('a', delivered), item('b', { state: 'completed', error: null }))).toMatchObject({
      left: 1,
    })
    expect(set(item('a', delivered), item('b', { state: 'failed' }), item('c', null))).toEqual({
      id: '1:1000',
      name: 'Set 1',
      scheduleId: '1',
      definitions: ['Extract a', 'Extract b', 'Extract c'],
      delivered: 1,
      left: 0,
    })
  })

  test('with all that was caught up after the same sleep', () => {
    const late = (id: string, minutesLater = 0) =>
      due(id, [item(id, delivered)], { late: true, noticedAt: 1000 + minutesLater * 60_000 })
    const missed = due('m', [item('m', null)], { late: true, state: 'missed' })
    const dues = [late('a'), late('b', 1), late('c', 60), missed, due('d', [item('d', delivered)])]
    const summary = summaryOf(jobId('job-a'), dues)
    expect(summary).toMatchObject({
      name: null,
      definitions: ['Extract a', 'Extract b'],
      delivered: 2,
      left: 0,
    })
    expect(summaryOf(jobId('job-b'), dues)?.id).toBe(summary?.id)
    expect(summaryOf(jobId('job-c'), dues)).toBe(null)
  })
})
