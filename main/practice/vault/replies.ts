import { randomUUID } from 'node:crypto'
import type { Answer } from '../loopback.ts'
import type { World } from './world.ts'

export type Reply = Extract<Answer, { kind: 'reply' }>
type Json = Readonly<Record<string, unknown>>

export const reply = (
  status: number,
  type: string,
  body: Reply['body'],
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ kind: 'reply', status, headers: { 'content-type': type, ...headers }, body })

const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply =>
  reply(status, 'application/json;charset=UTF-8', JSON.stringify(body), headers)

export const success = (body: Json = {}): Reply => json(200, { responseStatus: 'SUCCESS', ...body })

/** A failure has status 200 as well, whatever went wrong. */
export const failure = (type: string, message: string, more: Json = {}): Reply =>
  json(200, { responseStatus: 'FAILURE', errors: [{ type, message }], ...more })

export const invalidSession = (): Reply => failure('INVALID_SESSION_ID', 'Invalid or expired session ID.')

/** A path that is none is the one thing that has a status of its own. */
export const noSuchPath = (): Reply =>
  json(404, {
    responseStatus: 'FAILURE',
    errors: [{ type: 'MALFORMED_URL', message: 'The resource does not exist.' }],
  })

/** The limit as the documents have it, and as one client was answered. */
export const limitExceeded = (status: 200 | 429): Reply =>
  json(status, {
    responseStatus: 'FAILURE',
    errors: [
      { type: 'API_LIMIT_EXCEEDED', message: 'You have exceeded the maximum number of calls allowed.' },
    ],
  })

const page = (title: string, inside: string) =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body>${inside}</body></html>\n`

export const loginPage = (): Reply =>
  reply(
    200,
    'text/html;charset=UTF-8',
    page('Sign in', '<form method="post"><input name="j_username"></form>'),
  )

export const maintenance = (): Reply =>
  reply(503, 'text/html;charset=UTF-8', page('Vault is down', '<p>This vault is being upgraded.</p>'), {
    'x-vaultapi-downtimeexpecteddurationminutes': '7',
  })

const BURST_LIMIT = 2_000
const BURST_WINDOW = 300_000

/** What every answer of a vault carries. A vault that is asked too fast says by how much it delays. */
export function withVaultHeaders(world: World, answer: Reply, userId: number | null): Reply {
  const now = world.now()
  while ((world.burst[0] ?? now) < now - BURST_WINDOW) world.burst.shift()
  world.burst.push(now)
  const remaining = Math.max(0, BURST_LIMIT - world.burst.length)
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'X-VaultAPI-ExecutionId': randomUUID(),
      'X-VaultAPI-BurstLimit': String(BURST_LIMIT),
      'X-VaultAPI-BurstLimitRemaining': String(remaining),
      ...(remaining === 0 ? { 'X-VaultAPI-ResponseDelay': '500' } : {}),
      'X-VaultAPI-VaultId': '9001',
      ...(userId === null ? {} : { 'X-VaultAPI-UserId': String(userId) }),
    },
  }
}
