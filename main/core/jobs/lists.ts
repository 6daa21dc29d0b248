import { othersOf } from '../definitions/others.ts'
import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import { AppError } from '../errors.ts'
import { type ConnectionId, type DefinitionId, type JobId, jobId } from '../ids.ts'
import type { Capabilities, JobList, ListedJob, ListQuestion } from '../systems/system.ts'
import { type Instant, seconds } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { stages } from './job.ts'
import { mergeList } from './merge.ts'
import { skewOf } from './poll-policy.ts'
import { saveJobs, untilUnchanged } from './save.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

export interface Lists {
  /** The definition's list as the system shows it now, merged into the journal. Waits for its turn (pollFloor). */
  ask(definition: Definition): Promise<JobList>
  /** What has become of the jobs that the journal waits for. In its turn too; jobs that are new may not be in it. */
  glance(definition: Definition): Promise<void>
  /** When it was last asked for, by any process; null: never. */
  lastAsked(definition: Definition): Promise<Instant | null>
  /** The definition's list without waiting for its turn: for a start, which is rare, and which a person waits for. */
  askAtOnce(definition: Definition): Promise<JobList>
  /** The same where its turn is now; null, without a request, where it was asked for a moment ago. */
  askIfDue(definition: Definition): Promise<JobList | null>
  /** The system knows the definition no more: as a list that shows nothing. */
  noneLeft(definition: Definition): Promise<void>
  capabilitiesOf(connection: ConnectionId): Promise<Capabilities>
}

type Part = { readonly definition: Definition; readonly list: JobList }

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
  ): Promise<JobList> {
    const { connectionId } = definition
    const all =
      capabilities.listOf === 'connection' ? await definitions.ofConnection(connectionId) : [definition]
    const last = await asks.of(await keyOf(definition, capabilities))
    const waiting = (await jobs.asking()).filter(job => job.connectionId === connectionId)
    const question: ListQuestion = {
      targets: all.filter(({ kind, removed }) => kind !== 'others' && !removed).map(targetOf),
      open: waiting.flatMap(({ remoteId }) => remoteId ?? []),
      since: last?.answeredAt ?? null,
      complete,
    }
    const given = await sessions.with(connectionId, (session, system) => system.jobs(session, question))
    const answer = { ...given, jobs: [...new Map(given.jobs.map(remote => [remote.id, remote])).values()] }
    const parts =
      capabilities.listOf === 'connection'
        ? await partsOf(answer, connectionId, all)
        : [{ definition, list: answer }]
    for (const part of parts) await merge(part.definition, capabilities, part.list)
    return parts.find(part => part.definition.id === definition.id)?.list ?? { ...answer, jobs: [] }
  }

  /**
   * The jobs of a connection's list by their definitions: by what the journal has them under, else by what the system
   * can tell. What belongs to none and was not asked for is nobody's business here.
   */
  async function partsOf(
    answer: JobList,
    connectionId: ConnectionId,
    all: readonly Definition[],
  ): Promise<readonly Part[]> {
    const ids = answer.jobs.map(remote => remote.id)
    const places = await jobs.definitionsOf(connectionId, ids)
    const told = new Map(all.map(definition => [definition.remoteId, definition.id]))
    const placeOf = ({ id, target }: ListedJob) =>
      places.get(id) ?? (target === null ? undefined : told.get(target))
    return all.map(definition => ({
      definition,
      list: { ...answer, jobs: answer.jobs.filter(remote => placeOf(remote) === definition.id) },
    }))
  }

  async function merge(definition: Definition, capabilities: Capabilities, list: JobList): Promise<void> {
    const usual = await jobs.usualMs(definition.id)
    const last = await asks.of(definition.id)
    const counted = new Set<JobId>()
    await untilUnchanged(async () => {
      const known = await jobs.concerned(
        definition.id,
        list.jobs.map(remote => remote.id),
      )
      if (list.complete) countMissed(known, list, counted)
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
        newId: () => jobId(world.ids.next('job')),
      })
      await saveJobs(world, changes)
    })
    // After the merge: a process that ends in between takes the next list for the first one, and wants nothing old.
    if (list.complete) await asks.answered(definition.id, clock.now())
  }

  /** Each list counts once for each job, however often the merge was tried. */
  function countMissed(known: readonly Job[], list: JobList, counted: Set<JobId>): void {
    const listed = new Set<string>(list.jobs.map(remote => remote.id))
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
  ): Promise<{ list: JobList } | { turn: Instant }> =>
    inTurn(definition.connectionId, async () => {
      const capabilities = await capabilitiesOf(definition.connectionId)
      const key = await keyOf(definition, capabilities)
      const turn = await asks.claim(key, clock.now(), capabilities.pollFloor)
      return turn === null ? { list: await fetch(definition, capabilities, complete) } : { turn }
    })

  async function inItsTurn(definition: Definition, complete: boolean): Promise<JobList> {
    for (;;) {
      const answer = await askNow(definition, complete)
      if ('list' in answer) return answer.list
      await waitUntil(clock, answer.turn, stopping)
    }
  }

  return {
    capabilitiesOf,
    async lastAsked(definition) {
      const key = await keyOf(definition, await capabilitiesOf(definition.connectionId))
      return (await asks.of(key))?.askedAt ?? null
    },
    async noneLeft(definition) {
      const none: JobList = { jobs: [], nameless: [], complete: true }
      await merge(definition, await capabilitiesOf(definition.connectionId), none)
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
