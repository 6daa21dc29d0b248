import { AppError } from '../../errors.ts'
import { followingRedirects } from '../../policy/redirect.ts'
import { concurMayTrust, trustedHttp } from '../../policy/trust.ts'
import { originOf } from '../../policy/url.ts'
import type { Clock, Http, SecretBundle } from '../../ports.ts'
import { addMillis } from '../../time.ts'
import type { SignedIn, SignInTarget, TrustSet } from '../system.ts'
import type { ConcurClient } from './client.ts'
import { clientSideOrigin, formOf, isToken, keptAfter, livesElsewhere, secretOf } from './tokens.ts'
import type { TokenAnswer, TokenForm } from './types.ts'

/** The connection's own origin and one that its sign-in named, where that is Concur's. Throws `not-trusted`. */
export function concurTrust(target: SignInTarget, named: string): TrustSet {
  const own = ownOrigin(target)
  if (named !== own && !concurMayTrust(named, target.practice)) {
    throw new AppError('not-trusted', { facts: { host: originOf(named) ?? 'unknown', sent: false } })
  }
  return { origins: [...new Set([own, named])], practice: target.practice }
}

function ownOrigin(target: SignInTarget): string {
  const origin = originOf(target.url)
  if (origin === null) throw new AppError('bad-input', { facts: { field: 'url', sent: false } })
  return origin
}

/**
 * Signs in once: at the origin that the last sign-in named, else at the connection's own. Where the refusal says that
 * the user lives elsewhere (code 16), the same call is repeated there, once, if that place may be trusted; no secret
 * was rejected then.
 */
export async function signInToConcur(
  client: ConcurClient,
  clock: Clock,
  http: Http,
  target: SignInTarget,
  secrets: SecretBundle,
): Promise<SignedIn> {
  if (target.auth === 'access-token') return givenToken(target, secrets)
  const form = formOf(target.auth, secrets)
  const askedAt = clock.now()
  const { answer, at } = await grantedToken(client, http, target, form)
  return {
    headers: { authorization: `Bearer ${answer.accessToken}` },
    own: {},
    sessionExpiresAt: answer.lifetime === null ? null : addMillis(askedAt, answer.lifetime),
    origin: originAfter(target, answer, at),
    keep: keptAfter(target.auth, secrets, answer),
    secretsExpireAt: answer.refreshExpiresAt,
  }
}

/** A token that the user has from elsewhere: nothing is asked, and nothing can renew it. */
function givenToken(target: SignInTarget, secrets: SecretBundle): SignedIn {
  const token = secretOf(secrets, 'accessToken')
  if (!isToken(token)) throw new AppError('bad-input', { facts: { field: 'accessToken', sent: false } })
  // Legacy tokens go with OAuth, those of the token endpoint with Bearer.
  const scheme = /^bearer$/i.test(secrets.scheme ?? '') ? 'Bearer' : 'OAuth'
  return {
    headers: { authorization: `${scheme} ${token}` },
    own: {},
    sessionExpiresAt: null,
    origin: ownOrigin(target),
    keep: null,
    secretsExpireAt: null,
  }
}

async function grantedToken(
  client: ConcurClient,
  http: Http,
  target: SignInTarget,
  form: TokenForm,
): Promise<{ readonly answer: TokenAnswer; readonly at: string }> {
  const ask = (origin: string) =>
    client.token(followingRedirects(trustedHttp(http, concurTrust(target, origin))), origin, form)

  const first = target.knownOrigin ?? ownOrigin(target)
  const answered = await ask(first)
  if (!('refusal' in answered)) return { answer: answered, at: first }
  const { code, geolocation } = answered.refusal
  if (code !== livesElsewhere || geolocation === null) throw answered.error

  const second = originNamed(target, geolocation)
  if (second === first) throw answered.error
  const repeated = await ask(second)
  if ('refusal' in repeated) throw repeated.error
  return { answer: repeated, at: second }
}

function originAfter(target: SignInTarget, answer: TokenAnswer, askedAt: string): string {
  if (answer.geolocation === null) return askedAt
  const named = originNamed(target, answer.geolocation)
  concurTrust(target, named)
  return named
}

/** The origin to call for what a sign-in named; the user's own spelling of it wins. */
const originNamed = (target: SignInTarget, geolocation: string) =>
  geolocation === ownOrigin(target) ? geolocation : clientSideOrigin(geolocation)
