import type { Metered } from '../../main/core/ports.ts'

export type FakeMetered = Metered & { set(metered: boolean | null): void }

export function fakeMetered(first: boolean | null = null): FakeMetered {
  const listeners = new Set<() => void>()
  let now = first
  return {
    metered: () => now,
    onChange(run) {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    set(metered) {
      now = metered
      for (const run of listeners) run()
    },
  }
}
