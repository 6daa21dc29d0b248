import { timingSafeEqual } from 'node:crypto'
import type { Answer, Incoming } from '../loopback.ts'
import { randomFrom, uuidFrom } from '../random.ts'
import { compact, statusBody } from './jobs.ts'
import { failure, json } from './replies.ts'
import { type HostName, user, type World } from './world.ts'

export type Session = {
  readonly id: string
  readonly csrf: string
  readonly cookie: string
  /** The only host on which it lives. */
  readonly host: string
  uses: number
  /** Jobs that it hears of, and what it was told of each last. */
  readonly told: Map<string, Record<string, unknown> | null>
}

const type = 'urn:inin.com:connection:icAuthConnectionRequestSettings'

/** POST /icws/connection. */
export function connect(world: World, request: Incoming): Answer {
  const { habits } = world
  const host = hostOf(request)
  if (!habits.accepts.includes(host as HostName)) {
    return failure(
      503,
      { errorId: 'error.server.notAcceptingConnections', message: 'Try another server.' },
      {
        alternateHostList: habits.accepts,
      },
    )
  }
  if (request.headers['accept-language'] === undefined) return missing('Accept-Language')
  const asked = parsed(request.body)
  if (asked.__type !== type) return missing('__type')
  if (!asked.userID) return missing('userID')
  if (!habits.licence) {
    return failure(400, { errorId: 'error.license.notAvailable', message: 'No license I3_FEATURE_ICWS_SDK.' })
  }
  const refused = world.scenario().signIn === 'refused' || !habits.passwordIsRight
  if (refused || asked.userID !== user.id || !same(String(asked.password ?? ''), user.password)) {
    return failure(400, {
      errorId: 'error.request.connection.authenticationFailure',
      errorCode: -2147221503,
      message: 'The authentication process failed.',
    })
  }
  return connected(world, host)
}

function connected(world: World, host: string): Answer {
  const random = randomFrom(world.seed, 'icws session', world.sessions.size, world.now())
  const id = `4${random.text('0123456789', 9)}`
  const session: Session = {
    id,
    csrf: Buffer.from(uuidFrom(random)).toString('base64'),
    cookie: `icws_${id}=${uuidFrom(random)}`,
    host,
    uses: 0,
    told: new Map(),
  }
  world.sessions.set(id, session)
  world.writer.begin()
  const { features, passwordDays } = world.habits
  const body = {
    csrfToken: session.csrf,
    sessionId: id,
    alternateHostList: ['localhost'],
    userID: user.id,
    userDisplayName: user.displayName,
    icServer: 'IC-PRACTICE',
    ...(passwordDays === null ? {} : { daysUntilPasswordExpiration: passwordDays }),
    version: { majorVersion: '21', minorVersion: '4', su: '0', build: '1' },
    ...(features === 'not-named' ? {} : { features: featureList(features === 'all') }),
    serverTimeInfo: { serverUtcTime: compact(world.now()) },
    practice: 'answers carry keys that nobody documented',
  }
  const expires = new Date(world.now() + 3_600_000).toUTCString()
  return json(201, body, {
    'ININ-ICWS-CSRF-Token': session.csrf,
    'ININ-ICWS-Session-ID': id,
    location: `/icws/${id}/connection`,
    // Two cookies, and a date with a comma in it: both have to be sent back.
    'set-cookie': [
      `${session.cookie}; path=/icws/${id}; HttpOnly; expires=${expires}`,
      `icws_site=1; path=/icws`,
    ],
  })
}

const featureList = (all: boolean) => [
  { featureId: 'connection', version: 11 },
  { featureId: 'messaging', version: 2 },
  ...(all ? [{ featureId: 'data-extractor', version: 2 }] : []),
]

/** The session of a call, or the answer that it gets without one. */
export function sessionOf(world: World, request: Incoming, id: string): Session | Answer {
  if (!/^\d+$/.test(id)) return denied(1, 'This request requires a session ID.')
  const session = world.sessions.get(id)
  const { tokenUses, signIn } = world.scenario()
  const isOver = signIn === 'refused' || (session !== undefined && session.uses >= tokenUses)
  if (session === undefined || session.host !== hostOf(request) || isOver) {
    world.sessions.delete(id)
    return failure(401, {
      errorId: 'error.request.connection.authenticationFailure',
      errorCode: -2147221499,
      message: 'The session identifier is invalid.',
    })
  }
  if (request.headers['inin-icws-csrf-token'] !== session.csrf)
    return denied(2, 'An authentication token was expected.')
  const cookies = (request.headers.cookie ?? '').split(/;\s*/)
  if (![session.cookie, 'icws_site=1'].every(cookie => cookies.includes(cookie))) {
    return denied(4, 'A session cookie was expected.')
  }
  session.uses += 1
  return session
}

const denied = (errorCode: number, message: string): Answer => failure(401, { errorCode, message })
const missing = (propertyName: string): Answer =>
  failure(400, {
    errorId: 'error.request.missingProperty',
    message: `${propertyName} is missing.`,
    propertyName,
  })

/** The messages of a session since it was last asked; reading empties the queue. */
export function messagesOf(world: World, session: Session): readonly Record<string, unknown>[] {
  const messages: Record<string, unknown>[] = []
  for (const [id, before] of session.told) {
    const job = world.store.state.jobs.find(one => one.id === id)
    if (job === undefined) continue
    const now = statusBody(world, job)
    session.told.set(id, now)
    const changed = Object.entries(now).filter(([name, value]) => before?.[name] !== value)
    if (changed.length === 0) continue
    messages.push({
      __type: 'urn:inin.com:dataExtractor:jobStatusMessage',
      isDelta: before !== null,
      jobStatusList: [before === null ? now : { id, ...Object.fromEntries(changed) }],
    })
  }
  return messages
}

const hostOf = ({ headers }: Incoming): string => (headers.host ?? '').replace(/:\d+$/, '')

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

export function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
