import type { Answer, Incoming } from '../loopback.ts'
import { randomFrom, uuidFrom } from '../random.ts'
import { type Account, allAccounts, vaults } from './accounts.ts'
import { failure, invalidSession, success } from './replies.ts'
import { hashOf } from './state.ts'
import { type Caller, count, type World } from './world.ts'

const IDLE_MS = 20 * 60_000
const LONGEST_MS = 48 * 3_600_000
const WRONG_PASSWORDS_UNTIL_LOCKED = 5
/** What Concur says in one answer takes several of a vault's. */
const REQUESTS_A_USE = 4

/** The versions that this vault speaks: one of them is newer than any client knows. */
export const versions = ['v24.3', 'v25.1', 'v25.2', 'v25.3', 'v26.1', 'v26.2', 'v26.3'] as const

/** POST /auth. Who may not enter the vault that was asked for is let into another one, without a word. */
export function signIn(world: World, request: Incoming): Answer {
  const form = new URLSearchParams(request.body)
  const username = form.get('username') ?? ''
  const password = form.get('password') ?? ''
  const refuse = (type: string, message: string) =>
    failure(type, message, { errorType: 'AUTHENTICATION_FAILED' })
  if (password === '') return refuse('NO_PASSWORD_PROVIDED', 'No password was provided.')
  if ((world.wrongPasswords.get(username) ?? 0) >= WRONG_PASSWORDS_UNTIL_LOCKED) {
    return refuse('USER_LOCKED_OUT', 'The user is locked out.')
  }
  const account = allAccounts.find(known => known.username === username)
  if (account?.password !== password || world.scenario().signIn === 'refused') {
    if (account?.password !== password) count(world.wrongPasswords, username)
    return refuse('USERNAME_OR_PASSWORD_INCORRECT', 'Authentication failed for user: incorrect password.')
  }
  world.wrongPasswords.delete(username)
  const elsewhere = { ...vaults.elsewhere, url: 'http://practice-elsewhere.localhost/api' }
  const quality = { ...vaults.quality, url: `${world.origin()}/api` }
  return success({
    sessionId: newSession(world, account),
    userId: account.id,
    vaultIds: account.vault === 'quality' ? [elsewhere, quality] : [elsewhere],
    vaultId: vaults[account.vault].id,
  })
}

function newSession(world: World, account: Account): string {
  const { state } = world.store
  const now = world.now()
  const id = uuidFrom(randomFrom(world.seed, 'session', state.serial, now))
    .replaceAll('-', '')
    .toUpperCase()
  world.store.change(() => {
    state.serial += 1
    state.sessions.push({ hash: hashOf(id), account: account.id, since: now, usedAt: now })
  })
  return id
}

/** Who calls; null where nobody is signed in. Sessions go raw or as Bearer, access tokens as Bearer. */
export function authenticate(world: World, request: Incoming, version: string): Caller | null {
  const header = request.headers.authorization ?? ''
  const { signIn: open, tokenUses } = world.scenario()
  if (open === 'refused') return null
  const token = header.replace(/^Bearer /, '')
  const bearer = allAccounts.find(account => header === `Bearer ${account.accessToken}`)
  if (bearer) return bearer.vault === 'quality' ? { account: bearer, session: null, version } : null
  const session = world.store.state.sessions.find(known => known.hash === hashOf(token))
  const account = allAccounts.find(known => known.id === session?.account)
  const now = world.now()
  if (!session || !account) return null
  if (now >= session.usedAt + IDLE_MS || now >= session.since + LONGEST_MS) return null
  if (count(world.sessionUses, session.hash) >= tokenUses * REQUESTS_A_USE) return null
  session.usedAt = now
  return { account, session: session.hash, version }
}

/** What is not about jobs: versions, who we are, staying signed in, and the end. Null for any other path. */
export function account(world: World, caller: Caller, method: string, path: string): Answer | null {
  const { state } = world.store
  if (method === 'POST' && path === '/keep-alive') return success()
  if (method === 'GET' && path === '/objects/users/me') {
    const { id, username, profile } = caller.account
    const user = {
      id,
      user_name__v: username,
      security_profile__v: profile,
      vault_timezone__v: 'America/Los_Angeles',
    }
    return success({ users: [{ user }] })
  }
  if (method === 'DELETE' && path === '/session') {
    world.store.change(() => {
      state.sessions = state.sessions.filter(({ hash }) => hash !== caller.session)
    })
    return success()
  }
  return null
}

/** GET /api/, which only who is signed in may ask. */
export const offeredVersions = (world: World, caller: Caller | null): Answer =>
  caller === null
    ? invalidSession()
    : success({ values: Object.fromEntries(versions.map(one => [one, `${world.origin()}/api/${one}`])) })
