import { z } from 'zod'
import type { Clock, Ids, Lease, Leases, LeasesElsewhere, LeasesLeft } from '../../../core/ports.ts'
import { addMillis, type Millis } from '../../../core/time.ts'
import { type Processes, unknowable } from '../../processes.ts'
import type { Database, Tx } from '../database.ts'
import { createHeart, type Heart, paces } from './heart.ts'

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
  const hearts = {
    working: createHeart(database, clock, paces.working),
    resting: createHeart(database, clock, paces.resting),
  }
  /** Holders of this process. */
  const ours = new Set<string>()

  function rowsOf(prefix: string, term: Millis) {
    const rows = database.all('SELECT * FROM leases WHERE substr(name, 1, ?) = ?', prefix.length, prefix)
    const now = clock.now()
    return z
      .array(leftRow)
      .parse(rows)
      .map(row => {
        const beats = row.beat_at > addMillis(now, -term) && row.beat_at <= addMillis(now, term)
        return { ...row, held: beats && (row.process === null || !processes.hasEnded(row.process)) }
      })
  }

  return {
    async take(name, { outlivesBy = null, resting = false } = {}) {
      const heart = resting ? hearts.resting : hearts.working
      const { term } = heart.pace
      const holder = ids.next('holder')
      const now = clock.now()
      const taken = database.transaction(tx =>
        tx.run(
          `INSERT INTO leases (name, holder, beat_at, process) VALUES (?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, beat_at = excluded.beat_at, process = excluded.process
           WHERE leases.beat_at <= ? OR leases.beat_at > ? OR (leases.holder = ? AND leases.beat_at <= ?)`,
          name,
          holder,
          now,
          outlivesBy === null ? null : processes.own,
          addMillis(now, -term),
          addMillis(now, term),
          endedHolder(tx, name, processes),
          // With no clock set back in between: a beat of the future waits for its term.
          addMillis(now, -(outlivesBy ?? term)),
        ),
      )
      if (taken !== 1) return null
      ours.add(holder)
      const lease = hold(database, heart, name, holder)
      return {
        lost: lease.lost,
        async release() {
          ours.delete(holder)
          await lease.release()
        },
      }
    },
    async left(prefix) {
      return rowsOf(prefix, paces.working.term)
        .filter(({ held }) => !held)
        .map(({ name, holder }) => ({ name, forget: async () => forget(database, name, holder) }))
    },
    // How long a lease rests is not known by its row: the longer term is the safe one here.
    elsewhere: async () =>
      rowsOf('', paces.resting.term).some(({ held, holder }) => held && !ours.has(holder)),
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

/** Who holds a lease that may end with its process; null where nobody does, or where that process may live. */
function endedHolder(tx: Tx, name: string, processes: Processes): string | null {
  const row = tx.get('SELECT holder, process FROM leases WHERE name = ? AND process IS NOT NULL', name)
  const read = leaseRow.safeParse(row)
  return read.success && processes.hasEnded(read.data.process) ? read.data.holder : null
}

function hold(database: Database, heart: Heart, name: string, holder: string): Lease {
  const lost = new AbortController()
  const stop = heart.beatFor(holder, () => lost.abort())
  return {
    lost: lost.signal,
    async release() {
      stop()
      forget(database, name, holder)
    },
  }
}
