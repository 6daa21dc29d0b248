import { type AppError, isAppError } from '../../errors.ts'
import type { Clock, Http, HttpAnswer, HttpRequest, Ids } from '../../ports.ts'
import { seconds } from '../../time.ts'
import { readExplanation, readText } from '../answer.ts'
import { type KeepAnswer, withFacts } from '../failed-exchange.ts'
import type { Session } from '../system.ts'
import { failureOf, objectIn } from './failures.ts'
import { recordOf, textOf } from './fields.ts'
import { createPace } from './pace.ts'
import type { Envelope, Fields } from './types.ts'

export type VaultParts = {
  readonly clock: Clock
  readonly ids: Ids
  /** Masks secrets in the system's own words before they become part of an error. */
  readonly mask: (text: string) => string
  /** Masks secrets in data, by name and by content: a job's own fields are kept. */
  readonly maskValue: (value: unknown) => unknown
  /** Answers that were not asked for are kept for the support bundle. */
  readonly keepAnswer: KeepAnswer
}

/** The results of an export of 10,000 versions have some 4 MB. */
const largestAnswer = 50 * 1024 * 1024
/** The beginning of an error's body tells what it says. */
const explanation = 64 * 1024
/** A vault delays its answers when its burst limit is near. */
const patience = { answerWithin: seconds(120), stallAfter: seconds(60) } as const
/** Administrators see our calls under it, and can make it mandatory. */
const clientId = 'extract-desk'

export type Bytes = { readonly from: number; readonly to: number }
export type Body = { readonly type: 'json' | 'form'; readonly text: string }
export type Caller = Pick<Session, 'http' | 'origin' | 'headers' | 'own' | 'turn'>

export type VaultClient = {
  /** An answer that is no failure. Every failure is an error, whatever its HTTP status (vault.md, 3.1). */
  get(session: Caller, path: string): Promise<Envelope>
  /** One POST, never repeated. Every error it throws says whether the request may have left (`facts.sent`). */
  post(session: Caller, path: string, body: Body | null): Promise<Envelope>
  delete(session: Caller, path: string): Promise<void>
  /** The form of a sign-in, without a session. */
  auth(http: Http, url: string, form: Readonly<Record<string, string>>): Promise<Envelope>
  /** A file's answer with its body unread. An answer in JSON in place of the file is the failure that it says. */
  open(session: Caller, path: string, bytes: Bytes | null, signal?: AbortSignal): Promise<HttpAnswer>
  /** Either of both, where only the answer tells which it is; a file's body is not received. */
  look(session: Caller, path: string): Promise<Envelope | 'file'>
}

type Outgoing = Pick<HttpRequest, 'method' | 'url' | 'headers'> &
  Pick<Partial<HttpRequest>, 'body' | 'signal'>
type Exchange = {
  readonly answer: HttpAnswer
  readonly url: string
  readonly correlationId: string
  readonly ofJob: boolean
}

export function createVaultClient({ clock, ids, mask, keepAnswer }: VaultParts): VaultClient {
  const pace = createPace()

  /** Vault's own id of the exchange is what its support asks for; ours, where there was no answer. */
  async function exchange(http: Http, request: Outgoing): Promise<Exchange> {
    const ours = ids.next('desk')
    const headers = { ...request.headers, 'x-vaultapi-clientid': clientId, 'x-vaultapi-referenceid': ours }
    try {
      const answer = await http.send({ ...request, ...patience, headers })
      const correlationId = answer.headers['x-vaultapi-executionid'] ?? ours
      return { answer, url: request.url, correlationId, ofJob: isJobStatus(request.url) }
    } catch (error) {
      throw withFacts(error, {}, ours)
    }
  }

  async function call(session: Caller, request: Omit<Outgoing, 'url'>, path: string): Promise<Exchange> {
    const url = `${session.origin}${path}`
    await pace.before(session)
    const headers = { ...session.headers, ...request.headers }
    const got = await exchange(session.http, { ...request, url, headers })
    // Burst headers mean nothing where a job was asked about.
    if (!got.ofJob) pace.note(session, got.answer.headers)
    return got
  }

  function failed({ answer, url, correlationId, ofJob }: Exchange, body: string): AppError {
    const { status, headers } = answer
    keepAnswer({ status, headers, correlationId, body: body.slice(0, explanation), system: 'vault', url })
    return failureOf({ status, headers, body, correlationId, ofJob }, clock.now(), mask)
  }

  async function envelope(got: Exchange): Promise<Envelope> {
    const { answer, correlationId } = got
    if (answer.status < 200 || answer.status >= 300)
      throw failed(got, await readExplanation(answer, explanation))
    const text = await readText(answer, largestAnswer).catch((error: unknown) => {
      throw withFacts(error, {}, correlationId)
    })
    const fields = objectIn(text)
    const status = fields?.responseStatus
    if (fields === null || (status !== 'SUCCESS' && status !== 'WARNING')) throw failed(got, text)
    return { fields, warnings: warningsIn(fields), correlationId }
  }

  const json = { accept: 'application/json' }

  return {
    get: async (session, path) => envelope(await call(session, { method: 'GET', headers: json }, path)),

    async post(session, path, body) {
      const content = body === null ? {} : { 'content-type': contentTypes[body.type] }
      const request = { method: 'POST' as const, headers: { ...json, ...content } }
      try {
        return await envelope(
          await call(session, body === null ? request : { ...request, body: body.text }, path),
        )
      } catch (error) {
        throw withFacts(error, { sent: isAppError(error) ? (error.facts.sent ?? true) : true })
      }
    },

    async delete(session, path) {
      await envelope(await call(session, { method: 'DELETE', headers: json }, path))
    },

    async auth(http, url, form) {
      const headers = { ...json, 'content-type': contentTypes.form }
      const body = new URLSearchParams(form).toString()
      return envelope(await exchange(http, { method: 'POST', url, headers, body }))
    },

    async open(session, path, bytes, signal) {
      const range: Record<string, string> = bytes ? { range: `bytes=${bytes.from}-${bytes.to}` } : {}
      const request = { method: 'GET' as const, headers: { accept: '*/*', ...range } }
      const got = await call(session, signal ? { ...request, signal } : request, path)
      const { status } = got.answer
      if ((status === 200 || status === 206) && !isJson(got.answer)) return got.answer
      throw failed(got, await readExplanation(got.answer, explanation))
    },

    async look(session, path) {
      const got = await call(session, { method: 'GET', headers: { accept: '*/*' } }, path)
      if (got.answer.status !== 200 || isJson(got.answer)) return envelope(got)
      await got.answer.body[Symbol.asyncIterator]().return?.()
      return 'file'
    },
  }
}

const contentTypes = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
} as const

const isJson = ({ headers }: HttpAnswer): boolean =>
  /^application\/json\b/i.test(headers['content-type'] ?? '')

const isJobStatus = (url: string): boolean => /\/services\/jobs\/\d+$/.test(url)

/** A list of texts in the documents' words, of objects with a message in others. */
function warningsIn(fields: Fields): readonly string[] {
  const listed = Array.isArray(fields.warnings) ? fields.warnings : []
  const said = listed.flatMap(one => textOf(one) ?? textOf(recordOf(one)?.message) ?? [])
  if (said.length > 0 || fields.responseStatus !== 'WARNING') return said
  return [textOf(fields.responseMessage) ?? 'WARNING']
}
