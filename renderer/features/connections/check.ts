import type { ErrorCode, ErrorView } from '../../../preload/contract/errors.ts'
import type { StateLook } from '../../format/state.ts'
import { words } from '../../text.ts'

/** What a new connection has to pass, in this order. */
export const checkSteps = ['reach', 'certificate', 'signIn', 'rights'] as const
export type CheckStep = (typeof checkSteps)[number]
export type CheckResult = 'waiting' | 'passed' | 'failed' | 'unchecked' | 'unknown'
export type CheckResults = Readonly<Record<CheckStep, CheckResult>>

const all = (result: CheckResult): CheckResults => ({
  reach: result,
  certificate: result,
  signIn: result,
  rights: result,
})

/** While main works: it answers once, with all of it, so that nothing can be said of one step before the others. */
export const checking = all('waiting')
export const passed = all('passed')

const failsAt = new Map<ErrorCode, CheckStep>([
  ['offline', 'reach'],
  ['host-not-found', 'reach'],
  ['connection-failed', 'reach'],
  ['connection-cut', 'reach'],
  ['timed-out', 'reach'],
  ['proxy-sign-in', 'reach'],
  ['proxy-failed', 'reach'],
  ['certificate', 'certificate'],
  ['not-trusted', 'signIn'],
  ['sign-in-refused', 'signIn'],
  ['sign-in-expired', 'signIn'],
  ['sign-in-locked', 'signIn'],
  ['permission-missing', 'rights'],
])

/** A system answered, but whether to the sign-in or to what came after it the code does not say. */
const answered: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate-limited',
  'maintenance',
  'server-error',
  'request-refused',
  'redirect-refused',
  'answer-too-large',
  'answer-not-understood',
])

/** How far a check came that ended with this error; null where the error is about nothing that was checked. */
export function resultsOf({ code }: ErrorView): CheckResults | null {
  if (answered.has(code)) return { ...passed, signIn: 'unknown', rights: 'unknown' }
  const failed = failsAt.get(code)
  if (failed === undefined) return null
  const at = checkSteps.indexOf(failed)
  const before = Object.fromEntries(checkSteps.slice(0, at).map(step => [step, 'passed']))
  return { ...all('unchecked'), ...before, [failed]: 'failed' }
}

export function checkLook(step: CheckStep, result: CheckResult): StateLook {
  const { results } = words.connections.check
  switch (result) {
    case 'passed':
      return { shape: 'delivered', tone: 'ok', word: results.passed[step] }
    case 'failed':
      return { shape: 'failed', tone: 'danger', word: results.failed[step] }
    case 'waiting':
      return { shape: 'waiting', tone: 'quiet', word: results.waiting }
    case 'unknown':
      return { shape: 'needs-you', tone: 'attention', word: results.unknown }
    case 'unchecked':
      return { shape: 'cancelled', tone: 'quiet', word: results.unchecked }
  }
}
