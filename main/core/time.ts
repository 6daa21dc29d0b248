declare const instant: unique symbol
/** Milliseconds since 1970-01-01T00:00:00Z. A type of its own, so that a duration or a count is not taken for it. */
export type Instant = number & { readonly [instant]: true }

/** A duration in milliseconds. */
export type Millis = number

export const seconds = (n: number): Millis => n * 1000
export const minutes = (n: number): Millis => n * 60_000
export const hours = (n: number): Millis => n * 3_600_000

export const instantAt = (epochMs: number): Instant => epochMs as Instant
export const addMillis = (at: Instant, ms: Millis): Instant => (at + ms) as Instant
export const isoOf = (at: Instant): string => new Date(at).toISOString()

/** A time as a system wrote it. A missing zone was read as UTC, and says so. */
export type SystemTime = {
  readonly raw: string
  /** Null where the text could not be read as a time: it is kept and shown as it came. */
  readonly at: Instant | null
  readonly zoneAssumed: boolean
}
