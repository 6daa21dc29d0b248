import { type ExamineParts, examine, type Subject } from '../../../main/core/doctor/examine.ts'
import type { Network, SeenCertificate } from '../../../main/core/doctor/types.ts'
import type { AppError } from '../../../main/core/errors.ts'
import type { Http, HttpRequest } from '../../../main/core/ports.ts'
import type { DoctorStep, Finding } from '../../../preload/contract/doctor.ts'
import { type FakeClock, fakeClock } from '../../fakes/fake-clock.ts'
import { answerOf, type Scripted } from '../../fakes/scripted-http.ts'

export const host = 'us2.api.example.com'
export const subject: Subject = {
  url: `https://${host}/api/expense/extract/v1.0/`,
  pinned: null,
  proxyMode: 'system',
}

export const genuine: SeenCertificate = {
  subject: host,
  issuer: 'Public Authority',
  fingerprint: 'ab'.repeat(32),
  validFrom: '2026-01-01',
  validUntil: '2027-01-01',
  chain: [host, 'Public Authority', 'Public Root'],
  publicRoot: true,
  trusted: true,
}

/** A way on which everything works; a test bends one thing of it. `http` answers after the time that it is told. */
export function way(bent: {
  readonly resolve?: Network['resolve']
  readonly route?: Network['route']
  readonly certificate?: SeenCertificate | null
  readonly answer?: Scripted | AppError | 'never'
  readonly takes?: number
  readonly date?: string | null
  readonly allows?: boolean
  readonly online?: boolean
  readonly signIn?: () => Promise<void>
}) {
  const clock: FakeClock = fakeClock()
  const requests: HttpRequest[] = []
  const signIns: number[] = []
  const { date = new Date(clock.now()).toUTCString(), answer = { status: 401 } } = bent
  const http: Http = {
    send(request) {
      requests.push(request)
      if (answer === 'never') return new Promise(() => {})
      if (answer instanceof Error) return Promise.reject(answer)
      clock.set((clock.now() + (bent.takes ?? 0)) as ReturnType<typeof clock.now>)
      const headers = { ...(date === null ? {} : { date }), ...answer.headers }
      return Promise.resolve(answerOf({ ...answer, headers }))
    },
  }
  const parts: ExamineParts = {
    clock,
    http,
    network: {
      resolve: bent.resolve ?? (async () => ['192.0.2.10', '192.0.2.11']),
      route: bent.route ?? (async () => 'DIRECT'),
      certificate: () => (bent.certificate === undefined ? genuine : bent.certificate),
    },
    online: () => bent.online ?? true,
    allows: async () => bent.allows ?? true,
    signIn: async () => {
      signIns.push(clock.now())
      await bent.signIn?.()
    },
  }
  return { parts, clock, requests, signIns }
}

export type Looked = { readonly begun: readonly DoctorStep[]; readonly findings: readonly Finding[] }

export async function look(
  parts: ExamineParts,
  of: Subject = subject,
  signal = new AbortController().signal,
): Promise<Looked> {
  const begun: DoctorStep[] = []
  const findings: Finding[] = []
  for await (const step of examine(of, parts, signal)) {
    if ('begin' in step) begun.push(step.begin)
    else findings.push(step)
  }
  return { begun, findings }
}

/** `name: ok, name-found` */
export const brief = ({ findings }: Looked): readonly string[] =>
  findings.map(({ step, result, outcome }) => `${step}: ${result}, ${outcome}`)
