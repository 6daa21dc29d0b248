import type { Ids } from '../../main/core/ports.ts'

/** Ids that a test can foretell: `job-1`, `job-2`, `definition-1`, … */
export function countingIds(): Ids {
  const counts = new Map<string, number>()
  return {
    next(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1
      counts.set(prefix, count)
      return `${prefix}-${count}`
    },
  }
}
