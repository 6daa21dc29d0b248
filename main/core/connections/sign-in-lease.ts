import { AppError } from '../errors.ts'
import type { ConnectionId } from '../ids.ts'
import type { Clock, Lease, Leases } from '../ports.ts'
import { addMillis, type Instant, type Millis, minutes, seconds } from '../time.ts'

/** Longer than any sign-in takes (two calls of a minute each); whoever holds it longer has lost its heartbeat. */
const patience: Millis = minutes(3)
const lookEvery: Millis = 500
/**
 * How long a killed process's refresh may still be at the system, and its new token on the way to the keychain: who
 * signs in before that could end the one or be overwritten by the other.
 */
const remains: Millis = seconds(5)

/**
 * Runs `work` as the only one, in all processes, that changes the sign-in of this connection: two refreshes at once
 * would each end the other's token. Waits for another one's to end. Throws `timed-out` where it does not.
 */
export async function underSignInLease<T>(
  { leases, clock }: { readonly leases: Leases; readonly clock: Clock },
  id: ConnectionId,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease = await taken(leases, clock, `sign-in:${id}`)
  try {
    return await work(lease)
  } finally {
    // One that cannot be given back ends by itself; it must not hide what the work came to.
    await lease.release().catch(() => {})
  }
}

async function taken(leases: Leases, clock: Clock, name: string): Promise<Lease> {
  const until = addMillis(clock.now(), patience)
  for (;;) {
    const lease = await leases.take(name, { outlivesBy: remains })
    if (lease) return lease
    if (clock.now() >= until) throw new AppError('timed-out', { facts: { what: 'sign-in', sent: false } })
    await reached(clock, addMillis(clock.now(), lookEvery))
  }
}

const reached = (clock: Clock, at: Instant) => new Promise<void>(resolve => void clock.wake(at, resolve))
