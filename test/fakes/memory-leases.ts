import type { Clock, Leases, LeasesLeft } from '../../main/core/ports.ts'
import { addMillis, type Instant, seconds } from '../../main/core/time.ts'

export type MemoryLeases = Leases &
  LeasesLeft & {
    /** Ends the process that took these: nothing is released, and their term runs out. */
    kill(): void
  }

/** A table of leases that several "processes" share: give each of them its own `memoryLeases(table, clock)`. */
export type LeaseTable = Map<string, { readonly holder: object; readonly until: Instant | null }>

export function memoryLeases(table: LeaseTable, clock: Clock): MemoryLeases {
  const held = new Set<string>()
  return {
    async take(name) {
      const current = table.get(name)
      if (current && (current.until === null || clock.now() < current.until)) return null
      const holder = {}
      table.set(name, { holder, until: null })
      held.add(name)
      return {
        lost: new AbortController().signal,
        async release() {
          if (table.get(name)?.holder === holder) table.delete(name)
          held.delete(name)
        },
      }
    },
    async left(prefix) {
      const ended = [...table].filter(([, { until }]) => until !== null && clock.now() >= until)
      return ended
        .filter(([name]) => name.startsWith(prefix))
        .map(([name]) => ({ name, forget: async () => void table.delete(name) }))
    },
    kill() {
      for (const name of held) {
        const lease = table.get(name)
        if (lease) table.set(name, { ...lease, until: addMillis(clock.now(), seconds(30)) })
      }
    },
  }
}
