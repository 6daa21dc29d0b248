import { createHmac } from 'node:crypto'
import { accounts } from './accounts.ts'
import { count, type Region, type World } from './world.ts'

export const ACCESS_TOKEN_SECONDS = 3_600

type Claims = {
  sub: string
  region: Region
  serial: number
  iat: number
  exp: number
  'concur.type'?: string
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (seed: number, text: string) =>
  createHmac('sha256', `practice ${seed}`).update(text).digest('base64url')

/** Makes a token that proves itself, so that access tokens outlive a restart without being kept. */
export function issueToken(
  world: World,
  account: string,
  region: Region,
  extra: Record<string, string> = {},
): string {
  world.store.state.serial += 1
  const iat = Math.floor(world.now() / 1000)
  const { serial } = world.store.state
  const claims: Claims = { sub: account, region, serial, iat, exp: iat + ACCESS_TOKEN_SECONDS, ...extra }
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${sign(world.seed, text)}`
}

function claimsOf(seed: number, token: string): Claims | null {
  const [head, body, signature, rest] = token.split('.')
  if (head === undefined || body === undefined || rest !== undefined) return null
  if (signature !== sign(seed, `${head}.${body}`)) return null
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims
}

/**
 * Whose request this is, or why it is rejected: `missing` (401) without a header, `rejected` (403) for all
 * else. Old tokens go with the scheme OAuth, OAuth2 tokens with Bearer, each at its own region only.
 */
export function authenticate(
  world: World,
  region: Region,
  header: string | undefined,
): { account: string } | 'missing' | 'rejected' {
  if (header === undefined) return 'missing'
  const { tokenUses, signIn } = world.scenario()
  const [scheme = '', token = ''] = header.trim().split(/ +/)
  const account = accountOf(world, region, scheme.toLowerCase(), token)
  if (account === null || signIn === 'refused') return 'rejected'
  return count(world.tokenUses, token) < tokenUses ? { account } : 'rejected'
}

function accountOf(world: World, region: Region, scheme: string, token: string): string | null {
  if (scheme === 'oauth') {
    return accounts.find(known => known.legacyToken === token && known.region === region)?.name ?? null
  }
  if (scheme !== 'bearer') return null
  const claims = claimsOf(world.seed, token)
  if (claims === null || claims.region !== region || claims['concur.type'] !== undefined) return null
  if (claims.exp * 1000 <= world.now()) return null
  return claims.serial > (world.store.state.revoked[claims.sub] ?? 0) ? claims.sub : null
}
