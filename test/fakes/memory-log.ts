import type { Log, LogLevel } from '../../main/core/ports.ts'

export type LogEntry = {
  readonly level: LogLevel
  readonly event: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** A log that a test can read back. */
export function memoryLog(): Log & { readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = []
  return { entries, write: (level, event, facts = {}) => void entries.push({ level, event, facts }) }
}
