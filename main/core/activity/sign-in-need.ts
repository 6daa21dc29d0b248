import type { NeedView } from '../../../preload/contract/types.ts'
import { expiryForecast, warnBefore } from '../connections/expiry.ts'
import { addMillis, type Instant } from '../time.ts'
import type { ConnectionStanding } from './types.ts'

/** What a connection needs of the user. */
export type SignInNeed = Pick<NeedView, 'kind' | 'error' | 'facts' | 'since'>

export function signInNeed({ connection, secrets }: ConnectionStanding, now: Instant): SignInNeed | null {
  const { state, error, changedAt, expiresAt } = connection.signIn
  if (state === 'refused' || state === 'expired') return signIn(error, changedAt)
  if (connection.keep === 'session' && secrets === 'none') {
    return { kind: 'session-only', error: null, facts: {}, since: changedAt }
  }
  // A keychain that lost them since: on computers that are made anew each day that is every morning.
  if (error?.code === 'secrets-missing') return signIn(error, changedAt)
  if (error?.code === 'keychain-forgets') return { kind: 'session-only', error, facts: {}, since: changedAt }
  const forecast = expiryForecast(expiresAt, now, connection.auth)
  if (expiresAt === null || forecast.kind === 'unknown' || forecast.kind === 'fine') return null
  // Nobody tried since it ended: the next try can only tell what the date says already.
  if (forecast.kind === 'ended') return signIn({ code: 'sign-in-expired', facts: {} }, expiresAt)
  return {
    kind: 'sign-in-expires',
    error: null,
    facts: { days: forecast.daysLeft, auth: connection.auth },
    since: addMillis(expiresAt, -warnBefore(connection.auth)),
  }
}

const signIn = (error: SignInNeed['error'], since: Instant): SignInNeed => ({
  kind: 'sign-in',
  error,
  facts: {},
  since,
})

/** Nothing can be asked of the system until the user has signed in; secrets that are in memory still do until quit. */
export const stopsWork = ({ kind, error }: SignInNeed): boolean =>
  kind === 'sign-in' || (kind === 'session-only' && error === null)
