import { othersOf } from '../definitions/others.ts'
import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import { AppError } from '../errors.ts'
import { type ConnectionId, type DefinitionId, type JobId, jobId, type RemoteId } from '../ids.ts'
import type { Capabilities, JobList, ListQuestion } from '../systems/system.ts'
import { type Instant, seconds } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { stages } from './job.ts'
import { mergeList } from './merge.ts'
import { type DefinitionList, type Part, partsOf, wholePart } from './parts.ts'
import { isDue, skewOf } from './poll-policy.ts'
import { saveJobs, untilUnchanged } from './save.ts'
import type { Asking, Job } from './types.ts'
import type { JobsWorld } from './world.ts'

export interface Lists {
  /** The definition's list as the system shows it now, merged into the journal. Waits for its turn (pollFloor). */
  ask(definition: Definition): Promise<DefinitionList>
  /** What has become of the jobs that are due, and are known by their ids. In its turn too; new jobs may be missing. */
  glance(definition: Definition): Promise<void>
  /** When its last complete list came, to any process; null: never, or what came does not count any more. */
  lastComplete(definition: Definition): Promise<Instant | null>
  /** The definition's list without waiting for its turn: for a start, which is rare, and which a person waits for. */
  askAtOnce(definition: Definition): Promise<DefinitionList>
  /** The same where its turn is now; null, without a request, where it was asked for a moment ago. */
  askIfDue(definition: Definition): Promise<DefinitionList | null>
  /** The system knows the definition no more: as a list that shows nothing. */
  noneLeft(definition: Definition): Promise<void>
  /** Asks the system something else, with no list of this connection in flight beside it. */
  inTurn<T>(connection: ConnectionId, work: () => Promise<T>): Promise<T>
  capabilitiesOf(connection: ConnectionId): Promise<Capabilities>
}

/** A simulator on this very computer need not be spared, and whoever practises is looking on. */
const practiceFloor = seconds(1)

/**
 * Asks systems for their job lists: one request at a time for each connection, never more often than the system
 * allows (over all processes of the profile), and whatever a list says goes into the journal before anybody acts on it.
 */
