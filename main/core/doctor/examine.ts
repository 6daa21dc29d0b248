import { type DoctorStep, doctorSteps, type Finding } from '../../../preload/contract/doctor.ts'
import type { ProxySettings } from '../../../preload/contract/types.ts'
import { AppError, isAppError } from '../errors.ts'
import type { Clock, Http } from '../ports.ts'
import { addMillis, type Millis, seconds } from '../time.ts'
import {
  type Answered,
  answerFinding,
  certificateFinding,
  clockFinding,
  finding,
  mayGoOn,
  proxyIn,
  proxySignInFinding,
  routeFinding,
  signInFinding,
} from './findings.ts'
import type { Network } from './types.ts'

export type Subject = {
  /** An address that answers anybody and changes nothing. */
  readonly url: string
  /** The one certificate (SHA-256, hex) that the connection trusts besides; null: none. */
  readonly pinned: string | null
  readonly proxyMode: ProxySettings['mode']
}

export type ExamineParts = {
  readonly network: Network
  readonly http: Http
  readonly clock: Clock
  readonly online: () => boolean
  /** Whether this computer's policy lets the URL be called at all. */
  readonly allows: (url: string) => Promise<boolean>
  /** Signs in as every other use of the connection does, and no more often. */
  readonly signIn: () => Promise<void>
}

/** How long a step may take. A sign-in may have to wait for another process that is signing in. */
const limits: Record<DoctorStep, Millis> = {
  name: seconds(10),
  proxy: seconds(15),
  'proxy-sign-in': seconds(20),
  certificate: seconds(20),
  answer: seconds(20),
  'sign-in': seconds(60),
  clock: seconds(1),
}
/** As much of the answer as tells what it is. */
const mostRead = 64 * 1024

/**
 * Looks at the way to a system, one step after the other: `begin` before each step that takes time, then its finding.
 *
 *   name ─► proxy ─► one harmless GET over a connection of its own ─► sign-in ─► clock
 *                      └─ tells of the proxy's sign-in, the certificate, the answer, and the time there
 *
 * What stands behind a failure is not looked at. It throws nothing but `cancelled`.
 */
