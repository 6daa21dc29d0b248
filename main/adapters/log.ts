import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Redactor } from '../core/policy/redact.ts'
import type { Clock, Log } from '../core/ports.ts'
import { isoOf } from '../core/time.ts'

export const logFileName = 'extract-desk.log'

export type LogFiles = { readonly folder: string; readonly maxBytes: number; readonly count: number }
export const defaultLogSize = { maxBytes: 5 * 1024 * 1024, count: 5 } as const

/**
 * JSON lines in one file that is rotated by size (`extract-desk.log`, `extract-desk.1.log`, …), masked here, at the
 * sink. Written at once: what a crash leaves behind is what the log is for. Several processes append to it.
 * A log that cannot be written never stops the app; how many lines it lost is said in the next one.
 */
export function createFileLog(files: LogFiles, redactor: Redactor, clock: Clock): Log {
  const file = join(files.folder, logFileName)
  let lost = 0

  return {
    write(level, event, facts = {}) {
      const entry = {
        at: isoOf(clock.now()),
        level,
        event: redactor.text(event),
        facts: redactor.value(facts),
        process: process.pid,
        ...(lost > 0 ? { linesLost: lost } : {}),
      }
      const line = `${JSON.stringify(entry)}\n`
      try {
        mkdirSync(files.folder, { recursive: true, mode: 0o700 })
        if (existsSync(file) && statSync(file).size + Buffer.byteLength(line) > files.maxBytes) rotate(files)
        appendFileSync(file, line, { mode: 0o600 })
        lost = 0
      } catch {
        lost += 1
      }
    },
  }
}

/** Puts the file that is written to away, under the next name; the oldest goes. */
export function rotate(files: LogFiles): void {
  const nth = (n: number) =>
    join(files.folder, n === 0 ? logFileName : logFileName.replace('.log', `.${n}.log`))
  for (let n = files.count - 2; n >= 0; n--) if (existsSync(nth(n))) renameSync(nth(n), nth(n + 1))
}
