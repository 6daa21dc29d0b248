import type { DefinitionView, Destination, ReceiptSummary } from '../../../preload/contract/types.ts'
import type { Sessions } from '../connections/types.ts'
import type { DefinitionsService } from '../desk.ts'
import { AppError, errorView } from '../errors.ts'
import type { Events } from '../events.ts'
import { type ConnectionId, type DefinitionId, definitionId } from '../ids.ts'
import { advance } from '../jobs/job.ts'
import type { JobViews } from '../jobs/job-view.ts'
import type { Lists } from '../jobs/lists.ts'
import { watchedBy } from '../jobs/merge.ts'
import { saveJobs, untilUnchanged } from '../jobs/save.ts'
import type { AsksRepository, Job, JobsRepository } from '../jobs/types.ts'
import { changedKept, type KeptParts, keptDefinition, refuseUnkept, restoredKept } from './kept.ts'
import { refreshed } from './refresh.ts'
import { targetOf } from './target.ts'
import type { Definition } from './types.ts'

export type DefinitionsParts = KeptParts & {
  readonly jobs: JobsRepository
  readonly asks: AsksRepository
  readonly sessions: Sessions
  readonly events: Pick<Events, 'publish'>
  readonly lists: Lists
  readonly views: JobViews
  readonly lastReceipt: (definition: DefinitionId) => Promise<ReceiptSummary | null>
  readonly onEnded: (job: Job) => void
  /** Throws where nothing could be delivered there now. */
  readonly checkDestination: (destination: Destination) => Promise<void>
}

/** How many jobs of a definition its page shows; the history has them all. */
const jobsShown = 500

export function createDefinitionsService(parts: DefinitionsParts): DefinitionsService {
  const { definitions, jobs, sessions, events } = parts
  let last: Promise<unknown> = Promise.resolve()

  /** One change after the other: a refresh must not write back a destination that was saved meanwhile. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work)
    last = result.catch(() => {})
    return result
  }

  async function definitionOf(id: DefinitionId): Promise<Definition> {
    const definition = await definitions.find(id)
    if (definition === null) throw new AppError('not-found', { facts: { what: 'definition' } })
    return definition
  }

  async function view(definition: Definition): Promise<DefinitionView> {
    const connection = await parts.connections.find(definition.connectionId)
    const [lastJob] = await parts.views(await jobs.ofDefinition(definition.id, 1))
    return {
      id: definition.id,
      connectionId: definition.connectionId,
      remoteId: definition.remoteId,
      name: definition.name,
      kind: definition.kind,
      request: definition.request,
      starts:
        definition.kind !== 'others' &&
        connection !== null &&
        parts.system(connection.system).mayStart(targetOf(definition)),
      removed: definition.removed,
      destination: definition.destination,
      watch: definition.watch,
      favourite: definition.favourite,
      jobsRead: (await parts.asks.of(definition.id))?.answeredAt != null,
      lastJob: lastJob ?? null,
      lastReceipt: await parts.lastReceipt(definition.id),
    }
  }
  const viewsOf = (all: readonly Definition[]): Promise<readonly DefinitionView[]> =>
    Promise.all(all.map(view))

  function change(id: DefinitionId, patch: Partial<Definition>): Promise<Definition> {
    return inOrder(async () => {
      const changed = { ...(await definitionOf(id)), ...patch }
      await definitions.save([changed])
      return changed
    })
  }

  /** What runs now was started before anybody watched; its files are wanted all the same. */
  async function wantOpen(definition: Definition): Promise<void> {
    const wanted = { by: watchedBy, destination: definition.destination }
    await untilUnchanged(async () => {
      const open = (await jobs.openOf(definition.id)).filter(job => job.wanted === null)
      const changes = open.map(job => ({
        job: advance(job, { kind: 'wanted', wanted }),
        from: job.state,
        why: 'the definition is watched now',
      }))
      await saveJobs(parts, changes)
    })
  }

  async function saved(definition: Definition): Promise<DefinitionView> {
    await definitions.save([definition])
    events.publish({ kind: 'definitions-changed' })
    return view(definition)
  }

  return {
    list: async () => viewsOf(await definitions.all()),
    add: (id, wanted) =>
      inOrder(async () => {
        const made = await keptDefinition(parts, id, wanted)
        return saved(made)
      }),
    change: (id, wanted) =>
      inOrder(async () => saved(await changedKept(parts, await definitionOf(id), wanted))),
    remove: id =>
      inOrder(async () => {
        const definition = await definitionOf(id)
        refuseUnkept(definition)
        await saved({ ...definition, removed: true, watch: false })
      }),
    restore: id => inOrder(async () => saved(await restoredKept(parts, await definitionOf(id)))),
    favourite: (id, on) => inOrder(async () => saved({ ...(await definitionOf(id)), favourite: on })),
    async refresh(id: ConnectionId) {
      const remote = await sessions.with(id, (session, system) => system.definitions(session))
      await inOrder(async () => {
        const newId = () => definitionId(parts.ids.next('definition'))
        await definitions.save(refreshed(id, await definitions.ofConnection(id), remote, newId))
      })
      events.publish({ kind: 'definitions-changed' })
      return viewsOf(await definitions.ofConnection(id))
    },
    async jobs(id) {
      const definition = await definitionOf(id)
      const stale = await parts.lists.askIfDue(definition).then(() => null, errorView)
      return { jobs: await parts.views(await jobs.ofDefinition(id, jobsShown)), stale }
    },
    async saveDestination(id, destination) {
      await parts.checkDestination(destination)
      const definition = await change(id, { destination })
      events.publish({ kind: 'definitions-changed' })
      return view(definition)
    },
    async watch(id, on) {
      const definition = await change(id, { watch: on })
      if (on) {
        // What ended before somebody watched is old, not news.
        await parts.asks.forget(id)
        await wantOpen(definition)
      }
      events.publish({ kind: 'definitions-changed' })
      return view(definition)
    },
  }
}
