/** What the token endpoint takes and says, as data (concur.md, 1.2). Pure. */
import type { ErrorCode } from '../../../../preload/contract/errors.ts'
import type { AuthKind } from '../../../../preload/contract/words.ts'
import { AppError } from '../../errors.ts'
import { originOf } from '../../policy/url.ts'
import type { SecretBundle } from '../../ports.ts'
import { addMillis, type Instant, instantAt, type Millis, seconds } from '../../time.ts'
import type { TokenAnswer, TokenForm, TokenRefusal } from './types.ts'

export const tokenPath = '/oauth2/v0/token'

/**
 * The form for a kind of sign-in. A company request token is traded once: its bundle then holds a refresh token
 * instead (`keptAfter`), and that one is used from there on, though the connection's kind stays what the user chose.
 * Throws `secrets-missing` with the field that is not there.
 */
export function formOf(auth: Exclude<AuthKind, 'access-token'>, secrets: SecretBundle): TokenForm {
  const client = {
    client_id: secretOf(secrets, 'clientId'),
    client_secret: secretOf(secrets, 'clientSecret'),
  }
  switch (auth) {
    case 'refresh-token':
      return { ...client, grant_type: 'refresh_token', refresh_token: secretOf(secrets, 'refreshToken') }
    case 'company-request-token':
      return secrets.refreshToken ? formOf('refresh-token', secrets) : { ...client, ...companyGrant(secrets) }
    case 'client-credentials':
      return { ...client, grant_type: 'client_credentials' }
    case 'password':
      return {
        ...client,
        grant_type: 'password',
        username: secretOf(secrets, 'username'),
        password: secretOf(secrets, 'password'),
        credtype: 'password',
      }
  }
}

const companyGrant = (secrets: SecretBundle) => ({
  grant_type: 'password',
  username: secretOf(secrets, 'companyId'),
  password: secretOf(secrets, 'companyRequestToken'),
  credtype: 'authtoken',
})

/** Blanks and line ends come along when a secret is pasted, and would have it refused; a password may mean them. */
export function secretOf(secrets: SecretBundle, field: string): string {
  const value = field === 'password' ? secrets[field] : secrets[field]?.trim()
  if (!value) throw new AppError('secrets-missing', { facts: { field } })
  return value
}

/**
 * The bundle to keep after a sign-in; null where it stays as it is. The newest refresh token always replaces the old
 * one: it usually is the same, and may rotate. Throws `permission-missing` where a company request token brought
 * none: it ends after 24 hours, and nothing could sign in by itself after that.
 */
export function keptAfter(auth: AuthKind, secrets: SecretBundle, answer: TokenAnswer): SecretBundle | null {
  if (auth !== 'refresh-token' && auth !== 'company-request-token') return null
  const { clientId = '', clientSecret = '' } = secrets
  const refreshToken = answer.refreshToken ?? secrets.refreshToken
  if (!refreshToken) throw new AppError('permission-missing', { facts: { grant: 'refresh_token' } })
  return refreshToken === secrets.refreshToken ? null : { clientId, clientSecret, refreshToken }
}

/** Reads the answer with status 200, asked for at `askedAt`. Throws `answer-not-understood`. */
export function readTokenAnswer(text: string, askedAt: Instant): TokenAnswer {
  const answer = objectIn(text)
  const accessToken = answer.access_token
  if (typeof accessToken !== 'string' || !isToken(accessToken)) {
    throw new AppError('answer-not-understood', { facts: { why: 'access_token' } })
  }
  return {
    accessToken,
    lifetime: lifetimeOf(answer.expires_in),
    refreshToken: textOrNull(answer.refresh_token),
    refreshExpiresAt: endOf(answer.refresh_expires_in, askedAt),
    geolocation: geolocationIn(answer),
  }
}

/** What may stand in a header. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** A text in the documents, a number in recorded answers. */
function lifetimeOf(value: unknown): Millis | null {
  const lifetime = seconds(Number(value))
  return lifetime > 0 && Number.isSafeInteger(lifetime) ? lifetime : null
}

/** A point in time, in seconds since 1970, unlike `expires_in`. One that has passed cannot be the end of what just worked. */
function endOf(value: unknown, now: Instant): Instant | null {
  const end = seconds(Number(value))
  return Number.isSafeInteger(end) && end > now && end < addMillis(now, hundredYears) ? instantAt(end) : null
}
const hundredYears = seconds(100 * 366 * 86_400)

