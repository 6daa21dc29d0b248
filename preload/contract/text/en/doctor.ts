/**
 * The network doctor: what each finding means in plain words, and what to do. Complete by type: an outcome without words
 * does not compile. The same sentences stand in the window and in the text for IT.
 */
import type { DoctorResult, DoctorStep, Finding, Outcome } from '../../doctor.ts'
import type { ErrorFacts } from '../../errors.ts'
import { errorText } from './errors.ts'
import { size } from './figures.ts'

type Words = { readonly what: string; readonly next: string | null }
type OutcomeWords = (facts: ErrorFacts) => Words

const of = (facts: ErrorFacts, name: string, otherwise = ''): string => String(facts[name] ?? otherwise)
const fine = (what: string): Words => ({ what, next: null })

/** `4 seconds`, `7 minutes`, `2 hours`: as exact as it matters. */
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

const issuedBy = (facts: ErrorFacts): string => `It was issued by “${of(facts, 'issuer', 'nobody named')}”.`

const texts: Record<Outcome, OutcomeWords> = {
  'name-found': facts => fine(`${of(facts, 'host')} is ${of(facts, 'addresses')}.`),
  'name-is-address': facts =>
    fine(`${of(facts, 'host')} is an address already: there is no name to look up.`),
  'name-unknown': facts => ({
    what: `No name server that this computer asks knows ${of(facts, 'host')}.`,
    next: 'Check the address of the connection, and whether a VPN is needed. If both are right, ask IT why the name is not resolved.',
  }),
  'name-left-to-proxy': facts =>
    fine(
      `This computer does not know ${of(facts, 'host')} itself; the proxy looks it up. That is usual behind one.`,
    ),
  'host-forbidden': facts => ({
    what: `IT does not allow ${of(facts, 'host')} on this computer, so nothing was asked.`,
    next: 'Ask IT to add it to the allowed hosts, if it is right.',
  }),
  offline: () => ({
    what: 'This computer is offline.',
    next: 'Connect it to the network, then look again.',
  }),
  direct: facts => fine(`No proxy: this computer reaches ${of(facts, 'host')} itself. ${decidedBy(facts)}`),
  'via-proxy': facts => fine(`Through ${of(facts, 'proxy')}. ${decidedBy(facts)}`),
  'proxy-undecided': facts => ({
    what: `Which proxy to use could not be found out. ${decidedBy(facts)}`,
    next: 'Ask IT whether the proxy script can be reached from this computer, or choose the proxy in Settings › Network.',
  }),
  'no-proxy': () => fine('No proxy, so nothing to sign in to.'),
  'proxy-lets-through': facts => fine(`${of(facts, 'proxy', 'The proxy')} lets this app through.`),
  'proxy-asks': facts => ({
    what: `${of(facts, 'proxy', 'The proxy')} asks for a sign-in (407${facts.realm ? `, “${of(facts, 'realm')}”` : ''}).`,
    next: 'Ask IT for the user name and password, and give them once in Settings › Network. The system’s own password was not sent.',
  }),
  'proxy-fails': facts => ({
    what: `${of(facts, 'proxy', 'The proxy')} cannot be reached, or does not pass this app on${facts.reason ? ` (${of(facts, 'reason')})` : ''}.`,
    next: 'Check the proxy in Settings › Network; then ask IT whether it lets this computer reach the system.',
  }),
  'certificate-public': facts =>
    fine(
      `Genuine: issued by “${of(facts, 'issuer')}”, a public authority, until ${of(facts, 'validUntil')}.`,
    ),
  'certificate-company': facts => ({
    what: `Trusted by this computer, but not from a public authority. ${issuedBy(facts)} If that is your company’s inspection of traffic, this is as it should be.`,
    next: 'If nobody in IT knows this issuer, stop using this network and tell them.',
  }),
  'certificate-pinned': facts =>
    fine(
      `The one certificate that you decided to trust for this connection, until ${of(facts, 'validUntil')}.`,
    ),
  'certificate-unknown-issuer': facts => ({
    what: `Not trusted by this computer. ${issuedBy(facts)} If that is your company’s inspection of traffic, its certificate is missing on this computer.`,
    next: 'Ask IT to install that issuer’s certificate on this computer. Nothing was sent to the server.',
  }),
  'certificate-dates': facts => ({
    what: `Valid from ${of(facts, 'validFrom')} to ${of(facts, 'validUntil')}, and this computer’s date is ${of(facts, 'today')}.`,
    next: 'If the date of this computer is wrong, set it. Otherwise the server needs a new certificate: tell whoever looks after it.',
  }),
  'certificate-other-name': facts => ({
    what: `Made for “${of(facts, 'subject')}”, not for ${of(facts, 'host')}. ${issuedBy(facts)}`,
    next: 'Check the address of the connection. If it is right, something in between answers in the system’s place: tell IT.',
  }),
  'certificate-refused': facts => ({
    what: `Not accepted (${of(facts, 'reason', 'no reason given')}).${facts.issuer ? ` ${issuedBy(facts)}` : ''}`,
    next: 'Send this to IT. Nothing was sent to the server.',
  }),
  'certificate-unseen': () =>
    fine('The server was reached with encryption; its certificate was not shown again.'),
  'no-encryption': () =>
    fine('The practice system is on this computer: nothing leaves it, so nothing is encrypted.'),
  answers: facts =>
    fine(
      `The system answers: status ${of(facts, 'status')} after ${inSeconds(Number(facts.ms ?? 0))}, ${size(Number(facts.bytes ?? 0))}.${
        facts.status === 401 || facts.status === 403 ? ' That is right without a sign-in.' : ''
      }`,
    ),
  'web-page': facts => ({
    what: `A web page came in place of the system’s answer${facts.title ? `: “${of(facts, 'title')}”` : ''}.`,
    next: 'Often the sign-in page of a guest network or a proxy: open a browser once, then look again. Otherwise send this to IT.',
  }),
  elsewhere: facts => ({
    what: `The answer points to ${of(facts, 'to', 'another address')} (status ${of(facts, 'status')}). It was not followed.`,
    next: 'Check the address of the connection. A sign-in page of the network does this too: open a browser once.',
  }),
  'no-api': facts => ({
    what: `Somebody answers there, but has no such service (status ${of(facts, 'status')}).`,
    next: 'Check the address of the connection: its host, its port, and what stands behind them.',
  }),
  maintenance: () => ({
    what: 'The system is in maintenance (status 503).',
    next: 'There is nothing to do: it is asked again from time to time.',
  }),
  'server-error': facts => ({
    what: `The system fails to answer (status ${of(facts, 'status')}).`,
    next: 'Wait and look again. If it stays so, tell the system’s support.',
  }),
  'nobody-answers': facts => ({
    what: `Nothing answers at ${of(facts, 'host')}${facts.reason ? ` (${of(facts, 'reason')})` : ''}.`,
    next: 'Check host and port of the connection. If both are right, a firewall is the likely reason: send this to IT.',
  }),
  'connection-cut': facts => ({
    what: `The connection was cut before the answer had come${facts.reason ? ` (${of(facts, 'reason')})` : ''}.`,
    next: 'Look again. If it stays so, something in between ends such connections: send this to IT.',
  }),
  'signed-in': () => fine('Signed in, and the account may do what extracts need.'),
  'sign-in-waits': () => ({
    what: 'The last sign-in was refused, so nothing was tried: another attempt could lock the account.',
    next: 'Sign in again on this page with new secrets.',
  }),
  'sign-in-fails': () => ({ what: 'The sign-in did not work.', next: null }),
  'clock-right': facts =>
    fine(`This computer’s clock agrees with the system’s, within ${span(Number(facts.withinMs ?? 1000))}.`),
  'clock-off': facts => ({
    what: `This computer’s clock is ${span(Number(facts.skewMs ?? 0))} ${Number(facts.skewMs ?? 0) < 0 ? 'behind' : 'ahead of'} the system’s (± ${span(Number(facts.withinMs ?? 1000))}).`,
    next: 'Let this computer set its time by itself. Sign-ins fail, and schedules run at the wrong time, with a clock that is off.',
  }),
  'clock-unknown': () => fine('The answer does not say what time it is there.'),
  'too-slow': facts => ({
    what: `This took longer than ${span(Number(facts.limitMs ?? 0))}, and was not waited for any longer.`,
    next: 'Look again. If it stays so, send this to IT: something in between may swallow what is sent.',
  }),
  'not-reached': () => fine('Not looked at: what comes before stands in the way.'),
}

