import type { Diagnosis } from '../../../preload/contract/doctor.ts'
import type { Connection, ConnectionsRepository, Sessions } from '../connections/types.ts'
import type { DoctorService, SettingsService } from '../desk.ts'
import { AppError, isAppError } from '../errors.ts'
import type { ConnectionId } from '../ids.ts'
import { mayCall } from '../policy/managed.ts'
import type { Clock, Http, Log, Policy, Power } from '../ports.ts'
import type { Exported } from '../receipts/exports.ts'
import type { SystemRegistry } from '../systems/registry.ts'
import { examine } from './examine.ts'
import { reportText } from './report.ts'
import type { DiagnosesRepository, Network } from './types.ts'

export type DoctorParts = {
  readonly connections: Pick<ConnectionsRepository, 'find'>
  readonly sessions: Sessions
  readonly systems: Pick<SystemRegistry, 'of'>
  readonly network: Network
  readonly http: Http
  readonly policy: Policy
  readonly settings: Pick<SettingsService, 'get'>
  readonly power: Pick<Power, 'online'>
  readonly diagnoses: DiagnosesRepository
  readonly mask: (text: string) => string
  readonly clock: Clock
  readonly log: Log
  readonly version: string
}

/** The network doctor. A connection is examined once at a time: who asks again stops the one before. */
export function createDoctor(parts: DoctorParts): DoctorService {
  const { connections, sessions, systems, diagnoses, clock, log } = parts
  const running = new Map<ConnectionId, AbortController>()

  async function found(id: ConnectionId): Promise<Connection> {
    const connection = await connections.find(id)
    if (!connection || connection.removedAt !== null) throw new AppError('not-found')
    return connection
  }

  /** The same sign-in as every other use of the connection: one that was refused is not tried (core/connections). */
  const signIn = (id: ConnectionId) => sessions.with(id, (session, system) => system.probe(session))

  async function follow(
    connection: Connection,
    tell: (diagnosis: Diagnosis) => void,
    signal: AbortSignal,
  ): Promise<Diagnosis> {
    const { id, url: own, origin, certificateSha256: pinned } = connection
    const url = systems.of(connection.system).doorstep({ url: own, origin })
    const { proxy } = await parts.settings.get()
    let seen: Diagnosis = {
      connectionId: id,
      connection: connection.name,
      host: new URL(url).host,
      startedAt: clock.now(),
      findings: [],
      now: 'name',
      cancelled: false,
      report: null,
    }
    const show = (more: Partial<Diagnosis>) => {
      seen = { ...seen, ...more }
      tell(seen)
    }
    show({})
    try {
      const steps = examine(
        { url, pinned, proxyMode: proxy.mode },
        {
          ...parts,
          online: () => parts.power.online(),
          allows: async address => mayCall(address, await parts.policy.get()),
          signIn: () => signIn(id),
        },
        signal,
      )
      for await (const step of steps) {
        if (signal.aborted) throw new AppError('cancelled')
        show('begin' in step ? { now: step.begin } : { findings: [...seen.findings, step] })
      }
    } catch (error) {
      if (!isAppError(error, 'cancelled')) throw error
      show({ cancelled: true })
    }
    const report = parts.mask(reportText(seen, { system: connection.system, version: parts.version }))
    show({ now: null, report })
    return seen
  }

  return {
    async examine(id, tell) {
      const connection = await found(id)
      running.get(id)?.abort()
      const controller = new AbortController()
      running.set(id, controller)
      try {
        const diagnosis = await follow(connection, tell, controller.signal)
        const findings = diagnosis.findings.map(
          ({ step, result, outcome }) => `${step}: ${result}, ${outcome}`,
        )
        log.write('info', 'doctor.done', { connection: id, cancelled: diagnosis.cancelled, findings })
        await diagnoses.save(diagnosis)
        return diagnosis
      } finally {
        if (running.get(id) === controller) running.delete(id)
      }
    },
    async stop(id) {
      running.get(id)?.abort()
    },
    last: id => diagnoses.last(id),
    async report(id): Promise<Exported> {
      const last = await diagnoses.last(id)
      if (!last?.report) throw new AppError('not-found')
      const text = last.report
      return {
        name: `network-doctor-${last.host.replace(/[^\w.-]/g, '-')}.txt`,
        bytes: async () => Buffer.from(text),
      }
    },
  }
}
