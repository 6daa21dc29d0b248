import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hours, instantAt, minutes } from '../../../main/core/time.ts'
import {
  next,
  nextCheckAt,
  type Release,
  switchedOff,
  type Update,
  type UpdateEvent,
  unchecked,
} from '../../../main/core/updates/update.ts'

const release: Release = {
  version: '0.2.0',
  notes: null,
  file: { name: 'extract-desk_0.2.0_amd64.deb', size: 7, sha512: 'x' },
}
const error = { code: 'offline', facts: {} } as const

const event: fc.Arbitrary<UpdateEvent> = fc.oneof(
  fc
    .constantFrom('check', 'nothing-newer', 'download', 'downloaded', 'restart', 'later')
    .map((kind): UpdateEvent => ({ kind })),
  fc.boolean().map(
    (has): UpdateEvent => ({
      kind: 'newer',
      release: has ? release : { ...release, file: null },
    }),
  ),
  fc.nat(7).map((bytes): UpdateEvent => ({ kind: 'received', bytes })),
  fc.constant<UpdateEvent>({ kind: 'failed', error }),
  fc.boolean().map((tried): UpdateEvent => ({ kind: 'verified', tried })),
  fc.boolean().map((busy): UpdateEvent => ({ kind: 'quit', busy })),
)
const events = fc.array(event, { maxLength: 60 })

const run = (start: Update, ...kinds: readonly UpdateEvent[]): Update => kinds.reduce(next, start)
const check = { kind: 'check' } as const
const newer = { kind: 'newer', release } as const
const ready = run(
  unchecked,
  check,
  newer,
  { kind: 'download' },
  { kind: 'downloaded' },
  {
    kind: 'verified',
    tried: false,
  },
)

describe('an update', () => {
  test('goes its way', () => {
    expect(ready.state).toBe('ready')
    expect(run(ready, { kind: 'quit', busy: false })).toMatchObject({ state: 'installing', restart: false })
    expect(run(ready, { kind: 'restart' }, { kind: 'quit', busy: false })).toMatchObject({
      state: 'installing',
      restart: true,
    })
    expect(run(ready, { kind: 'restart' }, { kind: 'later' })).toEqual(ready)
  })

  test('is installed only where one was verified, the user quits and nothing runs, whatever happens', () => {
    fc.assert(
      fc.property(events, list => {
        let update = unchecked
        let verified = false
        for (const one of list) {
          const before = update
          update = next(update, one)
          if (update.state === 'ready' && before.state === 'verifying') verified = true
          if (update.state === 'installing' && before.state !== 'installing') {
            expect(verified).toBe(true)
            expect(['ready', 'deferred']).toContain(before.state)
            if (before.state === 'ready') expect(before.tried).toBe(false)
            expect(one).toEqual({ kind: 'quit', busy: false })
          }
          if (before.state === 'checking') verified = false
        }
      }),
    )
  })

  test('is downloaded and verified before it is ready, and only where this copy can replace itself', () => {
    fc.assert(
      fc.property(events, list => {
        let update = unchecked
        for (const one of list) {
          const before = update.state
          update = next(update, one)
          if (update.state === before) continue
          if (update.state === 'verifying') expect(before).toBe('downloading')
          if (update.state === 'ready') expect(['verifying', 'deferred']).toContain(before)
          if (update.state === 'downloading' && 'release' in update)
            expect(update.release?.file).not.toBeNull()
        }
      }),
    )
  })

  test('that is switched off stays so', () => {
    fc.assert(
      fc.property(events, list => {
        expect(list.reduce(next, switchedOff('managed'))).toEqual(switchedOff('managed'))
      }),
    )
  })

  test('counts what went wrong in a row, and forgets it at success', () => {
    const once = run(unchecked, check, { kind: 'failed', error })
    const twice = run(once, check, newer, { kind: 'download' }, { kind: 'failed', error })
    expect([once.failures, twice.failures]).toEqual([1, 2])
    expect(twice).toMatchObject({ state: 'failed', error, release })
    expect(run(twice, check, { kind: 'nothing-newer' }).failures).toBe(0)
  })
})

describe('the next look', () => {
  const now = instantAt(0)

  test('comes two minutes after the start, and then once a day', () => {
    expect(nextCheckAt(unchecked, now)).toBe(minutes(2))
    expect(nextCheckAt(run(unchecked, check, { kind: 'nothing-newer' }), now)).toBe(hours(24))
    expect(nextCheckAt(ready, now)).toBe(hours(24))
  })

  test('comes later and later after failures, and after a day at the latest', () => {
    let update = unchecked
    const waits = Array.from({ length: 12 }, () => {
      update = run(update, check, { kind: 'failed', error })
      return nextCheckAt(update, now) / minutes(1)
    })
    expect(waits.slice(0, 4)).toEqual([15, 30, 60, 120])
    expect(waits.slice(7)).toEqual([1440, 1440, 1440, 1440, 1440])
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
  })
})
