import type { JobView, ListedJobView } from '../../../preload/contract/types.ts'
import { othersOf } from '../definitions/others.ts'
import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import type { JobsService } from '../desk.ts'
import { AppError, isAppError } from '../errors.ts'
import { type ConnectionId, jobId, type ReceiptId, remoteId } from '../ids.ts'
import type { ListedJob, RemoteJob } from '../systems/system.ts'
import { foundElsewhere, stages } from './job.ts'
import type { JobViews } from './job-view.ts'
import type { Lists } from './lists.ts'
import { observedChange, schedule } from './merge.ts'
import { skewOf } from './poll-policy.ts'
import { saveJob, saveJobs, untilUnchanged } from './save.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

export type RemoteJobsParts = {
  readonly views: JobViews
  /** The newest receipt of a job. */
  readonly receiptOf: (job: Job['id']) => Promise<ReceiptId | null>
}

/** Jobs as the system itself has them: its whole list, one by its id, and ending one. */
export function createRemoteJobs(
  world: JobsWorld,
  lists: Lists,
  { views, receiptOf }: RemoteJobsParts,
): Pick<JobsService, 'known' | 'listed' | 'track' | 'cancel' | 'requestOf'> {
  const { clock, connections, definitions, jobs, sessions } = world

  async function view(job: Job): Promise<JobView> {
    const [made] = await views([job])
    if (!made) throw new Error('A job without a view')
    return made
  }

  async function jobOf(id: Job['id']): Promise<Job> {
    const job = await jobs.find(id)
    if (job === null) throw new AppError('not-found', { facts: { what: 'job' } })
    return job
  }

  const ofConnection = async (id: ConnectionId): Promise<readonly Definition[]> =>
    (await definitions.ofConnection(id)).filter(({ kind, removed }) => kind !== 'others' && !removed)

  /** One list where the system has one for the whole connection, else one for each definition. */
  async function wholeList(id: ConnectionId): Promise<readonly ListedJob[]> {
    const targets = (await ofConnection(id)).map(targetOf)
    const { listOf } = await lists.capabilitiesOf(id)
    const questions = listOf === 'connection' ? [targets] : targets.map(target => [target])
    const answers: ListedJob[] = []
    for (const asked of questions) {
      const question = { targets: asked, open: [], since: null, complete: true }
      const { jobs: listed } = await lists.inTurn(id, () =>
        sessions.with(id, (session, system) => system.jobs(session, question)),
      )
      answers.push(...listed)
    }
    const startOf = (job: RemoteJob) => job.startedAt?.at ?? 0
    return answers.sort((a, b) => startOf(b) - startOf(a))
  }

  async function listedView(
    remote: ListedJob,
    all: readonly Definition[],
    places: Awaited<ReturnType<JobsWorld['jobs']['definitionsOf']>>,
  ): Promise<ListedJobView> {
    const definition =
      all.find(({ id }) => places.get(remote.id)?.includes(id)) ??
      all.find(one => one.remoteId === remote.target)
    const row = definition ? await jobs.byRemoteId(definition.id, remote.id) : null
    const { name } = remote.raw
    return {
      remoteId: remote.id,
      definitionId: definition && definition.kind !== 'others' ? definition.id : null,
      jobId: row?.id ?? null,
      name: typeof name === 'string' ? name : null,
      status: remote.status,
      rawStatus: remote.rawStatus,
      startedAt: remote.startedAt,
      endedAt: remote.endedAt,
      receiptId: row ? await receiptOf(row.id) : null,
      raw: remote.raw,
    }
  }

  /** The job at the system and the definition that it belongs to, asked for under each that it may belong to. */
  async function find(connection: ConnectionId, given: string) {
    const id = remoteId(given)
    const all = await definitions.ofConnection(connection)
    const [known] = (await jobs.definitionsOf(connection, [id])).get(id) ?? []
    const { listOf } = await lists.capabilitiesOf(connection)
    const others = listOf === 'connection' ? await othersOf(world, connection) : null
    const owner = all.find(definition => definition.id === known) ?? others
    for (const definition of owner ? [owner] : await ofConnection(connection)) {
      const remote = await lists
        .inTurn(connection, () =>
          sessions.with(connection, (session, system) => system.job(session, targetOf(definition), id)),
        )
        .catch((error: unknown) => {
          if (owner === null && isAppError(error, 'not-found')) return null
          throw error
        })
      if (remote) return { definition, remote }
    }
    throw new AppError('not-found', { facts: { what: 'job' } })
  }

  return {
    async known(connection, given) {
      const id = remoteId(given)
      const [definition] = (await jobs.definitionsOf(connection, [id])).get(id) ?? []
      const row = definition === undefined ? null : await jobs.byRemoteId(definition, id)
      return row && view(row)
    },

    async listed(id) {
      const listed = await wholeList(id)
      const all = await definitions.ofConnection(id)
      const places = await jobs.definitionsOf(
        id,
        listed.map(remote => remote.id),
      )
      return Promise.all(listed.map(remote => listedView(remote, all, places)))
    },

    async track(connection, given) {
      const { definition, remote } = await find(connection, given)
      const capabilities = await lists.capabilitiesOf(connection)
      const usual = await jobs.usualMs(definition.id)
      const news = { capabilities, usual, skew: skewOf(connection), now: clock.now(), asked: clock.now() }
      return untilUnchanged(async () => {
        const row = await jobs.byRemoteId(definition.id, remote.id)
        if (row) {
          const [saved] = await saveJobs(world, observedChange(news, row, remote, 'asked for by its id'))
          return view(saved ?? row)
        }
        const made = foundElsewhere(jobId(world.ids.next('job')), definition, remote, null, news.now)
        return view(await saveJob(world, { job: schedule(news, made), from: null, why: 'watched by its id' }))
      })
    },

    async cancel(id) {
      const job = await jobOf(id)
      const definition = await definitions.find(job.definitionId)
      const { remoteId: remote } = job
      if (!definition || remote === null || stages[job.state] !== 'open') {
        throw new AppError('bad-input', { facts: { state: job.state } })
      }
      await lists.inTurn(job.connectionId, () =>
        sessions.with(job.connectionId, (session, system) =>
          system.cancel(session, targetOf(definition), remote),
        ),
      )
      // The system says when it has ended; asked at once, so that whoever cancelled sees it.
      await lists.ask(definition).catch(error => {
        world.log.write('warn', 'cancel.list-failed', { jobId: id, error })
      })
      return view(await jobOf(id))
    },

    async requestOf(id) {
      const job = await jobOf(id)
      const connection = await connections.find(job.connectionId)
      const { remoteId: remote, rawStatus, startedAt, endedAt, hasFiles, raw } = job
      if (!connection || remote === null) return null
      return world.system(connection.system).requestOf({
        id: remote,
        status: 'unknown',
        rawStatus: rawStatus ?? '',
        startedAt,
        endedAt,
        hasFiles,
        raw,
      })
    },
  }
}
