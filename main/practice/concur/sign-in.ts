import type { Answer, Incoming } from '../loopback.ts'
import { randomFrom, uuidFrom } from '../random.ts'
import { ACCESS_TOKEN_SECONDS, issueToken } from './access-tokens.ts'
import { type Account, accounts, client } from './accounts.ts'
import { hashOf } from './state.ts'
import { count, type Region, type World } from './world.ts'

const REFRESH_TOKEN_MS = 180 * 24 * 3_600_000
const WRONG_PASSWORDS_UNTIL_LOCKED = 5

/**
 * Codes, error names and words of the `/token` table in SAP Concur's authentication documentation. The HTTP
 * status of each code is not documented; these were chosen by the kind of refusal, and the product must not depend on them.
 */
const errors = {
  5: [403, 'invalid_grant', 'Incorrect credentials. Please Retry'],
  14: [403, 'invalid_grant', 'Account Locked. Please contact support'],
  16: [400, 'invalid_request', 'user lives elsewhere'],
  51: [400, 'invalid_request', 'username was not supplied'],
  52: [400, 'invalid_request', 'password was not supplied'],
  60: [403, 'invalid_grant', 'these are not the grants you are looking for'],
  61: [401, 'invalid_client', 'client not found'],
  62: [400, 'invalid_request', 'client_id was not supplied'],
  63: [400, 'invalid_request', 'client_secret was not supplied'],
  64: [401, 'invalid_client', 'Incorrect credentials. Please Retry'],
  65: [400, 'invalid_request', 'grant_type was not supplied'],
  106: [400, 'invalid_request', 'refresh_token was not supplied'],
  108: [400, 'invalid_grant', 'bad or expired refresh token'],
  120: [400, 'invalid_request', 'credtype is invalid'],
  135: [400, 'invalid_request', 'unsupported request format'],
} as const

type Code = keyof typeof errors
type Grant = {
  account: string
  region: Region
  refreshToken: string | null
  firstTime: boolean
  company: boolean
}

const json = (status: number, body: object): Answer => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
})

/** POST /oauth2/v0/token: all grants that the command line knows, with the error codes of the real service. */
export function signIn(world: World, region: Region, request: Incoming): Answer {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  const form = new URLSearchParams(request.body)
  const granted = type === 'application/x-www-form-urlencoded' ? grant(world, region, form) : 135
  if (typeof granted !== 'object') return refuse(world, region, granted)
  const origin = world.origin(granted.region)
  return json(200, {
    // Text in the documentation, a number in recorded answers.
    expires_in: granted.firstTime ? String(ACCESS_TOKEN_SECONDS) : ACCESS_TOKEN_SECONDS,
    scope: form.get('scope') ?? 'openid EXTRCT company.read',
    token_type: 'Bearer',
    access_token: issueToken(world, granted.account, granted.region),
    ...(granted.refreshToken === null
      ? {}
      : {
          refresh_token: granted.refreshToken,
          refresh_expires_in: Math.floor((world.now() + REFRESH_TOKEN_MS) / 1000),
          id_token: issueToken(world, granted.account, granted.region, {
            'concur.type': granted.company ? 'company' : 'user',
          }),
        }),
    // The company-refresh-tool page shows a whole token address where all other samples have an origin.
    geolocation: granted.company ? `${origin}/oauth2/v0/token` : origin,
    practice: 'answers carry keys that nobody documented',
  })
}

function refuse(world: World, region: Region, code: Code): Answer {
  const [status, error, error_description] = errors[code]
  const lives = code === 16 ? (region === 'home' ? 'elsewhere' : 'home') : region
  return json(status, { code, error, error_description, geolocation: world.origin(lives) })
}

function grant(world: World, region: Region, form: URLSearchParams): Grant | Code {
  const id = form.get('client_id')
  const secret = form.get('client_secret')
  if (!id) return 62
  if (!secret) return 63
  if (id !== client.id) return 61
  if (secret !== client.secret) return 64
  const refused = world.scenario().signIn === 'refused'
  switch (form.get('grant_type')) {
    case null:
      return 65
    case 'client_credentials':
      return refused
        ? 64
        : { account: 'application', region, refreshToken: null, firstTime: true, company: false }
    case 'password':
      return refused ? 5 : withPassword(world, region, form)
    case 'refresh_token':
      return refused ? 108 : withRefreshToken(world, region, form.get('refresh_token'))
    default:
      return 60
  }
}

function withPassword(world: World, region: Region, form: URLSearchParams): Grant | Code {
  const username = form.get('username')
  const password = form.get('password')
  const credtype = form.get('credtype') ?? 'password'
  if (!username) return 51
  if (!password) return 52
  if (credtype !== 'password' && credtype !== 'authtoken') return 120
  const company = credtype === 'authtoken'
  if ((world.wrongPasswords.get(username) ?? 0) >= WRONG_PASSWORDS_UNTIL_LOCKED) return 14
  const account = accounts.find(known => (company ? known.companyId : known.username) === username)
  if (account && account.region !== region) return 16
  if (account === undefined || password !== (company ? account.companyRequestToken : account.password)) {
    count(world.wrongPasswords, username)
    return 5
  }
  world.wrongPasswords.delete(username)
  const refreshToken = keepToken(world, account, null)
  return { account: account.name, region, refreshToken, firstTime: true, company }
}

/**
 * A refresh token is good for 180 days after its last use. Where tokens rotate, the old one stays good until
 * the new one is used for the first time, so that a lost answer locks nobody out.
 */
function withRefreshToken(world: World, region: Region, token: string | null): Grant | Code {
  if (!token) return 106
  const { state } = world.store
  const known = state.refreshTokens.find(kept => kept.hash === hashOf(token))
  const account = accounts.find(candidate => candidate.name === known?.account)
  if (!known || !account || known.usedAt + REFRESH_TOKEN_MS <= world.now()) return 108
  if (account.region !== region) return 16
  world.store.change(() => {
    known.usedAt = world.now()
    state.refreshTokens = state.refreshTokens.filter(kept => kept.hash !== known.replaces)
    known.replaces = null
  })
  const rotates = world.scenario().refreshToken === 'rotates'
  const refreshToken = rotates ? keepToken(world, account, known.hash) : token
  return { account: account.name, region, refreshToken, firstTime: false, company: false }
}

/** A new refresh token, which ends the one with the hash `replaces` when it is first used. */
export function keepToken(world: World, account: Account, replaces: string | null): string {
  const { state } = world.store
  const token = uuidFrom(randomFrom(world.seed, 'refresh token', state.serial, world.now()))
  world.store.change(() => {
    state.serial += 1
    state.refreshTokens.push({ hash: hashOf(token), account: account.name, usedAt: world.now(), replaces })
  })
  return token
}

/** DELETE /app-mgmt/v0/connections: all tokens of this account are void from now on. */
export function revoke(world: World, account: string): Answer {
  world.store.change(state => {
    state.revoked[account] = state.serial
    state.refreshTokens = state.refreshTokens.filter(kept => kept.account !== account)
  })
  return { kind: 'reply', status: 204, headers: {}, body: '' }
}