export function createLists(world: JobsWorld): Lists {
  const { asks, clock, connections, definitions, jobs, sessions, stopping } = world
  const queues = new Map<ConnectionId, Promise<unknown>>()
  const missed = new Map<JobId, number>()

  function inTurn<T>(id: ConnectionId, work: () => Promise<T>): Promise<T> {
    const before = queues.get(id) ?? Promise.resolve()
    const result = before.then(work, work)
    queues.set(
      id,
      result.catch(() => {}),
    )
    return result
  }

  async function capabilitiesOf(id: ConnectionId): Promise<Capabilities> {
    const connection = await connections.find(id)
    if (connection === null) throw new AppError('not-found', { facts: { what: 'connection' } })
    const { capabilities } = world.system(connection.system)
    return connection.mark === 'practice' ? { ...capabilities, pollFloor: practiceFloor } : capabilities
  }

  /** What the turns of a list are kept under: the definition, or the one that stands for the whole connection. */
  const keyOf = async (definition: Definition, { listOf }: Capabilities): Promise<DefinitionId> =>
    listOf === 'definition' ? definition.id : (await othersOf(world, definition.connectionId)).id

  async function fetch(
    definition: Definition,
    capabilities: Capabilities,
    complete: boolean,
  ): Promise<DefinitionList> {
    const { connectionId } = definition
    const key = await keyOf(definition, capabilities)
    const ofConnection = capabilities.listOf === 'connection'
    const all = ofConnection ? await definitions.ofConnection(connectionId) : [definition]
    const asked = clock.now()
    const question = await questionOf(definition, capabilities, all, key, complete, asked)
    const given = await sessions.with(connectionId, (session, system) => system.jobs(session, question))
    const answer = { ...given, jobs: [...new Map(given.jobs.map(remote => [remote.id, remote])).values()] }
    const parts = ofConnection
      ? partsOf(answer, all, await jobs.definitionsOf(connectionId, idsOf(answer)))
      : [wholePart(definition, answer)]
    const due = new Set(question.due?.flatMap(id => question.owners?.get(id) ?? []))
    // A list of some jobs says nothing of the definitions whose jobs it was not asked about.
    await mergeAll(
      parts.filter(part => answer.complete || part.list.jobs.length > 0 || due.has(part.definition.remoteId)),
      capabilities,
      asked,
    )
    const own = parts.find(part => part.definition.id === definition.id)
    return own?.list ?? { ...answer, jobs: [], unplaced: [] }
  }

  async function questionOf(
    { connectionId, id }: Definition,
    { listOf, pollFloor }: Capabilities,
    all: readonly Definition[],
    key: DefinitionId,
    complete: boolean,
    now: Instant,
  ): Promise<ListQuestion> {
    const asking = (await jobs.asking(connectionId)).filter(
      job => listOf === 'connection' || job.definitionId === id,
    )
    return {
      targets: all.filter(({ kind, removed }) => kind !== 'others' && !removed).map(targetOf),
      open: asking.flatMap(remoteIdOf),
      due: asking.filter(job => isDue(job, now, pollFloor)).flatMap(remoteIdOf),
      owners: ownersIn(asking, all),
      since: (await asks.of(key))?.answeredAt ?? null,
      complete,
    }
  }

  async function mergeAll(parts: readonly Part[], capabilities: Capabilities, asked: Instant): Promise<void> {
    for (const part of parts) await merge(part, capabilities, asked)
    // After the merge: a process that ends in between takes the next list for the first one, and wants nothing old.
    const whole = parts.filter(({ list }) => list.complete).map(({ definition }) => definition.id)
    await asks.answered(whole, clock.now())
  }

  async function merge(
    { definition, list }: Part,
    capabilities: Capabilities,
    asked: Instant,
  ): Promise<void> {
    const counted = new Set<JobId>()
    await untilUnchanged(async () => {
      const known = await jobs.concerned(definition.id, idsOf(list))
      if (list.complete) countMissed(known, list, counted)
      const ids = new Set(known.map(({ remoteId }) => remoteId))
      // One list of a connection speaks of all its definitions, and has news of few.
      const hasNew = list.jobs.some(remote => !ids.has(remote.id))
      const isAsked = hasNew || known.some(job => job.nextAskAt !== null)
      const usual = isAsked ? await jobs.usualMs(definition.id) : null
      const last = hasNew ? await asks.of(definition.id) : null
      const changes = mergeList({
        definition,
        capabilities,
        list,
        known,
        seenBefore: last !== null && last.answeredAt !== null,
        missedIn: id => missed.get(id) ?? 0,
        usual,
        skew: skewOf(definition.connectionId),
        now: clock.now(),
        asked,
        newId: () => jobId(world.ids.next('job')),
      })
      await saveJobs(world, changes)
      for (const { job } of changes) if (stages[job.state] !== 'open') missed.delete(job.id)
    })
  }

  /** Each list counts once for each job, however often the merge was tried. */
  function countMissed(known: readonly Job[], list: JobList, counted: Set<JobId>): void {
    const listed = new Set<string>(idsOf(list))
    for (const job of known) {
      if (job.remoteId === null || counted.has(job.id)) continue
      counted.add(job.id)
      if (listed.has(job.remoteId) || stages[job.state] !== 'open') missed.delete(job.id)
      else missed.set(job.id, (missed.get(job.id) ?? 0) + 1)
    }
  }

  /** The list, or when the turn to ask for it is. Claimed inside the queue: what waits there has not asked yet. */
  const askNow = (
    definition: Definition,
    complete: boolean,
  ): Promise<{ list: DefinitionList } | { turn: Instant }> =>
    inTurn(definition.connectionId, async () => {
      const capabilities = await capabilitiesOf(definition.connectionId)
      const key = await keyOf(definition, capabilities)
      const turn = await asks.claim(key, clock.now(), capabilities.pollFloor)
      return turn === null ? { list: await fetch(definition, capabilities, complete) } : { turn }
    })

  async function inItsTurn(definition: Definition, complete: boolean): Promise<DefinitionList> {
    for (;;) {
      const answer = await askNow(definition, complete)
      if ('list' in answer) return answer.list
      await waitUntil(clock, answer.turn, stopping)
    }
  }

  return {
    inTurn,
    capabilitiesOf,
    lastComplete: async ({ id }) => (await asks.of(id))?.answeredAt ?? null,
    async noneLeft(definition) {
      const none: JobList = { jobs: [], nameless: [], complete: true }
      const capabilities = await capabilitiesOf(definition.connectionId)
      await mergeAll([wholePart(definition, none)], capabilities, clock.now())
    },
    ask: definition => inItsTurn(definition, true),
    glance: async definition => void (await inItsTurn(definition, false)),
    askAtOnce: definition =>
      inTurn(definition.connectionId, async () => {
        const capabilities = await capabilitiesOf(definition.connectionId)
        await asks.claim(await keyOf(definition, capabilities), clock.now(), 0)
        return fetch(definition, capabilities, true)
      }),
    async askIfDue(definition) {
      const answer = await askNow(definition, true)
      return 'list' in answer ? answer.list : null
    },
  }
}

const idsOf = ({ jobs }: JobList) => jobs.map(remote => remote.id)
/** Which target the journal has a job under. */
const ownersIn = (jobs: readonly Asking[], all: readonly Definition[]): ReadonlyMap<RemoteId, RemoteId> =>
  new Map(
    jobs.flatMap(job => {
      const owner = all.find(definition => definition.id === job.definitionId)
      return job.remoteId && owner ? [[job.remoteId, owner.remoteId] as const] : []
    }),
  )
const remoteIdOf = ({ remoteId }: Pick<Job, 'remoteId'>) => remoteId ?? []
