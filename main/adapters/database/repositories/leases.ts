import { z } from 'zod'
import type { Clock, Ids, Lease, Leases, LeasesElsewhere, LeasesLeft } from '../../../core/ports.ts'
import { addMillis, type Instant, type Millis, seconds } from '../../../core/time.ts'
import { type Processes, unknowable } from '../../processes.ts'
import type { Database, Tx } from '../database.ts'

/** A lease whose last heartbeat is older than this can be taken by anybody. */
export const leaseTerm: Millis = seconds(30)
export const heartbeatEvery: Millis = seconds(10)

/**
 * Leases in the profile's database, so that they hold between processes and end by themselves when a process was
 * killed. A heartbeat from the future by more than a term is stale too: the clock was set back after a crash.
 *
 * A lease is no proof: its holder may have slept past its term without knowing it yet. What must not happen twice
 * is guarded by the journal's rows as well (JobsRepository.save refuses a row that was written meanwhile).
 */
export function createLeases(
  database: Database,
  clock: Clock,
  ids: Ids,
  processes: Processes = unknowable,
): Leases & LeasesLeft & LeasesElsewhere {
  /** Holders of this process. */
  const ours = new Set<string>()

  function rowsOf(prefix: string) {
    const rows = database.all('SELECT * FROM leases WHERE substr(name, 1, ?) = ?', prefix.length, prefix)
    const now = clock.now()
    return z
      .array(leftRow)
      .parse(rows)
      .map(row => {
        const beats = row.beat_at > addMillis(now, -leaseTerm) && row.beat_at <= addMillis(now, leaseTerm)
        return { ...row, held: beats && (row.process === null || !processes.hasEnded(row.process)) }
      })
  }

  return {
    async take(name, options) {
      const holder = ids.next('holder')
      const now = clock.now()
      const taken = database.transaction(tx =>
        tx.run(
          `INSERT INTO leases (name, holder, beat_at, process) VALUES (?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, beat_at = excluded.beat_at, process = excluded.process
           WHERE leases.beat_at <= ? OR leases.beat_at > ? OR leases.holder = ?`,
          name,
          holder,
          now,
          options?.endsWithProcess ? processes.own : null,
          addMillis(now, -leaseTerm),
          addMillis(now, leaseTerm),
          endedHolder(tx, name, processes),
        ),
      )
      if (taken !== 1) return null
      ours.add(holder)
      const lease = hold(database, clock, name, holder, now)
      return {
        lost: lease.lost,
        async release() {
          ours.delete(holder)
          await lease.release()
        },
      }
    },
    async left(prefix) {
      return rowsOf(prefix)
        .filter(({ held }) => !held)
        .map(({ name, holder }) => ({ name, forget: async () => forget(database, name, holder) }))
    },
    elsewhere: async () => rowsOf('').some(({ held, holder }) => held && !ours.has(holder)),
  }
}

const leftRow = z.object({
  name: z.string(),
  holder: z.string(),
  beat_at: z.int(),
  process: z.string().nullable(),
})

function forget(database: Database, name: string, holder: string): void {
  database.transaction(tx => tx.run('DELETE FROM leases WHERE name = ? AND holder = ?', name, holder))
}

const leaseRow = z.object({ holder: z.string(), process: z.string() })

/** Who holds a lease that ended with its process; null where nobody does, or where that process may live. */
function endedHolder(tx: Tx, name: string, processes: Processes): string | null {
  const row = tx.get('SELECT holder, process FROM leases WHERE name = ? AND process IS NOT NULL', name)
  const read = leaseRow.safeParse(row)
  return read.success && processes.hasEnded(read.data.process) ? read.data.holder : null
}

function hold(database: Database, clock: Clock, name: string, holder: string, since: Instant): Lease {
  const lost = new AbortController()
  let lastBeat = since
  let cancel = scheduleBeat()

  function scheduleBeat(): () => void {
    return clock.wake(addMillis(clock.now(), heartbeatEvery), () => {
      if (beat()) cancel = scheduleBeat()
      else lost.abort()
    })
  }

  function beat(): boolean {
    const now = clock.now()
    try {
      const held = database.transaction(tx =>
        tx.run('UPDATE leases SET beat_at = ? WHERE name = ? AND holder = ?', now, name, holder),
      )
      if (held === 1) lastBeat = now
      return held === 1
    } catch {
      // The database was busy or its disk full: the lease is ours until its term has passed.
      return now - lastBeat < leaseTerm
    }
  }

  return {
    lost: lost.signal,
    async release() {
      cancel()
      forget(database, name, holder)
    },
  }
}
