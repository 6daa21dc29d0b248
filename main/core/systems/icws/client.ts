import type { AppError } from '../../errors.ts'
import type { Clock, Http, HttpAnswer, HttpRequest } from '../../ports.ts'
import { seconds } from '../../time.ts'
import { readExplanation, readText } from '../answer.ts'
import { errorOf, type FailedExchange, type KeepAnswer, withFacts } from '../failed-exchange.ts'
import type { Session } from '../system.ts'
import { connectPath, sessionUrl } from './addresses.ts'
import { failureOf, readError, refusalOf } from './failures.ts'
import { cookiesOf, readConnection } from './transform.ts'
import type { ConnectionAnswer, Place } from './types.ts'

export type IcwsClientParts = {
  readonly clock: Clock
  /** Masks secrets in the system's own words before they become part of an error. */
  readonly mask: (text: string) => string
  /** Answers that were not asked for are kept for the support bundle. */
  readonly keepAnswer: KeepAnswer
}

/** 30 jobs with hundreds of tables and columns each. */
const largestAnswer = 20 * 1024 * 1024
/** The beginning of an error's body tells what it says. */
const explanation = 16 * 1024
const patience = { answerWithin: seconds(60), stallAfter: seconds(60) }

const mediaType = 'application/vnd.inin.icws+JSON;charset=utf-8'
/** The language of the server's messages, fixed for a session: the one that we write in. */
const language = { 'accept-language': 'en-US' }

type Answered = HttpAnswer & { readonly url: string }

export type Connected = {
  readonly answer: ConnectionAnswer
  /** What every call of the session carries. */
  readonly headers: Readonly<Record<string, string>>
}
/** This host takes no session; perhaps these do. */
export type Elsewhere = { readonly alternates: readonly string[]; readonly error: AppError }

export type IcwsClient = {
  /** The text of an answer with status 200, read by `read`. */
  get<T>(session: Session, path: string, read: (text: string) => T): Promise<T>
  /** One request that changes something, never repeated. Every error says whether it may have left (`facts.sent`). */
  change<T>(session: Session, request: Change, read: (text: string) => T): Promise<T>
  /** One attempt to sign in at one place. A refusal is thrown; of a redirect or a 503 only the caller can make something. */
  connect(http: Http, place: Place, user: string, password: string): Promise<Connected | Elsewhere>
}

export type Change = {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: string
  readonly expected: readonly number[]
}

export function createIcwsClient({ clock, mask, keepAnswer }: IcwsClientParts): IcwsClient {
  type Outgoing = Pick<HttpRequest, 'method' | 'url' | 'headers'> & { readonly body?: string }

  async function exchange(http: Http, request: Outgoing): Promise<Answered> {
    const headers = { accept: mediaType, 'content-type': mediaType, ...language, ...request.headers }
    const answer = await http.send({ ...request, ...patience, headers })
    return { ...answer, url: request.url }
  }

  const call = (session: Session, request: Pick<Outgoing, 'method' | 'body'>, path: string) =>
    exchange(session.http, { ...request, url: sessionUrl(session, path), headers: session.headers })

  async function failed(answer: Answered): Promise<FailedExchange> {
    const { status, headers, url } = answer
    const failure = { status, headers, body: await readExplanation(answer, explanation) }
    keepAnswer({ ...failure, system: 'icws', url })
    return failure
  }

  /** What cannot be read may be an error in disguise: its words are kept. */
  async function understood<T>(answer: Answered, read: (text: string) => T): Promise<T> {
    const text = await readText(answer, largestAnswer)
    try {
      return read(text)
    } catch (error) {
      const { status, headers, url } = answer
      const failure = { status, headers, body: text.slice(0, explanation) }
      keepAnswer({ ...failure, system: 'icws', url })
      throw withFacts(error, errorOf(failure, 'answer-not-understood', mask).facts)
    }
  }

  return {
    async get(session, path, read) {
      const answer = await call(session, { method: 'GET' }, path)
      if (answer.status !== 200) throw failureOf(await failed(answer), clock.now(), mask)
      return understood(answer, read)
    },

    async change(session, { method, path, body, expected }, read) {
      try {
        const answer = await call(session, { method, ...(body === undefined ? {} : { body }) }, path)
        if (!expected.includes(answer.status)) throw failureOf(await failed(answer), clock.now(), mask)
        return await understood(answer, read)
      } catch (error) {
        throw withFacts(error, { sent: sentFact(error) })
      }
    },

    async connect(http, { origin, base }, userID, password) {
      const __type = 'urn:inin.com:connection:icAuthConnectionRequestSettings'
      const answer = await exchange(http, {
        method: 'POST',
        url: `${origin}${base}${connectPath}`,
        headers: {},
        body: JSON.stringify({ __type, applicationName: 'Extract Desk', userID, password }),
      })
      const { status } = answer
      if (status === 200 || status === 201) {
        const connected = await understood(answer, readConnection)
        return { answer: connected, headers: headersOf(connected, answer) }
      }
      const failure = await failed(answer)
      const error = refusalOf(failure, clock.now(), mask)
      if (status !== 503 && (status < 300 || status >= 400)) throw error
      return { alternates: alternatesIn(failure), error }
    },
  }
}

const sentFact = (error: unknown): boolean => {
  const sent = error instanceof Error && 'facts' in error ? (error as AppError).facts.sent : undefined
  return sent !== false
}

function headersOf(
  { csrfToken }: ConnectionAnswer,
  { headers }: HttpAnswer,
): Readonly<Record<string, string>> {
  const cookie = cookiesOf(headers['set-cookie'])
  return { 'ININ-ICWS-CSRF-Token': csrfToken, ...(cookie === '' ? {} : { cookie }) }
}

/** A 503 lists hosts; a redirect names the one that it leads to. */
function alternatesIn({ headers, body }: FailedExchange): readonly string[] {
  const { location } = headers
  const named =
    location === undefined ? [] : (/^https?:\/\/([^/:?#@\\]+)/i.exec(location.trim())?.slice(1) ?? [])
  return [...named, ...readError(body).alternates]
}
