import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../main/core/ids.ts'
import { evidence, type Look } from '../../../main/core/jobs/evidence.ts'
import type { JobList, RemoteJob } from '../../../main/core/systems/system.ts'
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
const listed = (jobs: readonly RemoteJob[]) => jobs.map(one => ({ ...one, target: null }))
const look = (jobs: readonly RemoteJob[], now: Instant, nameless: JobList['nameless'] = []): Look => ({
  list: { jobs: listed(jobs), unplaced: [], nameless, complete: true },
  limit: 100,
  taken: new Set(),
  knownSince: () => null,
  now,
})

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
      'one job that somebody started much later',
      [remote('A', systemTime(addMillis(sentAt, hours(20))))],
      nextDay,
      'none',
    ],
    [
      'one job of hours later, by which a clock may be wrong',
      [remote('A', systemTime(addMillis(sentAt, hours(5))))],
      nextDay,
      'unclear',
    ],
    [
      'one new job of that minute, and one of hours later',
      [remote('B', systemTime(addMillis(sentAt, hours(5)))), remote('A', systemTime(sentAt))],
      nextDay,
      'one',
    ],
    [
      'one new job of that minute, of another account',
      [{ ...remote('A', systemTime(sentAt)), byOther: true }, old],
      soon,
      'unclear',
    ],
    [
      'one job that another account started much later',
      [{ ...remote('A', systemTime(addMillis(sentAt, hours(20)))), byOther: true }],
      nextDay,
      'none',
    ],
    [
      'one new job of our future: our clock is behind',
      [remote('A', systemTime(addMillis(sentAt, hours(2))))],
      soon,
      'unclear',
    ],
    [
      'one new job of our future, a day ahead',
      [remote('A', systemTime(addMillis(sentAt, hours(26))))],
      soon,
      'unclear',
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
    expect(evidence(job, look(list, now)).kind).toBe(kind)
  })

  test('a job that is known as another start of ours is not this one', () => {
    const list = [remote('A', systemTime(sentAt)), old]
    expect(evidence(job, { ...look(list, soon), taken: new Set(['A']) })).toEqual({ kind: 'none' })
  })

  const laterOnes = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      remote(`N${index}`, systemTime(addMillis(sentAt, hours(20) + minutes(index)))),
    )

  test('a full list in which nothing is as old as the start has lost it perhaps', () => {
    const days = addMillis(sentAt, hours(72))
    expect(evidence(job, look(laterOnes(99), days))).toEqual({ kind: 'none' })
    expect(evidence(job, look(laterOnes(100), days))).toEqual({ kind: 'unclear' })
    expect(evidence(job, look([...laterOnes(99), old], days))).toEqual({ kind: 'none' })
    expect(evidence(job, { ...look(laterOnes(100), days), limit: null })).toEqual({ kind: 'none' })
    expect(evidence(job, look(laterOnes(99), days, [systemTime(days)]))).toEqual({ kind: 'unclear' })
  })

  test.each([
    ['without a time', null, 'unclear'],
    ['of that minute', systemTime(sentAt), 'unclear'],
    ['of hours before, by which a clock may be wrong', systemTime(addMillis(sentAt, -hours(5))), 'unclear'],
    ['of days before', systemTime(addMillis(sentAt, -hours(48))), 'none'],
    ['of a day later', systemTime(addMillis(sentAt, hours(20))), 'none'],
  ] as const)('a job without an id, %s', (_, startedAt, kind) => {
    expect(evidence(job, look([old], nextDay, [startedAt])).kind).toBe(kind)
    const beside = look([remote('A', systemTime(sentAt)), old], nextDay, [startedAt])
    expect(evidence(job, beside).kind).toBe(kind === 'none' ? 'one' : 'unclear')
  })

  test('a job that was seen right after stays ours perhaps, however much time passes', () => {
    for (const ahead of [hours(1.5), hours(2), hours(20), hours(40)]) {
      const list = [remote('A', systemTime(addMillis(sentAt, ahead))), old]
      const later = { ...look(list, addMillis(sentAt, hours(100))), knownSince: () => soon }
      expect(evidence(job, later)).toEqual({ kind: 'unclear' })
    }
  })

  test('"none" is never said while a new job might be ours', () => {
    const times = fc.oneof(
      fc.constant(null),
      fc.integer({ min: -hours(20), max: hours(15) }).map(ms => systemTime(addMillis(sentAt, ms))),
      fc.integer({ min: -hours(20), max: hours(30) }).map(ms => guessed(addMillis(sentAt, ms))),
    )
    const lists = fc.array(times, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: hours(48) }), (all, later) => {
        const list = all.map((time, index) => remote(`N${index}`, time))
        expect(evidence(job, look([...list, old], addMillis(sentAt, later))).kind).not.toBe('none')
      }),
    )
  })

  test('"none" is never said of our own job, whatever the system’s clock says, where it was seen soon', () => {
    const ahead = fc.integer({ min: -hours(100), max: hours(100) })
    const seenAfter = fc.integer({ min: 0, max: hours(15) })
    fc.assert(
      fc.property(ahead, seenAfter, fc.boolean(), fc.integer({ min: 0, max: hours(200) }), (ms, s, z, l) => {
        const at = addMillis(sentAt, ms)
        const list = [remote('A', z ? guessed(at) : systemTime(at)), old]
        const seen = addMillis(sentAt, s)
        const now = addMillis(seen, l)
        expect(evidence(job, { ...look(list, now), knownSince: () => seen }).kind).not.toBe('none')
        expect(evidence(job, look(list, seen)).kind).not.toBe('none')
      }),
    )
  })
})

describe('jobs of the connection that nobody can place', () => {
  const beside = (jobs: readonly RemoteJob[], unplaced: readonly RemoteJob[]): Look => {
    const { list, ...rest } = look(jobs, soon)
    return { ...rest, limit: null, list: { ...list, unplaced: listed(unplaced) } }
  }
  const started = systemTime(addMillis(sentAt, 1000))

  test('may be the one that is looked for, where they are new', () => {
    expect(evidence(job, beside([], [remote('NEW', started)]))).toEqual({ kind: 'unclear' })
  })

  test('prove nothing where they were there before, are known as ours, or are not there', () => {
    expect(evidence(job, beside([], [old]))).toEqual({ kind: 'none' })
    const taken = { ...beside([], [remote('NEW', started)]), taken: new Set(['NEW']) }
    expect(evidence(job, taken)).toEqual({ kind: 'none' })
    expect(evidence(job, beside([], []))).toEqual({ kind: 'none' })
  })

  test('do not stand in the way of the one that is told to be ours', () => {
    const ours = remote('OURS', started)
    expect(evidence(job, beside([ours], [remote('NEW', started)]))).toEqual({
      kind: 'one',
      remote: { ...ours, target: null },
    })
  })
})
