import { request as httpRequest } from 'node:http'
import {
  type ConcurAuth,
  type Practice,
  type PracticeOptions,
  startPractice,
} from '../../../main/practice/index.ts'

/** A practice server on a clock that only moves when told to. */
export type Bench = {
  practice: Practice
  clock: { ms: number }
  /** Seconds after which a normal run has ended. */
  wait(ms: number): void
  token(auth?: ConcurAuth): Promise<string>
  call(path: string, options?: Call): Promise<Result>
  definition(name: string): string
  /** Starts a run and returns its path, or fails. */
  start(definition: string, authorization: string): Promise<string>
}

export type Call = {
  method?: string
  authorization?: string
  accept?: string
  contentType?: string
  body?: string
  origin?: string
  headers?: Record<string, string>
}
export type Result = { status: number; headers: Headers; text: string; bytes: Buffer }

export const API = '/api/expense/extract/v1.0'
export const START = Date.UTC(2026, 10, 5, 10)

export async function openBench(options: PracticeOptions = {}): Promise<Bench> {
  const clock = { ms: START }
  const practice = await startPractice({ now: () => clock.ms, ...options })
  const call = (path: string, options: Call = {}): Promise<Result> => {
    const headers: Record<string, string> = { ...options.headers }
    if (options.authorization !== undefined) headers.authorization = options.authorization
    if (options.accept !== undefined) headers.accept = options.accept
    if (options.contentType !== undefined) headers['content-type'] = options.contentType
    const url = `${options.origin ?? practice.concur.url}${path}`
    return send(url, options.method ?? 'GET', headers, options.body ?? '')
  }
  const definition = (name: string) => {
    const found = practice.concur.definitions.find(one => one.name === name)
    if (found === undefined) throw new Error(`No definition ${name}`)
    return found.id
  }
  const bench: Bench = {
    practice,
    clock,
    wait: ms => {
      clock.ms += ms
    },
    call,
    definition,
    async token(auth = 'refresh-token') {
      const answer = await signIn(bench, form(bench, auth))
      if (answer.status !== 200) throw new Error(answer.text)
      return `Bearer ${String(JSON.parse(answer.text).access_token)}`
    },
    async start(id, authorization) {
      const answer = await call(`${API}/${id}/job`, { method: 'POST', authorization })
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
      return new URL(answer.headers.get('location') ?? '').pathname
    },
  }
  return bench
}

/** The form of a sign-in as the command line's secrets objects ask for it. */
export function form(
  bench: Bench,
  auth: ConcurAuth,
  signIn = bench.practice.concur.signIn,
): Record<string, string> {
  const secrets = signIn[auth]
  const client = { client_id: secrets.clientId ?? '', client_secret: secrets.clientSecret ?? '' }
  switch (auth) {
    case 'refresh-token':
      return { ...client, grant_type: 'refresh_token', refresh_token: secrets.refreshToken ?? '' }
    case 'company-request-token':
      return {
        ...client,
        grant_type: 'password',
        credtype: 'authtoken',
        username: secrets.companyId ?? '',
        password: secrets.companyRequestToken ?? '',
      }
    case 'password':
      return {
        ...client,
        grant_type: 'password',
        username: secrets.username ?? '',
        password: secrets.password ?? '',
      }
    case 'client-credentials':
      return { ...client, grant_type: 'client_credentials' }
    case 'access-token':
      throw new Error('There is nothing to sign in with an access token.')
  }
}

export const signIn = (bench: Bench, fields: Record<string, string>, origin?: string): Promise<Result> =>
  bench.call('/oauth2/v0/token', {
    method: 'POST',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
    ...(origin === undefined ? {} : { origin }),
  })

/** All texts of an element, in order, as they stand in the document. */
export const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(match => match[1] ?? '')

/** One document in the shape that the details of a job have. */
export const field = (xml: string, name: string): string | undefined => elements(xml, name)[0]

/** A reader of delimited text by RFC 4180, apart from the delimiter: records of cells. */
export function records(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i)
    if (quoted && char === '"' && text.charAt(i + 1) === '"') {
      cell += '"'
      i += 1
    } else if (quoted) {
      if (char === '"') quoted = false
      else cell += char
    } else if (char === '"') {
      if (cell !== '') throw new Error(`A quote inside an unquoted cell: ${cell}`)
      quoted = true
    } else if (char === delimiter || char === '\n') {
      row.push(cell)
      cell = ''
      if (char === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += char
  }
  if (quoted || cell !== '' || row.length > 0) throw new Error('The text ends inside a record.')
  return rows
}

/** `+12.3400` as ten-thousandths. */
export function units(text: string): bigint {
  const match = /^([+-]?)(\d+)\.(\d{4})$/.exec(text)
  if (match === null) throw new Error(`Not an amount with four decimals: ${text}`)
  const value = BigInt(`${match[2]}${match[3]}`)
  return match[1] === '-' ? -value : value
}

/**
 * One request on a connection of its own. Not fetch: its pool outlives a server that is started again, and
 * without a pool it takes a cut chunked body for a whole one.
 */
function send(url: string, method: string, headers: Record<string, string>, body: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const request = httpRequest(
      url,
      { method, agent: false, headers: { ...headers, ...length } },
      response => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(parts)
          const seen = new Headers()
          for (const [name, values] of Object.entries(response.headersDistinct)) {
            for (const value of values ?? []) seen.append(name, value)
          }
          resolve({ status: response.statusCode ?? 0, headers: seen, text: bytes.toString('utf8'), bytes })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** A request whose body is sent in chunks, without Content-Length. */
export function postChunked(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
    request.write('part one, ')
    request.end('part two')
  })
}
