import type { DeliveryChecks } from '../../main/core/checks/types.ts'
import type { Definition } from '../../main/core/definitions/types.ts'
import { createDeliveries } from '../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../main/core/deliveries/deliveries-service.ts'
import type { Files } from '../../main/core/deliveries/files.ts'
import { type MeteredRule, neverWaits } from '../../main/core/deliveries/metered.ts'
import { createDeliveryViews } from '../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../main/core/deliveries/world.ts'
import { AppError } from '../../main/core/errors.ts'
import { createEvents, type DeskEvent } from '../../main/core/events.ts'
import { type JobId, jobId, remoteId } from '../../main/core/ids.ts'
import type { Job } from '../../main/core/jobs/types.ts'
import type { Clock, HttpAnswer } from '../../main/core/ports.ts'
import type { Range, RemoteFile, System } from '../../main/core/systems/system.ts'
import { addMillis, minutes, seconds } from '../../main/core/time.ts'
import { createFileWork } from '../../main/worker/file-work.ts'
import type { Destination, JobView } from '../../preload/contract/types.ts'
import { countingIds } from './counting-ids.ts'
import { fakeStart } from './fake-clock.ts'
import { fakeSystem, systemTime } from './fake-system.ts'
import { aDestination, fakeSession } from './jobs-world.ts'
import { aConnection, memoryConnections } from './memory-connections.ts'
import { aDefinition, memoryDefinitions } from './memory-definitions.ts'
import {
  type MemoryDeliveries,
  type MemoryReceipts,
  memoryDeliveries,
  memoryReceipts,
} from './memory-deliveries.ts'
import { type MemoryFiles, memoryFiles } from './memory-files.ts'
import { type MemoryJobs, memoryJobs } from './memory-jobs.ts'
import { memoryLeases } from './memory-leases.ts'
import { memoryLog } from './memory-log.ts'
import { noChecks } from './no-checks.ts'

/** One file as a server sends it. */
export type Served = {
  readonly body: Buffer | string
  readonly headers?: Readonly<Record<string, string>>
  /** The connection is cut after so many bytes, once. */
  readonly cutAfter?: number
  /** Answers to a range with status 206. */
  readonly ranges?: boolean
}

export type FileServer = {
  /** What the job's files are; one is what Concur has. */
  files: readonly Served[]
  /** What is thrown instead of an answer, one after the other. */
  readonly refusals: AppError[]
  /** `from` of every range that was asked for, null where none was. */
  readonly asked: (Range | null)[]
}

const csv = { 'content-type': 'text/csv' } as const
export const served = (body: Buffer | string, headers: Readonly<Record<string, string>> = csv): Served => ({
  body,
  headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
})
export const servedZip = (archive: Buffer, name = 'extract.zip'): Served =>
  served(archive, {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
  })

/** The fake system, with files. */
export function systemWithFiles(clock: Clock, server: FileServer): System {
  const system = fakeSystem(clock)
  const remoteFiles = (): readonly RemoteFile[] =>
    server.files.map((_, index) => ({ id: `file-${index}`, name: null }))
  return {
    ...system,
    job: async (_session, _definition, id) => ({
      id,
      status: 'completed',
      rawStatus: 'Completed',
      startedAt: systemTime(fakeStart),
      endedAt: systemTime(addMillis(fakeStart, minutes(1))),
      hasFiles: server.files.length > 0,
      raw: {},
    }),
    files: async () => ({ files: remoteFiles(), missing: [] }),
    async open(session, _definition, _job, file, range): Promise<HttpAnswer> {
      const refusal = server.refusals.shift()
      if (refusal) throw refusal
      server.asked.push(range)
      await session.http.send({
        method: 'GET',
        url: `${session.origin}/${file.id}`,
        headers: range ? { range: `bytes=${range.from}-` } : {},
        answerWithin: seconds(60),
        stallAfter: seconds(30),
      })
      const index = Number(file.id.slice('file-'.length))
      const one = server.files[index]
      if (!one) throw new AppError('file-gone')
      const whole = Buffer.from(one.body)
      const from = range && one.ranges ? range.from : 0
      const { cutAfter } = one
      if (cutAfter !== undefined) {
        const { cutAfter: _, ...mended } = one
        server.files = server.files.map((file, at) => (at === index ? mended : file))
      }
      const part = whole.subarray(from)
      return {
        status: from > 0 ? 206 : 200,
        headers: {
          ...one.headers,
          ...(from > 0
            ? {
                'content-length': String(part.length),
                'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`,
              }
            : {}),
        },
        body: pieces(part, cutAfter),
      }
    },
  }
}

