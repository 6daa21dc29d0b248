/** The network doctor: what it looks at, in this order, and what it finds. */
import type { ErrorFacts, ErrorView } from './errors.ts'

export const doctorSteps = [
  'name',
  'proxy',
  'proxy-sign-in',
  'certificate',
  'answer',
  'sign-in',
  'clock',
] as const
export type DoctorStep = (typeof doctorSteps)[number]

/** `not-reached`: an earlier step stands in the way, or it is of no use to look. */
export type DoctorResult = 'ok' | 'attention' | 'failed' | 'not-reached'

/** What a step can find; text/en/doctor.ts has the words for each. */
export const outcomes = [
  'name-found',
  'name-is-address',
  'name-unknown',
  'name-left-to-proxy',
  'host-forbidden',
  'offline',
  'direct',
  'via-proxy',
  'proxy-undecided',
  'no-proxy',
  'proxy-lets-through',
  'proxy-asks',
  'proxy-fails',
  'certificate-public',
  'certificate-company',
  'certificate-pinned',
  'certificate-unknown-issuer',
  'certificate-dates',
  'certificate-other-name',
  'certificate-refused',
  'certificate-unseen',
  'no-encryption',
  'answers',
  'web-page',
  'elsewhere',
  'no-api',
  'maintenance',
  'server-error',
  'nobody-answers',
  'connection-cut',
  'signed-in',
  'sign-in-waits',
  'sign-in-fails',
  'clock-right',
  'clock-off',
  'clock-unknown',
  'too-slow',
  'not-reached',
] as const
export type Outcome = (typeof outcomes)[number]

export type Finding = {
  readonly step: DoctorStep
  readonly result: DoctorResult
  readonly outcome: Outcome
  /** Fill the gaps of its sentence; no secret, no bank data. */
  readonly facts: ErrorFacts
  /** The error behind it, whose own words say more. */
  readonly error?: ErrorView
}

/** One examination of a connection, while it goes on and when it is over. */
export type Diagnosis = {
  readonly connectionId: string
  readonly connection: string
  /** Where the system is: host and port. */
  readonly host: string
  readonly startedAt: number
  readonly findings: readonly Finding[]
  /** What is looked at now; null once it is over. */
  readonly now: DoctorStep | null
  readonly cancelled: boolean
  /** For IT, as plain text; null while it goes on. */
  readonly report: string | null
}