export async function* examine(
  subject: Subject,
  parts: ExamineParts,
  signal: AbortSignal,
): AsyncGenerator<{ readonly begin: DoctorStep } | Finding> {
  const { network, clock } = parts
  const { host, hostname, protocol } = new URL(subject.url)
  const within = <T>(step: DoctorStep, work: Promise<T>) => limited(clock, limits[step], signal, work)
  const tooSlow = (step: DoctorStep) => finding(step, 'failed', 'too-slow', { limitMs: limits[step] })

  if (!(await parts.allows(subject.url))) {
    yield finding('name', 'failed', 'host-forbidden', { host: hostname })
    return yield* rest('name')
  }
  if (!parts.online() && !isLocal(hostname)) {
    yield finding('name', 'failed', 'offline')
    return yield* rest('name')
  }

  yield { begin: 'name' }
  const deciding = network.route(subject.url)
  deciding.catch(() => undefined)
  const name = await nameFinding()
  // Behind a proxy it is the proxy that has to know the name.
  const route = await within('proxy', deciding).catch(cancelledAlone)
  if (name.result === 'failed' && !(typeof route === 'string' && proxyIn(route) !== null)) {
    yield name
    yield typeof route === 'string' ? routeFinding(host, route, subject.proxyMode) : undecided(route)
    return yield* rest('proxy')
  }
  yield name.result === 'failed' ? finding('name', 'ok', 'name-left-to-proxy', { host: hostname }) : name
  if (typeof route !== 'string') {
    yield undecided(route)
    return yield* rest('proxy')
  }
  yield routeFinding(host, route, subject.proxyMode)

  const proxy = proxyIn(route)
  yield { begin: proxy === null ? 'certificate' : 'proxy-sign-in' }
  const answered = await ask().catch(cancelledAlone)
  const error = isAppError(answered) ? answered : null
  const atProxy = proxySignInFinding(proxy, error)
  yield atProxy
  if (atProxy.result === 'failed') return yield* rest('proxy-sign-in')
  yield certificateFinding({
    host: hostname,
    encrypted: protocol === 'https:',
    pinned: subject.pinned,
    seen: network.certificate(hostname),
    error,
    now: clock.now(),
  })
  const answer = answerFinding(host, answered)
  yield answer
  if (isAppError(answered)) return yield* rest('answer')

  if (mayGoOn(answer)) {
    yield { begin: 'sign-in' }
    yield await signedIn()
  } else yield finding('sign-in', 'not-reached', 'not-reached')
  yield clockFinding(answered)

  async function nameFinding(): Promise<Finding> {
    if (/^[\d.]+$|^\[/.test(hostname)) return finding('name', 'ok', 'name-is-address', { host: hostname })
    try {
      const addresses = await within('name', network.resolve(hostname))
      return finding('name', 'ok', 'name-found', {
        host: hostname,
        addresses: addresses.slice(0, 4).join(', '),
      })
    } catch (error) {
      const failed = cancelledAlone(error)
      return isAppError(failed, 'timed-out')
        ? tooSlow('name')
        : finding('name', 'failed', 'name-unknown', { host: hostname })
    }
  }

  function undecided(error: AppError): Finding {
    if (isAppError(error, 'timed-out')) return tooSlow('proxy')
    return finding('proxy', 'failed', 'proxy-undecided', { mode: subject.proxyMode })
  }

  async function ask(): Promise<Answered> {
    const sentAt = clock.now()
    const answer = await parts.http.send({
      method: 'GET',
      url: subject.url,
      headers: { accept: '*/*' },
      fresh: true,
      answerWithin: limits.answer,
      stallAfter: limits.answer,
      signal,
      ...(subject.pinned === null ? {} : { certificateSha256: subject.pinned }),
    })
    const headAt = clock.now()
    const pieces: Uint8Array[] = []
    let bytes = 0
    for await (const piece of answer.body) {
      pieces.push(piece)
      bytes += piece.byteLength
      if (bytes >= mostRead) break
    }
    const body = Buffer.concat(pieces).toString('utf8')
    return { status: answer.status, headers: answer.headers, body, bytes, sentAt, headAt }
  }

  /** A sign-in that takes too long goes on by itself, as if somebody else had asked for it: it is never made twice. */
  async function signedIn(): Promise<Finding> {
    const work = parts.signIn().then(
      () => null,
      (error: unknown) => ({ error }),
    )
    try {
      const failed = await within('sign-in', work)
      return signInFinding(failed === null ? null : failed.error)
    } catch (error) {
      cancelledAlone(error)
      return tooSlow('sign-in')
    }
  }
}

/** Those after a step, which were not looked at. */
function* rest(step: DoctorStep): Generator<Finding> {
  for (const next of doctorSteps.slice(doctorSteps.indexOf(step) + 1)) {
    yield finding(next, 'not-reached', 'not-reached')
  }
}

const isLocal = (hostname: string): boolean => hostname === 'localhost' || /^127\.|^\[::1\]$/.test(hostname)

/** The error as data for what comes next; that the user stopped it is the one that ends everything. */
function cancelledAlone(error: unknown): AppError {
  if (!isAppError(error)) return new AppError('internal', { cause: error })
  if (error.code === 'cancelled') throw error
  return error
}

/** The work's outcome; `timed-out` where it does not come in time, `cancelled` as soon as the signal is aborted. */
function limited<T>(clock: Clock, limit: Millis, signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.wake(addMillis(clock.now(), limit), () =>
      end(() => reject(new AppError('timed-out'))),
    )
    const abort = () => end(() => reject(new AppError('cancelled')))
    const end = (settle: () => void) => {
      cancel()
      signal.removeEventListener('abort', abort)
      settle()
    }
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    work.then(
      value => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
  })
}
