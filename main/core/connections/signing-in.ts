import type { SignInState } from '../../../preload/contract/words.ts'
import { AppError, isAppError } from '../errors.ts'
import { followingRedirects } from '../policy/redirect.ts'
import { trustedHttp } from '../policy/trust.ts'
import type { Http, SecretBundle } from '../ports.ts'
import type { SystemRegistry } from '../systems/registry.ts'
import type { Session, SignedIn, SignInTarget, System } from '../systems/system.ts'
import type { RefusedSecrets } from './refused-secrets.ts'
import type { Turns } from './turns.ts'
import type { Connection } from './types.ts'

export type SigningIn = {
  readonly systems: SystemRegistry
  readonly http: Http
  readonly refused: RefusedSecrets
  readonly turns: Turns
}

const targetOf = ({ url, origin, auth, mark }: Connection): SignInTarget => ({
  url,
  knownOrigin: origin,
  auth,
  practice: mark === 'practice',
})

/** The same port, with the certificate that the user pinned for this connection. */
function pinned(http: Http, { certificateSha256 }: Connection): Http {
  if (certificateSha256 === null) return http
  return { send: request => http.send({ ...request, certificateSha256 }) }
}

/** One sign-in with these secrets, unless they were refused before. Nothing is stored, and the token is not used. */
export async function signInWith(
  { systems, http, refused }: SigningIn,
  connection: Connection,
  secrets: SecretBundle,
): Promise<SignedIn> {
  refused.check(connection, secrets)
  try {
    return await systems.of(connection.system).signIn(pinned(http, connection), targetOf(connection), secrets)
  } catch (error) {
    refused.note(connection, secrets, error)
    throw error
  }
}

/** The session that a sign-in opens. Its network is closed to every origin that the sign-in does not let us trust. */
export function sessionOf(
  { systems, http, turns }: Pick<SigningIn, 'systems' | 'http' | 'turns'>,
  connection: Connection,
  { headers, own, origin }: SignedIn,
): { readonly session: Session; readonly system: System } {
  const system = systems.of(connection.system)
  const trust = system.trust(targetOf(connection), origin)
  const session: Session = {
    http: followingRedirects(trustedHttp(pinned(http, connection), trust)),
    origin,
    trust,
    headers,
    own,
    outputMaps: connection.outputMaps,
    turn: turns(origin),
  }
  return { session, system }
}

/**
 * The state in which a failed sign-in leaves the connection; null where it says nothing of the secret, and trying
 * again is harmless. `refused` and `expired` wait for the user: no second attempt is made, so that nothing locks.
 */
export function stateAfter(error: unknown): Extract<SignInState, 'refused' | 'expired'> | null {
  if (isAppError(error, 'sign-in-expired')) return 'expired'
  return isAppError(error, 'sign-in-refused', 'sign-in-locked', 'permission-missing') ? 'refused' : null
}

/**
 * What it means when a token is rejected that was just made: the account may not do this. A 401 says instead that
 * the token did not arrive, and signing in once more would not change that.
 */
export function rejectedThoughFresh(error: AppError): AppError {
  const code = error.facts.status === 401 ? 'request-refused' : 'permission-missing'
  return new AppError(code, { ...pick(error), cause: error })
}

/** What it means when a token is rejected that the user gave and nothing can renew. */
export function rejectedForGood(error: AppError, workedBefore: boolean): AppError {
  return new AppError(workedBefore ? 'sign-in-expired' : 'sign-in-refused', { ...pick(error), cause: error })
}

const pick = ({ facts, said, correlationId }: AppError) => ({ facts, said, correlationId })
