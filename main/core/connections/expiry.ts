import type { AuthKind } from '../../../preload/contract/words.ts'
import { hours, type Instant, type Millis } from '../time.ts'

const day: Millis = hours(24)
/**
 * How long before its end a sign-in is said to end: time enough to ask an administrator for a new token, holidays
 * included. A session that the user gave lives for two days (Vault), and whoever made it makes another at once.
 */
export const warnBefore = (auth: AuthKind): Millis => (auth === 'access-token' ? hours(12) : 14 * day)

/** How long a sign-in still works by itself. `unknown`: the system does not say. */
export type ExpiryForecast =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'fine' | 'soon'; readonly daysLeft: number }
  | { readonly kind: 'ended' }

/** `daysLeft` counts whole days. Every use of a refresh token moves its end, so a connection that is used stays fine. */
export function expiryForecast(expiresAt: Instant | null, now: Instant, auth: AuthKind): ExpiryForecast {
  if (expiresAt === null) return { kind: 'unknown' }
  const left = expiresAt - now
  if (left <= 0) return { kind: 'ended' }
  return { kind: left <= warnBefore(auth) ? 'soon' : 'fine', daysLeft: Math.floor(left / day) }
}
