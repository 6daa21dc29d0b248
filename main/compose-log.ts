import { join } from 'node:path'
import { systemClock } from './adapters/clock.ts'
import { createFileLog, defaultLogSize } from './adapters/log.ts'
import { createRedactor, type Redactor } from './core/policy/redact.ts'
import type { Log } from './core/ports.ts'

/** The log of a profile. Composed apart from the rest, since it must be there before anything that can fail. */
export function composeLog(profile: string): {
  readonly log: Log
  readonly redactor: Redactor
  readonly logFolder: string
} {
  const redactor = createRedactor()
  const logFolder = join(profile, 'logs')
  const log = createFileLog({ folder: logFolder, ...defaultLogSize }, redactor, systemClock)
  return { log, redactor, logFolder }
}
