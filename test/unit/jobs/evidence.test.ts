import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../main/core/ids.ts'
import { evidence } from '../../../main/core/jobs/evidence.ts'
import type { RemoteJob } from '../../../main/core/systems/system.ts'
import {
  addMillis,
  hours,
  type Instant,
  instantAt,
  minutes,
  type SystemTime,
} from '../../../main/core/time.ts'
import { systemTime } from '../../fakes/fake-system.ts'

const sentAt = instantAt(Date.UTC(2026, 10, 1, 12))
const soon = addMillis(sentAt, minutes(1))
const nextDay = addMillis(sentAt, hours(24))
const job = { sentAt, listedBefore: [remoteId('OLD')] }
const none = new Set<string>()

const remote = (id: string, startedAt: SystemTime | null): RemoteJob => ({
  id: remoteId(id),
  status: 'queued',
  rawStatus: 'Queued',
  startedAt,
  endedAt: null,
  hasFiles: false,
  raw: {},
})
const old = remote('OLD', systemTime(addMillis(sentAt, -hours(30))))
const guessed = (at: Instant): SystemTime => ({ ...systemTime(at), zoneAssumed: true })

describe('what a list says of a lost start', () => {
  test.each([
    ['nothing but what was there', [old], soon, 'none'],
    ['one new job of that minute', [remote('A', systemTime(sentAt)), old], soon, 'one'],
    ['one new job without a time, right after', [remote('A', null), old], soon, 'one'],
    ['one new job without a time, a day later', [remote('A', null), old], nextDay, 'unclear'],
    ['one new job of that minute, seen a day later', [remote('A', systemTime(sentAt)), old], nextDay, 'one'],
    [
      'one job that somebody started hours later',
      [remote('A', systemTime(addMillis(sentAt, hours(5))))],
      nextDay,
      'none',
    ],
    [
      'one new job that is older than the request',
      [remote('A', systemTime(addMillis(sentAt, -hours(2))))],
      soon,
      'unclear',
    ],
    [
      'a guessed zone, hours off, right after',
      [remote('A', guessed(addMillis(sentAt, -hours(8))))],
      soon,
      'one',
    ],
    ['a guessed zone, a day later', [remote('A', guessed(sentAt))], nextDay, 'unclear'],
    ['two new jobs', [remote('A', systemTime(sentAt)), remote('B', systemTime(sentAt))], soon, 'unclear'],
  ] as const)('%s', (_, list, now, kind) => {
    expect(evidence(job, list, none, now).kind).toBe(kind)
  })

  test('a job that is known as another start of ours is not this one', () => {
    const list = [remote('A', systemTime(sentAt)), old]
    expect(evidence(job, list, new Set(['A']), soon)).toEqual({ kind: 'none' })
  })

  test('"none" is never said while a new job might be ours', () => {
    const times = fc.oneof(
      fc.constant(null),
      fc.integer({ min: -hours(20), max: hours(1) }).map(ms => systemTime(addMillis(sentAt, ms))),
      fc.integer({ min: -hours(20), max: hours(15) }).map(ms => guessed(addMillis(sentAt, ms))),
    )
    const lists = fc.array(times, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: hours(48) }), (all, later) => {
        const list = all.map((time, index) => remote(`N${index}`, time))
        expect(evidence(job, [...list, old], none, addMillis(sentAt, later)).kind).not.toBe('none')
      }),
    )
  })
})
