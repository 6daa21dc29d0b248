import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  after,
  type DeliveryEvent,
  deliveredStates,
  failedStates,
  isDelivered,
  isEnded,
  mayBeCancelled,
  newDelivery,
  pausedStates,
  stateOf,
  stepOf,
  workingStates,
} from '../../../main/core/deliveries/delivery.ts'
import { afterFailure } from '../../../main/core/deliveries/retry.ts'
import type { Delivery, Plan } from '../../../main/core/deliveries/types.ts'
import { isAppError } from '../../../main/core/errors.ts'
import { deliveryId, jobId, receiptId } from '../../../main/core/ids.ts'
import { addMillis, type Instant, minutes, seconds } from '../../../main/core/time.ts'
import { type ErrorCode, type ErrorView, errorCodes } from '../../../preload/contract/errors.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'

const { connectionId, id: definition } = aDefinition()
const fresh = newDelivery(
  {
    id: deliveryId('d'),
    jobId: jobId('j'),
    definitionId: definition,
    connectionId,
    destination: aDestination,
    followsDefinition: true,
    by: 'erika',
  },
  fakeStart,
)
const planned = {
  bytes: 1,
  sha256: 'a',
  crc32: null,
  rows: null,
  action: 'place',
  staged: '/s',
  final: '/f',
} as const
const plan: Plan = { files: [planned], marker: null, ownFolder: null, warnings: [], placed: false }
const download = {
  ...{ id: 'file', path: '/s', name: null, declaredType: null, bytes: 1, sha256: 'a', validator: null },
  ...({ kind: 'text', contents: null } as const),
}
const error = (code: ErrorCode, facts: ErrorView['facts'] = {}): ErrorView => ({ code, facts })

const events: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  fc.constant<DeliveryEvent>({ kind: 'begin' }),
  fc.constant<DeliveryEvent>({ kind: 'staging-chosen', staging: { root: '/r', folder: '/r/d' } }),
  fc.boolean().map((last): DeliveryEvent => ({ kind: 'download-complete', download, last })),
  fc.constant<DeliveryEvent>({ kind: 'nothing-to-download' }),
  fc.constant<DeliveryEvent>({ kind: 'download-cut', partial: null }),
  fc.constant<DeliveryEvent>({ kind: 'verified' }),
  fc.constant<DeliveryEvent>({ kind: 'unpacked', contents: [], warnings: [] }),
  fc.constant<DeliveryEvent>({ kind: 'planned', plan }),
  fc.constantFrom<DeliveryEvent>({ kind: 'replanned', plan: null }, { kind: 'replanned', plan }),
  fc.constant<DeliveryEvent>({ kind: 'placed', plan: { ...plan, placed: true } }),
  fc
    .constantFrom(...deliveredStates)
    .map((outcome): DeliveryEvent => ({ kind: 'published', outcome, receiptId: receiptId('r') })),
  fc.constantFrom(...pausedStates).map(
    (state): DeliveryEvent => ({
      kind: 'paused',
      state,
      error: error('offline'),
      nextAttemptAt: fakeStart,
    }),
  ),
  fc
    .constantFrom('not-what-it-claims', 'finished-empty', 'file-gone')
    .map((state): DeliveryEvent => ({ kind: 'failed', state, error: error('file-gone') })),
  fc.constant<DeliveryEvent>({ kind: 'cancelled' }),
  fc.constant<DeliveryEvent>({ kind: 'begin-anew', error: null, nextAttemptAt: null }),
  fc.constant<DeliveryEvent>({ kind: 'retry' }),
  fc.constant<DeliveryEvent>({ kind: 'cleaned-up' }),
)

/** What the journal may come to hold by any order of events; those that cannot happen are refused. */
function walk(
  delivery: Delivery,
  all: readonly DeliveryEvent[],
  each: (before: Delivery, now: Delivery, event: DeliveryEvent) => void,
): void {
  all.reduce((now, event) => {
    try {
      const next = after(now, event, addMillis(now.updatedAt, 1))
      each(now, next, event)
      return next
    } catch (fault) {
      if (isAppError(fault, 'internal')) return now
      throw fault
    }
  }, delivery)
}