/** Reads the body of a refusal, as far as it can be read: the status alone says that it is one. */
export function readTokenRefusal(text: string): TokenRefusal {
  const refusal = tried(() => objectIn(text)) ?? {}
  const code = Number(refusal.code)
  return {
    code: Number.isInteger(code) && code > 0 ? code : null,
    word: textOrNull(refusal.error),
    geolocation: geolocationIn(refusal),
  }
}

/** The user's data live in another data centre, which the refusal names: the same call is repeated there. */
export const livesElsewhere = 16

const byCode: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [5, 'sign-in-refused'], // incorrect credentials
  [10, 'sign-in-locked'], // account disabled
  [11, 'sign-in-locked'],
  [12, 'sign-in-refused'], // logon denied
  [13, 'sign-in-refused'],
  [14, 'sign-in-locked'], // account locked
  [livesElsewhere, 'request-refused'],
  [19, 'sign-in-refused'], // incorrect credentials
  [20, 'permission-missing'], // IP restriction
  [21, 'sign-in-refused'], // a user of single sign-on tried a password
  [53, 'permission-missing'], // company not enabled for this client
  [54, 'permission-missing'], // scope exceeds the grant
  [59, 'permission-missing'], // client disabled
  [60, 'permission-missing'], // grant not allowed
  [61, 'sign-in-refused'], // client unknown
  [64, 'sign-in-refused'], // incorrect credentials
  [106, 'sign-in-expired'], // refresh token missing
  [108, 'sign-in-expired'], // refresh token bad or expired
  [123, 'sign-in-locked'], // principal disabled
  [134, 'maintenance'], // company undergoing scheduled maintenance
  [135, 'request-refused'], // unsupported request format
  [136, 'sign-in-refused'], // authtoken not issued for this client
  [139, 'sign-in-expired'], // password must be changed
])

const byWord: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['invalid_client', 'sign-in-refused'],
  ['invalid_grant', 'sign-in-refused'],
  ['access_denied', 'sign-in-refused'],
  ['unauthorized_client', 'permission-missing'],
  ['invalid_scope', 'permission-missing'],
])

/** What passes by itself, however it is worded: asking again later is right. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'rate-limited',
  'server-error',
  'maintenance',
  'proxy-sign-in',
])

/**
 * What a refusal means; null where it is not about the credentials, and `otherwise`, what the status and the words say
 * of any call, decides. A 401 or 403 counts as a refused secret whoever answered it, and so does a refusal that nobody
 * documented: taking it for anything else could try the secret again and lock the account. Code 119 has two meanings
 * in SAP's table, so the words beside it decide.
 */
export function refusalMeaning(
  status: number,
  { code, word }: TokenRefusal,
  otherwise: ErrorCode,
): ErrorCode | null {
  const known = byCode.get(code ?? 0) ?? byWord.get(word ?? '')
  if (known !== undefined) return known
  if (status === 401 || status === 403) return 'sign-in-refused'
  const says = code !== null || word !== null
  return says && status >= 400 && status !== 408 && !passing.has(otherwise) ? 'sign-in-refused' : null
}

/** The origin alone: some answers name the whole address of the token endpoint. Null where there is none to use. */
function geolocationIn(answer: Readonly<Record<string, unknown>>): string | null {
  const geolocation = textOrNull(answer.geolocation)
  return geolocation === null ? null : originOf(geolocation.trim())
}

const clientHosts = /^https:\/\/((?:us2|eu2|apj1|usg|us-impl|emea-impl)\.api\.concursolutions\.com)$/

/**
 * The same data centre under the name that never asks for a client certificate, where SAP lists one: the right one
 * for an app on a desk. There is none for glz, and hosts that are not in the table stay as they are.
 */
export function clientSideOrigin(origin: string): string {
  return origin.replace(clientHosts, 'https://www-$1')
}

const textOrNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

function objectIn(text: string): Readonly<Record<string, unknown>> {
  const value = tried(() => JSON.parse(text) as unknown)
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  throw new AppError('answer-not-understood', { facts: { why: 'no-object' } })
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