function decidedBy(facts: ErrorFacts): string {
  switch (facts.mode) {
    case 'direct':
      return 'Settings say so.'
    case 'pac':
      return 'The script in Settings decided that.'
    case 'fixed':
      return 'Settings name it.'
    default:
      return 'This computer’s own settings decided that.'
  }
}

/** What was found, and what to do about it; null: nothing. */
export function findingText({ outcome, facts, error }: Finding): Words {
  if (outcome !== 'sign-in-fails' || !error) return texts[outcome](facts)
  const { what, next } = errorText(error)
  return { what, next }
}

export const steps: Record<DoctorStep, string> = {
  name: 'Name (DNS)',
  proxy: 'Proxy',
  'proxy-sign-in': 'Sign-in at the proxy',
  certificate: 'Certificate (TLS)',
  answer: 'Answer of the system',
  'sign-in': 'Sign-in',
  clock: 'Clock',
}

export const results: Record<DoctorResult, string> = {
  ok: 'Fine',
  attention: 'Look at this',
  failed: 'Not working',
  'not-reached': 'Not looked at',
}

export const waiting = 'Waiting'
export const looking = 'Looking…'
export const title = 'Network doctor'
export const panel = (connection: string): string => `Network doctor for ${connection}`
export const open = 'Network doctor'
export const what =
  'It looks at the way from this computer to the system, step by step. Nothing is started there, and no secret that was refused is tried again.'
