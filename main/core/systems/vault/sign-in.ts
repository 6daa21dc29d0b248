import { AppError, isAppError } from '../../errors.ts'
import { followingRedirects } from '../../policy/redirect.ts'
import { trustedHttp } from '../../policy/trust.ts'
import { originOf } from '../../policy/url.ts'
import type { Clock, Http, SecretBundle } from '../../ports.ts'
import { addMillis, hours } from '../../time.ts'
import type { SignedIn, SignInTarget, TrustSet } from '../system.ts'
import { ownOrigin } from './addresses.ts'
import type { Caller, VaultClient } from './client.ts'
import { recoded } from './failures.ts'
import { notUnderstood, recordOf, recordsIn, textOf } from './fields.ts'
import type { Fields } from './types.ts'

/** The versions that we know, newest first. Older ones are frozen, so the oldest of them is everywhere. */
export const knownVersions = ['v26.2', 'v26.1', 'v25.3', 'v25.2'] as const
/**
 * Signing in has a version of its own. The oldest that we know: a newer one might be unknown to a vault, and the
 * password would have to be sent a second time.
 */
const authVersion = 'v25.2'
/** A session ends after this long, however much it is used. */
const longestSession = hours(48)

/** The connection's own DNS, and nothing else. Throws `not-trusted` for any other origin. */
export function vaultTrust(target: SignInTarget, named: string): TrustSet {
  const own = ownOrigin(target)
  if (named !== own) {
    throw new AppError('not-trusted', { facts: { host: originOf(named) ?? 'unknown', sent: false } })
  }
  return { origins: [own], practice: target.practice }
}

/**
 * Signs in once, agrees on a version, and looks who we are. A user who may not enter the vault asked for gets a session
 * of another vault without a word: that is refused by its name (vault.md, 3.2).
 */
export async function signInToVault(
  client: VaultClient,
  clock: Clock,
  http: Http,
  target: SignInTarget,
  secrets: SecretBundle,
): Promise<SignedIn> {
  const origin = ownOrigin(target)
  const trusted = followingRedirects(trustedHttp(http, vaultTrust(target, origin)))
  const askedAt = clock.now()
  const given = target.auth === 'access-token'
  const entered = given
    ? { authorization: `Bearer ${token(secretOf(secrets, 'accessToken'))}`, vaultId: '' }
    : await withPassword(client, trusted, origin, secrets)
  const headers = { authorization: entered.authorization }
  const caller = (version: string): Caller => ({
    http: trusted,
    origin,
    headers,
    own: { version },
    turn: async () => {},
  })
  try {
    const version = versionIn((await client.get(caller(''), '/api/')).fields)
    const me = await whoAmI(client, caller(version))
    return {
      headers,
      own: { version, auth: target.auth, vaultId: entered.vaultId, ...me },
      sessionExpiresAt: given ? null : addMillis(askedAt, longestSession),
      origin,
      keep: null,
      secretsExpireAt: given && isSession(entered.authorization) ? addMillis(askedAt, longestSession) : null,
    }
  } catch (error) {
    // Of a token that was given: nothing can renew it. Of a session that was just made: it is not good for this.
    if (!isAppError(error, 'session-expired')) throw error
    throw recoded(error, given ? 'sign-in-refused' : 'permission-missing')
  }
}

async function withPassword(client: VaultClient, http: Http, origin: string, secrets: SecretBundle) {
  const form = {
    username: secretOf(secrets, 'username'),
    password: secretOf(secrets, 'password'),
    vaultDNS: new URL(origin).host,
  }
  const { fields } = await client
    .auth(http, `${origin}/api/${authVersion}/auth`, form)
    .catch((error: unknown) => {
      throw refusalOf(error)
    })
  const authorization = token(textOf(fields.sessionId) ?? '')
  const vault = vaultIn(fields)
  if (vault.origin !== origin) {
    await client
      .delete(
        { http, origin, headers: { authorization }, own: {}, turn: async () => {} },
        `/api/${authVersion}/session`,
      )
      .catch(() => {})
    throw new AppError('permission-missing', {
      facts: { vault: vault.name, vaultHost: new URL(vault.origin).host, asked: new URL(origin).host },
    })
  }
  return { authorization, vaultId: vault.id }
}

/** The vault that was signed in to: of all that the user may enter, the one that the answer says. */
function vaultIn(fields: Fields): { readonly id: string; readonly name: string; readonly origin: string } {
  const id = textOf(fields.vaultId)
  const vault = recordsIn(fields.vaultIds, 'vaultIds').find(one => textOf(one.id) === id)
  const origin = originOf(textOf(vault?.url) ?? '')
  if (id === null || origin === null) throw notUnderstood('vaultId')
  return { id, name: textOf(vault?.name) ?? id, origin }
}

/**
 * A refusal that nobody documented counts as a refused secret: taking it for anything else could try the secret again
 * and lock the account. What passes by itself says nothing of the secret.
 */
function refusalOf(error: unknown): unknown {
  return isAppError(error, 'request-refused', 'permission-missing', 'session-expired')
    ? recoded(error, 'sign-in-refused')
    : error
}

function versionIn(fields: Fields): string {
  const offered = Object.keys(recordOf(fields.values) ?? {})
  const version = knownVersions.find(known => offered.includes(known))
  if (version === undefined) throw notUnderstood('versions')
  return version
}

/**
 * Our user, and where our own part of the staging server is: for a vault owner and a system administrator the root is
 * the whole server. Where the account may not read itself, both places are tried.
 */
async function whoAmI(client: VaultClient, caller: Caller) {
  try {
    const { fields } = await client.get(caller, `/api/${caller.own.version}/objects/users/me`)
    const [first] = recordsIn(fields.users, 'users')
    const user = recordOf(first?.user) ?? first
    const profile = textOf(user?.security_profile__v)
    const whole = profile === 'vault_owner__v' || profile === 'system_admin__v'
    return {
      userId: textOf(user?.id) ?? '',
      stagingRoot: profile === null ? 'unknown' : whole ? 'whole' : 'own',
    }
  } catch (error) {
    if (!isAppError(error, 'permission-missing')) throw error
    return { userId: '', stagingRoot: 'unknown' }
  }
}

/** Blanks and line ends come along when a secret is pasted; a password may mean them. */
function secretOf(secrets: SecretBundle, field: string): string {
  const value = field === 'password' ? secrets[field] : secrets[field]?.trim()
  if (!value) throw new AppError('secrets-missing', { facts: { field } })
  return value
}

/** What may stand in a header. */
/** In the place of an API access token, which does not end: that of a session, which ends however it is used. */
const isSession = (authorization: string): boolean => !authorization.startsWith('Bearer veeva-vault-')

function token(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text
  throw new AppError('bad-input', { facts: { field: 'accessToken', sent: false } })
}
