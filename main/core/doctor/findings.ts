/** What an examination's observations mean. Pure: the words are chosen where they are shown. */
import type { DoctorResult, DoctorStep, Finding, Outcome } from '../../../preload/contract/doctor.ts'
import type { ErrorFacts } from '../../../preload/contract/errors.ts'
import type { ProxySettings } from '../../../preload/contract/types.ts'
import { type AppError, errorView, isAppError } from '../errors.ts'
import { type Instant, isoOf, type Millis, minutes, seconds } from '../time.ts'
import type { SeenCertificate } from './types.ts'

export const finding = (
  step: DoctorStep,
  result: DoctorResult,
  outcome: Outcome,
  facts: ErrorFacts = {},
): Finding => ({ step, result, outcome, facts })

/** The first way of a decision in a proxy script's words; null: directly. */
export function proxyIn(decision: string): string | null {
  const [kind = '', address = ''] = (decision.split(';')[0] ?? '').trim().split(/\s+/)
  if (kind === '' || kind.toUpperCase() === 'DIRECT') return null
  return kind.toUpperCase().startsWith('SOCKS') ? `${kind.toLowerCase()}://${address}` : address
}

export function routeFinding(host: string, decision: string, mode: ProxySettings['mode']): Finding {
  const proxy = proxyIn(decision)
  const facts = { host, mode, decision: decision || 'DIRECT' }
  return proxy === null
    ? finding('proxy', 'ok', 'direct', facts)
    : finding('proxy', 'ok', 'via-proxy', { ...facts, proxy })
}

/** How the proxy took an exchange; `error`: how that failed, null where an answer came. */
export function proxySignInFinding(proxy: string | null, error: AppError | null): Finding {
  if (error && isAppError(error, 'proxy-sign-in')) {
    return finding('proxy-sign-in', 'failed', 'proxy-asks', {
      ...given(proxy),
      ...pick(error, 'proxy', 'realm'),
    })
  }
  if (error && isAppError(error, 'proxy-failed')) {
    return finding('proxy-sign-in', 'failed', 'proxy-fails', { ...given(proxy), ...pick(error, 'reason') })
  }
  if (proxy === null) return finding('proxy-sign-in', 'ok', 'no-proxy')
  // Whoever waits at a proxy for an answer that never comes cannot tell which of the two it is.
  if (error && isAppError(error, 'timed-out', 'offline'))
    return finding('proxy-sign-in', 'not-reached', 'not-reached')
  return finding('proxy-sign-in', 'ok', 'proxy-lets-through', { proxy })
}

const given = (proxy: string | null): ErrorFacts => (proxy === null ? {} : { proxy })

type CertificateSeen = {
  readonly host: string
  readonly encrypted: boolean
  readonly pinned: string | null
  readonly seen: SeenCertificate | null
  readonly error: AppError | null
  readonly now: Instant
}

export function certificateFinding({ host, encrypted, pinned, seen, error, now }: CertificateSeen): Finding {
  const at = (result: DoctorResult, outcome: Outcome, facts: ErrorFacts = {}) =>
    finding('certificate', result, outcome, facts)
  if (!encrypted) return at('ok', 'no-encryption')
  const facts = seen === null ? {} : factsOf(seen)
  if (error && isAppError(error, 'certificate')) {
    const reason = String(error.facts.reason ?? '')
    const more = { ...facts, ...pick(error, 'issuer', 'subject', 'validFrom', 'validUntil'), host, reason }
    return at('failed', refusals[reason] ?? 'certificate-refused', {
      ...more,
      today: isoOf(now).slice(0, 10),
    })
  }
  // The handshake is over before a byte of the answer comes.
  if (error && !isAppError(error, 'connection-cut')) return at('not-reached', 'not-reached')
  if (seen === null) return at('ok', 'certificate-unseen')
  if (!seen.trusted && seen.fingerprint === pinned) return at('ok', 'certificate-pinned', facts)
  if (!seen.trusted) return at('failed', 'certificate-refused', facts)
  return seen.publicRoot
    ? at('ok', 'certificate-public', facts)
    : at('attention', 'certificate-company', facts)
}

const refusals: Readonly<Record<string, Outcome>> = {
  ERR_CERT_AUTHORITY_INVALID: 'certificate-unknown-issuer',
  ERR_CERT_DATE_INVALID: 'certificate-dates',
  ERR_CERT_COMMON_NAME_INVALID: 'certificate-other-name',
}

