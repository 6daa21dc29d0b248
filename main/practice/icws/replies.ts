import type { Answer } from '../loopback.ts'

const mediaType = 'application/vnd.inin.icws+JSON; charset=utf-8'

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Answer => ({
  kind: 'reply',
  status,
  headers: { 'content-type': mediaType, ...headers },
  body: JSON.stringify(body),
})

export type ErrorBody = {
  readonly errorId?: string
  readonly errorCode?: number
  readonly message: string
  readonly propertyName?: string
}

/** An error; a 401 says where to sign in. */
export const failure = (status: number, error: ErrorBody, more: object = {}): Answer =>
  json(
    status,
    { ...error, ...more },
    status === 401 ? { 'www-authenticate': 'ICWS realm="ICWS" location="/ICWS/connection"' } : {},
  )
