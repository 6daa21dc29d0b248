import { AppError } from '../../main/core/errors.ts'
import { type RemoteId, remoteId } from '../../main/core/ids.ts'
import type { Clock } from '../../main/core/ports.ts'
import type {
  Capabilities,
  JobList,
  RemoteDefinition,
  RemoteJob,
  System,
} from '../../main/core/systems/system.ts'
import { type Instant, isoOf, type SystemTime, seconds } from '../../main/core/time.ts'
import type { JobStatus } from '../../preload/contract/words.ts'

/** What a call does once instead of its usual answer. `usual` is that answer, with all it does at the system. */
type Twist<T> = (usual: () => T) => T | Promise<T>

export type FakeSystem = System & {
  readonly capabilities: Capabilities
  /**
   * Every call that reached the system, in order: `jobs SAE`, `start SAE`, … Where it lists by connection: `jobs *` for
   * the complete list, `jobs R1 R2` for those whose turn it is.
   */
  readonly calls: readonly string[]
  /** How often the system really started a job. */
  starts(): number
  /** The jobs as the system has them, newest first. */
  list(definition: string): readonly RemoteJob[]
  /** The system has these definitions; calls for any other are a fault of the test. */
  define(...definitions: readonly RemoteDefinition[]): void
  /** It lists this one no more. */
  undefine(definition: RemoteId): void
  /** Somebody starts a job on the administration page. */
  startElsewhere(definition: string, patch?: Partial<RemoteJob>): RemoteJob
  /** The job goes on. */
  set(job: RemoteId, status: JobStatus, patch?: Partial<RemoteJob>): void
  forget(job: RemoteId): void
  /** The next call of this kind does this instead; one after the other. */
  nextStart(twist: Twist<RemoteJob>): void
  nextJobs(twist: Twist<readonly RemoteJob[]>): void
  /** Every list of this definition (`*`: of the connection) fails so, until null takes it back. */
  failList(definition: string, error: Error | null): void
  /** Whatever was still to come by `next…` does not. */
  calm(): void
}

export const systemTime = (at: Instant): SystemTime => ({ raw: isoOf(at), at, zoneAssumed: false })

const usualCapabilities: Capabilities = {
  definitions: 'server',
  listOf: 'definition',
  cancelJob: false,
  listTellsStarts: true,
  jobListLimit: 100,
  pollFloor: seconds(5),
  filesLiveFor: () => null,
  filesInFolders: false,
  takesOnlyNew: false,
  keepAliveEvery: null,
  authKinds: ['refresh-token'],
}

