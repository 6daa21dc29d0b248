import { type Instant, isoOf, type SystemTime } from '../../time.ts'
import { thousandthsOf, utcInstant } from '../utc.ts'

/**
 * The two forms of the vendor's own client, in UTC: extended, `2021-07-06T18:22[:19[.fff]]Z`, and compact,
 * `20210706[T]1822[19[.fff]]Z`, which is what was seen on the wire and what `new Date` does not read.
 */
const forms: readonly RegExp[] = [
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z?)$/i,
  /^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?(Z?)$/i,
]

/** A time as the server writes it. Without its Z it is UTC all the same, and says so. Null for no text. */
export function readTime(raw: string): SystemTime | null {
  if (raw === '') return null
  const match = forms.map(form => form.exec(raw)).find(found => found !== null)
  if (!match) return { raw, at: null, zoneAssumed: false }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(digits => Number(digits ?? 0))
  const at = utcInstant([year, month, day, hour, minute, second, thousandthsOf(match[7])])
  return { raw, at, zoneAssumed: at !== null && match[8] === '' }
}

/** The form that is sent: extended, with milliseconds. */
export const writtenTime = (at: Instant): string => isoOf(at)
