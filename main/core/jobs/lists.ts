import type { Definition } from '../definitions/types.ts'
import { AppError } from '../errors.ts'
import { type ConnectionId, type JobId, jobId } from '../ids.ts'
import type { Capabilities, JobList } from '../systems/system.ts'
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
  /** The same without waiting for its turn: for a start, which is rare, and which a person waits for. */
  askAtOnce(definition: Definition): Promise<JobList>
  /** The same where its turn is now; null, without a request, where it was asked for a moment ago. */
  askIfDue(definition: Definition): Promise<JobList | null>
  /** The system knows the definition no more: as a list that shows nothing. */
  noneLeft(definition: Definition): Promise<void>
  capabilitiesOf(connection: ConnectionId): Promise<Capabilities>
}

/** A simulator on this very computer need not be spared, and whoever practises is looking on. */
const practiceFloor = seconds(1)

/**
 * Asks systems for their job lists: one request at a time for each connection, never more often than the system
 * allows (over all processes of the profile), and whatever a list says goes into the journal before anybody acts on it.
 */
export function createLists(world: JobsWorld): Lists {
  const { asks, clock, connections, jobs, sessions, stopping } = world
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
    const capabilities = world.capabilities(connection.system)
    return connection.mark === 'practice' ? { ...capabilities, pollFloor: practiceFloor } : capabilities
  }

  async function fetch(definition: Definition, capabilities: Capabilities): Promise<JobList> {
    const answer = await sessions.with(definition.connectionId, (session, system) =>
      system.jobs(session, definition.remoteId),
    )
    const jobs = [...new Map(answer.jobs.map(remote => [remote.id, remote])).values()]
    const list = { ...answer, jobs }
    await merge(definition, capabilities, list)
    return list
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
      countMissed(known, list, counted)
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
    await asks.answered(definition.id, clock.now())
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
  const askNow = (definition: Definition): Promise<{ list: JobList } | { turn: Instant }> =>
    inTurn(definition.connectionId, async () => {
      const capabilities = await capabilitiesOf(definition.connectionId)
      const turn = await asks.claim(definition.id, clock.now(), capabilities.pollFloor)
      return turn === null ? { list: await fetch(definition, capabilities) } : { turn }
    })

  return {
    capabilitiesOf,
    async noneLeft(definition) {
      await merge(definition, await capabilitiesOf(definition.connectionId), { jobs: [], nameless: [] })
    },
    async ask(definition) {
      for (;;) {
        const answer = await askNow(definition)
        if ('list' in answer) return answer.list
        await waitUntil(clock, answer.turn, stopping)
      }
    },
    askAtOnce: definition =>
      inTurn(definition.connectionId, async () => {
        await asks.claim(definition.id, clock.now(), 0)
        return fetch(definition, await capabilitiesOf(definition.connectionId))
      }),
    async askIfDue(definition) {
      const answer = await askNow(definition)
      return 'list' in answer ? answer.list : null
    },
  }
}