const factsOf = ({
  subject,
  issuer,
  fingerprint,
  validFrom,
  validUntil,
  chain,
}: SeenCertificate): ErrorFacts => ({
  subject,
  issuer,
  validFrom,
  validUntil,
  fingerprint,
  chain: chain.join(' › '),
})

export type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The beginning of the body. */
  readonly body: string
  readonly bytes: number
  readonly sentAt: Instant
  /** When the answer's head had come. */
  readonly headAt: Instant
}

export function answerFinding(host: string, outcome: Answered | AppError): Finding {
  const at = (result: DoctorResult, what: Outcome, facts: ErrorFacts = {}) =>
    finding('answer', result, what, facts)
  if (isAppError(outcome)) return failedAnswer(host, outcome)
  const { status, headers, body, bytes, sentAt, headAt } = outcome
  const type = (headers['content-type'] ?? '').split(';')[0] ?? ''
  const facts = { host, status, ms: headAt - sentAt, bytes, ...(type === '' ? {} : { type }) }
  if (status >= 300 && status < 400)
    return at('attention', 'elsewhere', { ...facts, to: hostIn(headers.location) })
  if (status === 503) return at('attention', 'maintenance', facts)
  if (status >= 500) return at('failed', 'server-error', facts)
  if (isPage(type, body)) return at('attention', 'web-page', { ...facts, ...titleIn(body) })
  if (status === 404 || status === 405 || status === 410) return at('attention', 'no-api', facts)
  return at('ok', 'answers', facts)
}

function failedAnswer(host: string, error: AppError): Finding {
  const facts = { host, ...pick(error, 'reason') }
  if (isAppError(error, 'offline')) return finding('answer', 'failed', 'offline')
  if (isAppError(error, 'timed-out'))
    return finding('answer', 'failed', 'nobody-answers', { ...facts, reason: 'time-out' })
  if (isAppError(error, 'connection-cut', 'answer-not-understood'))
    return finding('answer', 'failed', 'connection-cut', facts)
  if (isAppError(error, 'connection-failed', 'host-not-found'))
    return finding('answer', 'failed', 'nobody-answers', facts)
  // The proxy or the certificate stood in the way: their own steps have said so.
  return finding('answer', 'not-reached', 'not-reached')
}

/** Whether the sign-in is tried after this answer: a page in between must not be given secrets to refuse. */
export const mayGoOn = ({ outcome }: Finding): boolean => outcome === 'answers' || outcome === 'no-api'

export function signInFinding(error: unknown): Finding {
  if (error === null) return finding('sign-in', 'ok', 'signed-in')
  if (isAppError(error, 'sign-in-waiting')) return finding('sign-in', 'failed', 'sign-in-waits')
  return { ...finding('sign-in', 'failed', 'sign-in-fails'), error: errorView(error) }
}

/** Tokens of some systems are refused from five minutes on; a computer that sets its time by itself is within a minute. */
const noticeable: Millis = minutes(1)
const harmful: Millis = minutes(5)

/** An answer's Date is of a whole second, written somewhere between the request and the answer's head. */
export function clockFinding({ headers, sentAt, headAt }: Answered): Finding {
  const there = Date.parse(headers.date ?? '')
  if (Number.isNaN(there)) return finding('clock', 'not-reached', 'clock-unknown')
  const here = (sentAt + headAt) / 2
  const withinMs = Math.ceil((headAt - sentAt) / 2 + seconds(1))
  const skewMs = Math.round(here - (there + 500))
  const facts = { skewMs, withinMs, here: isoOf(headAt), there: new Date(there).toISOString() }
  const certain = Math.abs(skewMs) - withinMs
  if (certain <= noticeable) return finding('clock', 'ok', 'clock-right', facts)
  return finding('clock', certain > harmful ? 'failed' : 'attention', 'clock-off', facts)
}

const isPage = (type: string, body: string): boolean =>
  /^text\/html$/i.test(type) || /^\s*<(?:!doctype html|html)\b/i.test(body)

/** At most a line: it is shown, and was written by whoever answers. */
function titleIn(body: string): ErrorFacts {
  const title = (/<title[^<>]{0,200}>([^<]{1,200})/i.exec(body)?.[1] ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return title === '' ? {} : { title: title.slice(0, 100) }
}

function hostIn(location: string | undefined): string {
  if (location === undefined || !URL.canParse(location)) return 'another page'
  return new URL(location).host
}

function pick({ facts }: AppError, ...names: readonly string[]): ErrorFacts {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = facts[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}