async function* pieces(bytes: Buffer, cutAfter?: number): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, Math.ceil(bytes.length / 3))
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    if (cutAfter !== undefined && at + piece.length > cutAfter) {
      if (cutAfter > at) yield piece.subarray(0, cutAfter - at)
      throw new AppError('connection-cut', { facts: { received: cutAfter } })
    }
    yield piece
  }
}

/** Time that passes by itself: whatever waits for the clock goes on at once. */
export function hastyClock(): Clock {
  let now = fakeStart
  return {
    now: () => now,
    wake(at, run) {
      let cancelled = false
      setImmediate(() => {
        if (cancelled) return
        if (at > now) now = at
        run()
      })
      return () => {
        cancelled = true
      }
    },
  }
}

export function completedJob(patch: Partial<Job> = {}): Job {
  const definition = aDefinition()
  return {
    id: jobId('job-a'),
    connectionId: definition.connectionId,
    definitionId: definition.id,
    remoteId: remoteId('gJ$12abc'),
    state: 'completed',
    rawStatus: 'Completed',
    origin: 'here',
    startedBy: 'erika',
    knownAt: fakeStart,
    sentAt: fakeStart,
    listedBefore: [],
    startedAt: systemTime(fakeStart),
    endedAt: systemTime(addMillis(fakeStart, minutes(1))),
    endSeenAt: addMillis(fakeStart, minutes(1)),
    hasFiles: true,
    listed: true,
    wanted: null,
    nextAskAt: null,
    error: null,
    raw: {},
    rev: 0,
    ...patch,
  }
}

export type DeliveriesSetting = {
  readonly clock: Clock
  readonly destination?: Partial<Destination>
  readonly definition?: Partial<Definition>
  readonly files?: MemoryFiles
  /** What stands between the deliveries and their files. */
  readonly through?: (files: Files) => Files
  readonly job?: Partial<Job> | null
  readonly paused?: () => boolean
  readonly metered?: MeteredRule
  readonly checks?: DeliveryChecks
}

export type DeliveriesAround = {
  readonly jobs: MemoryJobs
  readonly deliveries: MemoryDeliveries
  readonly receipts: MemoryReceipts
  readonly files: MemoryFiles
  readonly server: FileServer
  readonly published: DeskEvent[]
  readonly world: DeliveriesWorld
}

/** The deliveries' room with everything around it in memory; `/srv/erp/in` is the destination. */
export async function deliveriesWorld(setting: DeliveriesSetting): Promise<DeliveriesAround> {
  const { clock } = setting
  const deliveries = memoryDeliveries()
  const receipts = memoryReceipts()
  const files = setting.files ?? memoryFiles()
  files.folder('/srv/erp/in')
  const seen = setting.through ? setting.through(files) : files
  const jobs = memoryJobs(job => deliveries.rows().some(row => row.jobId === job.id))
  if (setting.job !== null) await jobs.save([{ job: completedJob(setting.job), from: null, why: 'test' }])
  const server: FileServer = { files: [], refusals: [], asked: [] }
  const events = createEvents(error => {
    throw error
  })
  const published: DeskEvent[] = []
  events.subscribe(event => void published.push(event))
  const destination: Destination = { ...aDestination, ...setting.destination }
  const world: DeliveriesWorld = {
    deliveries,
    receipts,
    checks: setting.checks ?? noChecks,
    jobs,
    definitions: memoryDefinitions(aDefinition({ destination, ...setting.definition })),
    connections: memoryConnections(aConnection()),
    sessions: { with: (_id, work) => work(fakeSession, systemWithFiles(clock, server)) },
    leases: memoryLeases(new Map(), clock),
    files: seen,
    work: createFileWork(seen),
    views: createDeliveryViews(deliveries),
    clock,
    ids: countingIds(),
    events,
    log: memoryLog(),
    mask: text => text,
    paused: async () => setting.paused?.() ?? false,
    profileId: 'p1',
    appVersion: '0.1.0',
    keep: async () => ({ replaced: 0, refused: 0 }),
    archiveFactor: async () => 1,
    metered: setting.metered ?? neverWaits,
    want: async (id: JobId, wanted) => {
      const job = await jobs.find(id)
      if (job) await jobs.save([{ job: { ...job, wanted }, from: job.state, why: 'wanted' }])
    },
    viewJob: async id =>
      // Of a job's view only the delivery is looked at here.
      ({ id, delivery: await createDeliveryViews(deliveries).deliveryOf(id) }) as unknown as JobView,
  }
  return { jobs, deliveries, receipts, files, server, published, world }
}

/** The room at work, as compose.ts puts it together. */
export function deliveriesRoom({ world }: Pick<DeliveriesAround, 'world'>) {
  const runner = createDeliveries(world)
  return { runner, service: createDeliveriesService(world, runner) }
}