export const stop = 'Stop'
export const again = 'Look again'
export const copy = 'Copy for IT'
export const copied = 'Copied'
export const save = 'Save…'
export const saved = (path: string): string => `Saved: ${path}`
export const shown = 'The text for IT'
export const facts = 'Details'
export const factNames: Readonly<Record<string, string>> = {
  host: 'Host',
  addresses: 'Addresses',
  decision: 'Decision',
  proxy: 'Proxy',
  realm: 'Realm',
  issuer: 'Issued by',
  subject: 'Issued to',
  chain: 'Chain',
  validFrom: 'Valid from',
  validUntil: 'Valid until',
  fingerprint: 'SHA-256 fingerprint',
  status: 'Status',
  type: 'Kind of answer',
  to: 'Points to',
  reason: 'Network error',
  today: 'Date here',
  here: 'Time here',
  there: 'Time there',
}

/** Of all findings, in one sentence: for the panel's head and for screen readers. */
export function summary(findings: readonly Finding[], cancelled: boolean): string {
  if (cancelled) return 'Stopped. What was found until then stands below.'
  const failed = findings.find(one => one.result === 'failed')
  if (failed) return `${steps[failed.step]}: not working.`
  const odd = findings.filter(one => one.result === 'attention')
  const [first] = odd
  if (!first) return 'Everything on the way to the system works.'
  return odd.length === 1
    ? `It works. Look at this: ${steps[first.step]}.`
    : `It works. Look at these ${odd.length} things.`
}

/** The head and the foot of the text for IT. */
export const report = {
  title: 'Extract Desk: network doctor',
  foot: 'Made by Extract Desk on this computer. It holds no passwords, tokens or account data.',
  head: { connection: 'Connection', system: 'System', host: 'Host', at: 'Looked at', version: 'Version' },
  todo: 'To do',
} as const
