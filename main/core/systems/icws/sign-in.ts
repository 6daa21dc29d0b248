import { AppError, isAppError } from '../../errors.ts'
import { icwsMayTrust, trustedHttp } from '../../policy/trust.ts'
import { originOf } from '../../policy/url.ts'
import type { Clock, Http, SecretBundle } from '../../ports.ts'
import { hours, type Instant, instantAt } from '../../time.ts'
import type { SignedIn, SignInTarget, TrustSet } from '../system.ts'
import { alternateOf, connectionPath, placeOf, samePlace, sessionUrl } from './addresses.ts'
import type { Connected, IcwsClient } from './client.ts'
import type { Place } from './types.ts'

/** So many alternate hosts are asked at most: a circle of servers that name each other ends here. */
export const mostHops = 8
/** The only version that the documents know. */
const extractorVersion = 2

/** The host that took the session, and no other one: it does not live anywhere else. Throws `not-trusted`. */
export function icwsTrust(target: SignInTarget, named: string): TrustSet {
  if (!icwsMayTrust(placeOf(target.url).origin, named, target.practice)) {
    throw new AppError('not-trusted', { facts: { host: originOf(named) ?? 'unknown', sent: false } })
  }
  return { origins: [named], practice: target.practice }
}

/**
 * Signs in at the first host that takes a session:
 *
 *   own host ─► 201: the session is there
 *      ├─ 503 or a redirect ─► the hosts that it names, on the same port, each once, at most 8
 *      ├─ does not answer ─► the host that the last sign-in led to
 *      └─ refused ─► thrown: no other host is asked whether it likes the password better
 */
export async function signInToIcws(
  client: IcwsClient,
  clock: Clock,
  http: Http,
  target: SignInTarget,
  secrets: SecretBundle,
): Promise<SignedIn> {
  const user = secretOf(secrets, 'userId').trim()
  const password = secretOf(secrets, 'password')
  const { connected, place } = await firstThatConnects(target, at => {
    const trust = icwsTrust(target, at.origin)
    return client.connect(trustedHttp(http, trust), at, user, password)
  })
  const signedIn = signedInAt(place, connected, user, clock.now())
  const { features } = connected.answer
  if (features !== null && !((features.get('data-extractor') ?? 0) >= extractorVersion)) {
    await leave(http, target, signedIn)
    throw new AppError('permission-missing', { facts: { missing: 'data-extractor-feature' } })
  }
  return signedIn
}

function secretOf(secrets: SecretBundle, field: string): string {
  const value = secrets[field]
  if (!value) throw new AppError('secrets-missing', { facts: { field } })
  return value
}

async function firstThatConnects(
  target: SignInTarget,
  connect: (place: Place) => ReturnType<IcwsClient['connect']>,
): Promise<{ readonly connected: Connected; readonly place: Place }> {
  const own = placeOf(target.url)
  const known = target.knownOrigin === null ? [] : [{ ...own, origin: target.knownOrigin }]
  const tried: Place[] = []
  let named: readonly Place[] = [own]
  let failure: AppError | null = null
  while (tried.length <= mostHops) {
    const place = [...named, ...known].find(one => !tried.some(other => samePlace(one, other)))
    if (place === undefined) break
    tried.push(place)
    const outcome = await connect(place).catch(hostFailure)
    if ('answer' in outcome) return { connected: outcome, place }
    failure ??= outcome.error
    named = [...named, ...outcome.alternates.flatMap(host => alternateOf(place, host) ?? [])]
    const foreign = named.find(({ origin }) => !icwsMayTrust(own.origin, origin, target.practice))
    if (foreign) icwsTrust(target, foreign.origin)
  }
  throw failure ?? new AppError('maintenance', { facts: { sent: false } })
}

/** This host cannot be reached; another one may. Everything else is the answer to the sign-in. */
function hostFailure(error: unknown): { readonly alternates: readonly string[]; readonly error: AppError } {
  if (
    !isAppError(error, 'host-not-found', 'connection-failed', 'connection-cut', 'timed-out', 'certificate')
  ) {
    throw error
  }
  return { alternates: [], error }
}

function signedInAt(place: Place, { answer, headers }: Connected, typed: string, now: Instant): SignedIn {
  const { sessionId, user, passwordDays, serverTime } = answer
  return {
    headers,
    own: {
      sessionId,
      base: place.base,
      user: user || typed,
      // Time ranges such as "last month" are counted by the server's clock, as its times of jobs are.
      clockAhead: String(serverTime === null ? 0 : serverTime - now),
    },
    sessionExpiresAt: null,
    origin: place.origin,
    keep: null,
    secretsExpireAt: passwordDays === null ? null : endOfDay(now, passwordDays),
  }
}

/** The server counts whole days: the same day, whenever in the day somebody signs in. */
const endOfDay = (now: Instant, days: number): Instant =>
  instantAt((Math.floor(now / hours(24)) + Math.floor(days) + 1) * hours(24))

/** A session that is of no use. Where it cannot be ended it ends by itself. */
async function leave(http: Http, target: SignInTarget, { headers, origin, own }: SignedIn): Promise<void> {
  const ending = trustedHttp(http, icwsTrust(target, origin)).send({
    method: 'DELETE',
    url: sessionUrl({ origin, own }, connectionPath),
    headers,
    answerWithin: 10_000,
    stallAfter: 10_000,
  })
  await ending.catch(() => {})
}