describe('the delivery machine', () => {
  it('holds what the diagram says, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), all => {
        walk(fresh, all, (before, now, event) => {
          if (isDelivered(before.state)) expect(['cleaned-up']).toContain(event.kind)
          if (isEnded(before.state)) expect(['cleaned-up', 'retry']).toContain(event.kind)
          if (isDelivered(now.state)) {
            expect(now.plan?.placed).toBe(true)
            expect(now.receiptId).not.toBeNull()
          }
          if (now.plan) {
            expect(now.contents).not.toBeNull()
            expect([...workingStates, ...pausedStates, ...deliveredStates]).toContain(now.state)
          }
          if (now.contents) expect(now.downloaded).toBe(true)
          if (before.plan?.placed && !isDelivered(before.state) && event.kind !== 'begin-anew') {
            expect(now.plan?.placed ?? false).toBe(event.kind !== 'replanned' || now.plan?.placed === true)
          }
          if (now.state === 'cancelled')
            expect(before.plan === null || before.state === 'cancelled').toBe(true)
          if (now.error && !isEnded(now.state)) expect(pausedStates).toContain(now.state)
          expect(now.createdAt).toBe(fresh.createdAt)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('reaches every state', () => {
    const offered = fc.sample(events, { numRuns: 400, seed: 7 })
    const keyOf = ({ state, downloaded, contents, plan: names, staging }: Delivery) =>
      [state, downloaded, contents !== null, names !== null, names?.placed, staging !== null].join()
    const known = new Map([[keyOf(fresh), fresh]])
    // A map goes on with what is added to it while it is gone through.
    for (const delivery of known.values()) {
      for (const event of offered)
        walk(delivery, [event], (_, next) => known.has(keyOf(next)) || known.set(keyOf(next), next))
    }
    const every = [...workingStates, ...pausedStates, ...deliveredStates, ...failedStates]
    expect([...new Set([...known.values()].map(one => one.state))].sort()).toEqual(every.sort())
  })

  it('begins with the first step that is not done', () => {
    expect(stepOf(fresh)).toBe('downloading')
    expect(stepOf({ ...fresh, downloads: [download], downloaded: true })).toBe('verifying')
    expect(stepOf({ ...fresh, downloaded: true, contents: [] })).toBe('publishing')
    expect(stepOf({ ...fresh, downloaded: true, contents: [], plan })).toBe('publishing')
  })

  it('cannot be cancelled once a group may be visible in part', () => {
    const publishing: Delivery = { ...fresh, state: 'publishing', downloaded: true, contents: [] }
    expect(mayBeCancelled(publishing)).toBe(true)
    expect(mayBeCancelled({ ...publishing, plan })).toBe(false)
    expect(() => after({ ...publishing, plan }, { kind: 'cancelled' }, fakeStart)).toThrow()
  })
})

/** By another name than a test's hook has. */
const transition = (delivery: Delivery, event: DeliveryEvent): Delivery => after(delivery, event, fakeStart)

describe('after a failure', () => {
  const now = addMillis(fakeStart, minutes(10))
  const working: Delivery = { ...fresh, state: 'downloading' }
  const wait = (event: DeliveryEvent) =>
    event.kind === 'paused' && event.nextAttemptAt !== null ? event.nextAttemptAt - now : null

  it('every error leads somewhere, and what it leads to can be journalled', () => {
    for (const code of errorCodes) {
      for (const attempts of [0, 1, 9]) {
        for (const delivery of [
          working,
          { ...working, state: 'publishing' as const, plan, contents: [], downloaded: true },
        ]) {
          if (code === 'cancelled' && delivery.plan) continue
          const event = afterFailure({ ...delivery, attempts }, error(code), now)
          expect(() => after(delivery, event, now)).not.toThrow()
        }
      }
    }
  })

  it('waits longer each time, and gives way to long intervals', () => {
    const waits = Array.from({ length: 9 }, (_, attempts) =>
      afterFailure({ ...working, attempts }, error('offline'), now),
    )
    expect(waits.map(wait)).toEqual([2, 10, 30, 60, 300, 900, 1800, 3600, 3600].map(seconds))
    expect(waits.map(event => event.kind === 'paused' && event.state)).toEqual([
      ...new Array(4).fill('waiting'),
      ...new Array(5).fill('unreachable'),
    ])
  })

  it('waits as long as the system asks for, within reason', () => {
    const asked = (retryAfterMs: number) =>
      wait(afterFailure(working, error('rate-limited', { retryAfterMs }), now))
    expect([asked(0), asked(seconds(90)), asked(minutes(600))]).toEqual([
      seconds(2),
      seconds(90),
      minutes(60),
    ])
  })

  it('a group whose publishing has begun is never given up', () => {
    const begun: Delivery = { ...working, state: 'publishing', plan }
    for (const code of errorCodes) {
      // What cannot be published any more is made once more, and keeps the names that it had.
      const made = code === 'staged-changed' ? 'begin-anew' : 'paused'
      if (code !== 'cancelled') expect(afterFailure(begun, error(code), now).kind).toBe(made)
    }
  })

  it('a group that is made once more remembers its plan, and is not cancelled', () => {
    const begun: Delivery = { ...working, state: 'publishing', plan }
    const anew: DeliveryEvent = { kind: 'begin-anew', error: null, nextAttemptAt: null }
    const one = transition(begun, anew)
    expect(one).toMatchObject({ plan: null, former: { ...plan, ownFolder: null } })
    expect(mayBeCancelled(one)).toBe(false)
    expect(transition({ ...one, plan: { ...plan, files: [] } }, anew).former).toEqual(one.former)
  })

  it('fetches what may have been spoilt on its way once more, and once only', () => {
    const failed = (attempts: number) =>
      afterFailure({ ...working, attempts }, error('damaged-archive'), now).kind
    expect([failed(0), failed(1)]).toEqual(['begin-anew', 'failed'])
    expect(afterFailure(working, error('unsafe-name'), now).kind).toBe('failed')
  })

  it('gives a completed job a minute to name its files', () => {
    const soon: Instant = addMillis(fakeStart, seconds(59))
    const missing = error('file-gone', { reason: 'no-link' })
    expect(afterFailure(working, missing, soon).kind).toBe('paused')
    expect(afterFailure(working, missing, addMillis(fakeStart, seconds(60))).kind).toBe('failed')
    expect(afterFailure(working, error('file-gone'), soon).kind).toBe('failed')
  })

  it('has a place for every state it names', () => {
    const places = new Set(errorCodes.map(stateOf))
    for (const place of places) expect([...pausedStates, ...failedStates]).toContain(place)
  })
})
