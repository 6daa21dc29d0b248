import { createHash } from 'node:crypto'
import type { Redactor } from '../policy/redact.ts'
import type { Clock, Log } from '../ports.ts'
import type { KeepAnswer, UnexpectedAnswer } from '../systems/failed-exchange.ts'
import type { RawAnswersRepository } from './types.ts'

/** More says no more; a system that fails for days answers the same again and again. */
const mostAnswers = 200
const longestBody = 16 * 1024
const longestHeader = 1024

export type RawAnswersParts = {
  readonly answers: Pick<RawAnswersRepository, 'keep'>
  readonly redactor: Pick<Redactor, 'text' | 'value'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

/**
 * Keeps what systems answer in place of what they were asked for, for the support bundle (product.md, rule 10). Masked
 * before it is written: by key and by content where it is JSON, by content alone where it is anything else.
 */
export function keepingAnswers({ answers, redactor, clock, log }: RawAnswersParts): KeepAnswer {
  return answer => {
    const { system, status, correlationId } = answer
    const body = maskedBody(answer, redactor)
    const kept = {
      fingerprint: fingerprintOf(answer, body),
      at: clock.now(),
      system,
      url: redactor.text(answer.url),
      status,
      correlationId: correlationId ?? null,
      headers: maskedHeaders(answer.headers, redactor),
      body,
    }
    answers
      .keep(kept, mostAnswers)
      .catch(error => log.write('warn', 'raw-answer.not-kept', { system, status, error: String(error) }))
  }
}

/** What differs from one failure to the next is mostly figures: times, counts, ids. */
function fingerprintOf({ system, url, status }: UnexpectedAnswer, body: string): string {
  const { pathname } = new URL(url)
  const alike = `${pathname}\n${body}`.replace(/\d+/g, '0')
  return createHash('sha256').update(`${system} ${status}\n${alike}`).digest('hex')
}

function maskedBody({ body }: UnexpectedAnswer, { text, value }: Pick<Redactor, 'text' | 'value'>): string {
  const parsed = jsonIn(body)
  if (parsed !== undefined) return cut(JSON.stringify(value(parsed), null, 1))
  return cut(text(wholeWords(body)))
}

const cut = (text: string): string => (text.length > longestBody ? `${text.slice(0, longestBody)}…` : text)

/** Where a body was cut off, half a secret would stand at its end, which nothing recognises as one. */
function wholeWords(body: string): string {
  if (body.length < longestBody) return body
  const end = Math.max(...[' ', '\n', '"', '<', '&', ','].map(mark => body.lastIndexOf(mark)))
  return body.slice(0, Math.max(end, 0))
}

function jsonIn(body: string): unknown {
  if (!/^\s*[[{]/.test(body)) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function maskedHeaders(
  headers: UnexpectedAnswer['headers'],
  { value }: Pick<Redactor, 'value'>,
): Readonly<Record<string, string>> {
  const masked = value(headers)
  const entries = typeof masked === 'object' && masked !== null ? Object.entries(masked) : []
  return Object.fromEntries(entries.map(([name, said]) => [name, String(said).slice(0, longestHeader)]))
}
