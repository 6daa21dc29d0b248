import type { SystemTime } from '../../time.ts'
import { thousandthsOf, utcInstant } from '../utc.ts'

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z)?$/

/**
 * A time as a vault writes it, to the thousandth or (Direct Data) to the minute. Those of scheduled jobs are in the
 * vault's own zone though they end in Z (vault.md, 3.4), and no answer says which zone that is: they are read as UTC,
 * and say so. Null for no text.
 */
export function readTime(raw: string, ofVaultZone: boolean): SystemTime | null {
  if (raw === '') return null
  const match = pattern.exec(raw)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? [])
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const at = match ? utcInstant([year, month, day, hour, minute, second, thousandthsOf(match[7])]) : null
  return { raw, at, zoneAssumed: at !== null && (ofVaultZone || match?.[8] === undefined) }
}
