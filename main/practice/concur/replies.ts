import type { Answer } from '../loopback.ts'
import type { Format } from './payloads.ts'

type Reply = Extract<Answer, { kind: 'reply' }>

/** An answer with a body of this media type. */
export const reply = (
  status: number,
  type: string,
  body: Reply['body'],
  headers: Record<string, string> = {},
): Reply => ({
  kind: 'reply',
  status,
  headers: { 'content-type': type, ...headers },
  body,
})

/** An answer of the Extract API, in the format that the request's Accept header asked for. */
export const formatted = (
  status: number,
  format: Format,
  body: string,
  headers: Record<string, string> = {},
): Reply =>
  reply(status, format === 'json' ? 'application/json' : 'application/xml; charset=utf-8', body, headers)

/**
 * An error as Concur's v1 and v2 services write it; none is on record for Extract itself. Server-Time carries no
 * zone and is in the server's own one (here: eight hours behind UTC).
 */
export function failure(status: number, format: Format, message: string, id: string, now: number): Reply {
  const time = new Date(now - 8 * 3_600_000).toISOString().slice(0, 19)
  return formatted(
    status,
    format,
    format === 'json'
      ? JSON.stringify({ Error: { Message: message, 'Server-Time': time, Id: id.toUpperCase() } })
      : `<Error><Message>${message}</Message><Server-Time>${time}</Server-Time><Id>${id.toUpperCase()}</Id></Error>`,
  )
}

/** The newer services' form. `retry-after: 0` is what was recorded, so a client needs a wait of its own. */
export function tooMany(path: string, now: number): Reply {
  const error = { id: 'security.rate.limit.reached', message: 'Too many requests' }
  const body = { timestamp: new Date(now).toISOString(), httpStatus: '429 Too Many Requests', error, path }
  return reply(429, 'application/json', JSON.stringify(body), { 'retry-after': '0' })
}

const page = (title: string, inside: string) =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body>${inside}</body></html>\n`

/** What a gateway shows in place of the service: HTML, whatever was asked for. */
export const maintenance = (): Reply =>
  reply(
    503,
    'text/html; charset=utf-8',
    page('Scheduled maintenance', '<h1>We will be back soon</h1><p>This service is being maintained.</p>'),
  )

/** A page for people, with status 200, where a file was expected. */
export const loginPage = (): Reply =>
  reply(
    200,
    'text/html; charset=utf-8',
    page(
      'Sign in',
      '<h1>Sign in</h1><form method="post" action="/nui/signin"><input name="username"></form>',
    ),
  )
