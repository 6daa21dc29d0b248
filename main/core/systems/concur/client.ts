import { type AppError, isAppError } from '../../errors.ts'
import type { Clock, Http, HttpAnswer, HttpRequest, Ids } from '../../ports.ts'
import { seconds } from '../../time.ts'
import { readExplanation, readText } from '../answer.ts'
import { errorOf, type FailedExchange, type KeepAnswer, withFacts } from '../failed-exchange.ts'
import type { Range, Session } from '../system.ts'
import { failureOf, maintenancePause, silencePause } from './failures.ts'
import { readTokenAnswer, readTokenRefusal, refusalMeaning, tokenPath } from './tokens.ts'
import type { TokenAnswer, TokenForm, TokenRefusal } from './types.ts'

export type ConcurParts = {
  readonly clock: Clock
  readonly ids: Ids
  /** Masks secrets in the system's own words before they become part of an error. */
  readonly mask: (text: string) => string
  /** Masks secrets in data, by name and by content: a job's own fields are kept, and its links may be signed. */
  readonly maskValue: (value: unknown) => unknown
  /** Answers that were not asked for are kept for the support bundle. */
  readonly keepAnswer: KeepAnswer
}

/** A list of 100 jobs has some 100 KB. */
const largestAnswer = 20 * 1024 * 1024
/** The beginning of an error's body tells what it says. */
const explanation = 16 * 1024
/** SAP: no answer within 60 s means wait 5 minutes, then try again. */
const patience = { answerWithin: seconds(60), stallAfter: seconds(60) } as const

type Exchange = {
  readonly answer: HttpAnswer
  readonly url: string
  /** Ours, or what the answer has in its place: what SAP's support asks for. */
  readonly correlationId: string
}

export type ConcurClient = {
  /** The text of an answer with status 200, read by `read`. */
  get<T>(session: Session, path: string, read: (text: string) => T): Promise<T>
  /** One POST, never repeated. Every error it throws says whether the request may have left (`facts.sent`). */
  post<T>(
    session: Session,
    path: string,
    body: string,
    read: (text: string, location: string | undefined) => T,
  ): Promise<T>
  /** A file's answer with its body unread: 200, or 206 where a range was asked for. */
  open(session: Session, path: string, range: Range | null): Promise<HttpAnswer>
  /** One call of the token endpoint. A refusal is thrown but for what only the caller can follow. */
  token(http: Http, origin: string, form: TokenForm): Promise<TokenAnswer | Refused>
}

export type Refused = { readonly refusal: TokenRefusal; readonly error: AppError }

export function createConcurClient({ clock, ids, mask, keepAnswer }: ConcurParts): ConcurClient {
  type Outgoing = Pick<HttpRequest, 'method' | 'url' | 'headers'> & { readonly body?: string }

  /** Every request carries an id of its own, which SAP asks for when something is to be looked into. */
  async function exchange(http: Http, request: Outgoing): Promise<Exchange> {
    const ours = ids.next('desk')
    const headers = { ...request.headers, 'concur-correlationid': ours }
    try {
      const answer = await http.send({ ...request, ...patience, headers })
      return { answer, url: request.url, correlationId: answer.headers['concur-correlationid'] ?? ours }
    } catch (error) {
      const pause = isAppError(error, 'timed-out') ? { retryAfterMs: silencePause } : {}
      throw withFacts(error, pause, ours)
    }
  }

  const call = (session: Session, request: Omit<Outgoing, 'url'>, path: string) =>
    exchange(session.http, {
      ...request,
      url: `${session.origin}${path}`,
      headers: { ...session.headers, ...request.headers },
    })

  async function failed({ answer, url, correlationId }: Exchange): Promise<FailedExchange> {
    const { status, headers } = answer
    const failure = { status, headers, correlationId, body: await readExplanation(answer, explanation) }
    keepAnswer({ ...failure, system: 'concur', url })
    return failure
  }

  /** What cannot be read may be an error in disguise: its words and its id are kept. */
  async function understood<T>(
    { answer, url, correlationId }: Exchange,
    read: (text: string) => T,
  ): Promise<T> {
    let text = ''
    try {
      text = await readText(answer, largestAnswer)
      return read(text)
    } catch (error) {
      if (!isAppError(error, 'answer-not-understood')) throw withFacts(error, {}, correlationId)
      const { status, headers } = answer
      const failure = { status, headers, correlationId, body: text.slice(0, explanation) }
      keepAnswer({ ...failure, system: 'concur', url })
      throw errorOf(failure, error.code, mask, error.facts)
    }
  }

  return {
    async get(session, path, read) {
      const got = await call(session, { method: 'GET', headers: { accept: 'application/xml' } }, path)
      if (got.answer.status !== 200) throw failureOf(await failed(got), clock.now(), mask)
      return understood(got, read)
    },

    async post(session, path, body, read) {
      const headers = { accept: 'application/xml', 'content-type': 'application/xml' }
      try {
        const got = await call(session, { method: 'POST', headers, body }, path)
        const { status } = got.answer
        if (status !== 200 && status !== 201) throw failureOf(await failed(got), clock.now(), mask)
        return await understood(got, text => read(text, got.answer.headers.location))
      } catch (error) {
        throw withFacts(error, { sent: isAppError(error) ? (error.facts.sent ?? true) : true })
      }
    },

    async open(session, path, range) {
      const asked: Record<string, string> = range
        ? { range: `bytes=${range.from}-`, 'if-range': range.validator }
        : {}
      const got = await call(session, { method: 'GET', headers: { accept: '*/*', ...asked } }, path)
      const { status, headers } = got.answer
      const begins = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]
      if (status === 200 || (status === 206 && range !== null && Number(begins) === range.from))
        return got.answer
      const failure = await failed(got)
      throw status === 404 ? errorOf(failure, 'file-gone', mask) : failureOf(failure, clock.now(), mask)
    },

    async token(http, origin, form) {
      const askedAt = clock.now()
      const got = await exchange(http, {
        method: 'POST',
        url: `${origin}${tokenPath}`,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      })
      if (got.answer.status === 200) return understood(got, text => readTokenAnswer(text, askedAt))
      const failure = await failed(got)
      const refusal = readTokenRefusal(failure.body)
      const otherwise = failureOf(failure, clock.now(), mask)
      const meaning = failure.status < 500 ? refusalMeaning(failure.status, refusal, otherwise.code) : null
      const codeFacts = refusal.code === null ? {} : { concurCode: refusal.code }
      if (meaning === null) throw withFacts(otherwise, codeFacts)
      const pause = meaning === 'maintenance' ? { retryAfterMs: maintenancePause } : {}
      return { refusal, error: errorOf(failure, meaning, mask, { ...codeFacts, ...pause }) }
    },
  }
}