/** A system in memory: strict as the real one, and stricter, for it does not answer what a test did not foresee. */
export function fakeSystem(
  clock: Clock,
  capabilities: Partial<Capabilities> = {},
  /** Whether it starts a second job beside a running one, instead of refusing it as Concur does. */
  severalAtOnce = false,
): FakeSystem {
  const able = { ...usualCapabilities, ...capabilities }
  const definitions = new Map<string, RemoteDefinition>()
  const jobs = new Map<string, readonly RemoteJob[]>()
  const calls: string[] = []
  const startTwists: Twist<RemoteJob>[] = []
  const listTwists: Twist<readonly RemoteJob[]>[] = []
  const failing = new Map<string, Error>()
  let started = 0
  let numbered = 0

  const unexpected = (what: string): never => {
    throw new Error(`Unexpected call of the fake system: ${what}`)
  }
  const listOf = (definition: string): readonly RemoteJob[] =>
    jobs.get(definition) ?? unexpected(`the list of ${definition}`)

  function create(definition: string, patch: Partial<RemoteJob>): RemoteJob {
    const job: RemoteJob = {
      id: remoteId(`R${++numbered}`),
      status: 'queued',
      rawStatus: 'Queued',
      startedAt: systemTime(clock.now()),
      endedAt: null,
      hasFiles: false,
      raw: {},
      ...patch,
    }
    jobs.set(definition, [job, ...listOf(definition)])
    return job
  }

  function set(id: RemoteId, status: JobStatus, patch: Partial<RemoteJob> = {}): void {
    for (const [definition, list] of jobs) {
      jobs.set(
        definition,
        list.map(job => (job.id === id ? { ...job, status, rawStatus: wordOf(status), ...patch } : job)),
      )
    }
  }

  const everything = (): readonly RemoteJob[] =>
    [...jobs.values()].flat().sort((a, b) => (b.startedAt?.at ?? 0) - (a.startedAt?.at ?? 0))

  /** A list of the connection; whose a job is, is told where the list tells of lost starts. */
  async function wholeList(due: readonly RemoteId[], complete: boolean): Promise<JobList> {
    calls.push(`jobs ${complete ? '*' : due.join(' ')}`)
    const failure = failing.get('*')
    if (failure) throw failure
    const usual = () => everything().filter(({ id }) => complete || due.includes(id))
    const listed = (await listTwists.shift()?.(usual)) ?? usual()
    const ownerOf = ({ id }: RemoteJob) =>
      [...definitions.values()].find(one => listOf(one.id).some(job => job.id === id))?.id ?? null
    return {
      jobs: listed.map(job => ({ ...job, target: able.listTellsStarts ? ownerOf(job) : null })),
      nameless: [],
      complete,
    }
  }

  function startUsually(definition: string): RemoteJob {
    const running = listOf(definition).some(job => !ended.includes(job.status))
    if (running && !severalAtOnce) throw new AppError('already-running')
    started += 1
    return create(definition, {})
  }

  return {
    name: 'concur',
    capabilities: able,
    calls,
    starts: () => started,
    list: listOf,
    define(...all) {
      for (const definition of all) {
        definitions.set(definition.id, definition)
        if (!jobs.has(definition.id)) jobs.set(definition.id, [])
      }
    },
    undefine: definition => void definitions.delete(definition),
    startElsewhere: (definition, patch = {}) => create(definition, patch),
    set,
    forget(id) {
      for (const [definition, list] of jobs)
        jobs.set(
          definition,
          list.filter(job => job.id !== id),
        )
    },
    nextStart: twist => void startTwists.push(twist),
    nextJobs: twist => void listTwists.push(twist),
    failList(definition, error) {
      if (error) failing.set(definition, error)
      else failing.delete(definition)
    },
    calm() {
      startTwists.length = 0
      listTwists.length = 0
    },
    signIn: async () => unexpected('signIn'),
    trust: () => unexpected('trust'),
    async definitions() {
      calls.push('definitions')
      return [...definitions.values()]
    },
    async definition(_session, id) {
      calls.push(`definition ${id}`)
      const found = definitions.get(id)
      if (!found) throw new AppError('not-found')
      return found
    },
    probe: async () => unexpected('probe'),
    doorstep: () => unexpected('doorstep'),
    signOut: null,
    keepAlive: null,
    readRequest: () => unexpected('readRequest'),
    requestOf: () => unexpected('requestOf'),
    periodOf: () => null,
    mayStart: () => true,
    asksAlike: ({ request }, { raw }) => raw.asked === undefined || raw.asked === request?.asks,
    async cancel(_session, _target, id) {
      if (!able.cancelJob) throw new AppError('not-supported')
      calls.push(`cancel ${id}`)
      const job = everything().find(one => one.id === id)
      if (!job) throw new AppError('not-found')
      set(id, 'cancelled')
    },
    async jobs(_session, { targets, open, due, complete }) {
      if (able.listOf === 'connection') return wholeList(due ?? open, complete)
      const definition = targets[0]?.id ?? unexpected('a list of nothing')
      calls.push(`jobs ${definition}`)
      const failure = failing.get(definition)
      if (failure) throw failure
      const usual = () => listOf(definition)
      const listed = (await listTwists.shift()?.(usual)) ?? usual()
      return { jobs: listed.map(job => ({ ...job, target: definition })), nameless: [], complete: true }
    },
    async job(_session, { id: definition }, id) {
      calls.push(`job ${id}`)
      const all = able.listOf === 'connection' ? everything() : listOf(definition)
      const found = all.find(job => job.id === id)
      if (!found) throw new AppError('not-found')
      return found
    },
    async start(session, { id: definition }) {
      calls.push(`start ${definition}`)
      await session.http.send({
        method: 'POST',
        url: `https://fake.example/${definition}/job`,
        headers: {},
        answerWithin: seconds(60),
        stallAfter: seconds(30),
      })
      const usual = () => startUsually(definition)
      return startTwists.shift()?.(usual) ?? usual()
    },
    files: async () => unexpected('files'),
    open: async () => unexpected('open'),
  }
}

const ended: readonly JobStatus[] = ['completed', 'failed', 'cancelled']
const wordOf = (status: JobStatus): string => `${status.charAt(0).toUpperCase()}${status.slice(1)}`

/** The system did it, and the answer was lost on its way. */
export const lostAfter =
  <T>(error = new AppError('connection-cut', { facts: { sent: true } })): Twist<T> =>
  usual => {
    usual()
    throw error
  }
/** The request never came to the system, but nobody can know that. */
export const lostBefore =
  (error = new AppError('timed-out', { facts: { sent: true } })) =>
  (): never => {
    throw error
  }
