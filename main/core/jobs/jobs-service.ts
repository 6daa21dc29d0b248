import type { Destination, JobView, ReceiptSummary } from '../../../preload/contract/types.ts'
import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import { isEnded } from '../deliveries/delivery.ts'
import type { JobsService, SettingsService } from '../desk.ts'
import { AppError, errorView } from '../errors.ts'
import { type DefinitionId, type JobId, remoteId } from '../ids.ts'
import { minutes } from '../time.ts'
import { advance, isOpen } from './job.ts'
import type { JobViews } from './job-view.ts'
import type { Lists } from './lists.ts'
import { adopt } from './merge.ts'
import { againReason, openJob } from './plan.ts'
import { skewOf } from './poll-policy.ts'
import { createRemoteJobs, type RemoteJobsParts } from './remote-jobs.ts'
import { saveJob, saveJobs } from './save.ts'
import { letGo, takeStartLease } from './settle.ts'
import { type AgainCheck, createStarter, type RunRequest } from './start.ts'
import type { Job } from './types.ts'
import { wantFiles } from './want.ts'
import type { JobsWorld } from './world.ts'

export type JobsServiceParts = {
  readonly views: JobViews
  readonly settings: Pick<SettingsService, 'get'>
  /** The newest receipt of a job, by any of its deliveries; null: none. */
  readonly receiptOf: RemoteJobsParts['receiptOf']
  readonly lastReceipt: (definition: DefinitionId) => Promise<ReceiptSummary | null>
  /** Throws where nothing could be delivered there now. */
  readonly checkDestination: (destination: Destination) => Promise<void>
}

/** How long a settling by hand waits for a start or a settling that is going on. */
const settlePatience = minutes(1)

export function createJobsService(world: JobsWorld, lists: Lists, parts: JobsServiceParts): JobsService {
  const { clock, connections, definitions, jobs } = world

  const againCheck: AgainCheck = async definition => {
    const connection = await connections.find(definition.connectionId)
    const lastCompleted = await jobs.lastCompleted(definition.id)
    const { againHours } = await parts.settings.get()
    return againReason({
      // What is not known to be harmless is treated as production.
      mark: connection?.mark ?? 'production',
      lastCompleted,
      saved: lastCompleted !== null && (await parts.receiptOf(lastCompleted.id)) !== null,
      againHours,
      now: clock.now(),
    })
  }
  const starter = createStarter(world, lists, againCheck)

  async function definitionOf(id: DefinitionId): Promise<Definition> {
    const definition = await definitions.find(id)
    if (definition === null) throw new AppError('not-found', { facts: { what: 'definition' } })
    return definition
  }

  async function startsJobs(definition: Definition): Promise<boolean> {
    const connection = await connections.find(definition.connectionId)
    if (definition.kind === 'others' || connection === null) return false
    return world.system(connection.system).mayStart(targetOf(definition))
  }

  async function jobOf(id: JobId): Promise<Job> {
    const job = await jobs.find(id)
    if (job === null) throw new AppError('not-found', { facts: { what: 'job' } })
    return job
  }

  async function view(job: Job): Promise<JobView> {
    const [made] = await parts.views([job])
    if (!made) throw new Error('A job without a view')
    return made
  }
  /** What others ran counts as well. Where the system does not answer, the journal says what is known. */
  async function askIfDue(definition: Definition): Promise<void> {
    await lists.askIfDue(definition).catch(error => {
      world.log.write('warn', 'plan.list-failed', { definitionId: definition.id, error: errorView(error) })
    })
  }
  const viewOrNull = async (job: Job | null): Promise<JobView | null> => job && view(job)

  async function start(id: DefinitionId, request: (definition: Definition) => RunRequest) {
    const definition = await definitionOf(id)
    if (!(await startsJobs(definition))) throw new AppError('not-supported', { facts: { what: 'start' } })
    if (definition.removed) throw new AppError('not-found', { facts: { what: 'definition' } })
    const asked = request(definition)
    // A run whose files cannot be put anywhere had better not be started at all.
    if (asked.wanted?.destination) await parts.checkDestination(asked.wanted.destination)
    const started = await starter.start(definition, asked)
    return { job: await view(started.job), joined: started.joined }
  }

  /** The last completed run, where somebody wanted its files and they are still on their way. */
  async function undelivered(id: DefinitionId): Promise<Job | null> {
    const last = await jobs.lastCompleted(id)
    if (!last?.wanted || last.error !== null) return null
    const { delivery } = await view(last)
    return delivery && isEnded(delivery.state) ? null : last
  }

  /** The newest run that the system has ended, well or not, or that ended for us; not what never began. */
  async function lastRun(id: DefinitionId): Promise<Job | null> {
    const newest = await jobs.ofDefinition(id, 50)
    return newest.find(job => !isOpen(job.state) && job.state !== 'not-started') ?? jobs.lastCompleted(id)
  }

  async function settleAs(job: Job, definition: Definition, id: string): Promise<Job> {
    const given = remoteId(id)
    const { jobs: listed } = await lists.ask(definition)
    const remote =
      listed.find(one => one.id === given) ??
      (await world.sessions.with(definition.connectionId, (session, system) =>
        system.job(session, targetOf(definition), given),
      ))
    const known = await jobs.concerned(definition.id, [remote.id])
    const capabilities = await lists.capabilitiesOf(definition.connectionId)
    const usual = await jobs.usualMs(definition.id)
    const now = clock.now()
    const news = { capabilities, known, usual, skew: skewOf(definition.connectionId), now, asked: now }
    // The list that was just merged may have told by itself what became of the start.
    const row = await jobOf(job.id)
    if (row.state === 'start-unknown') await saveJobs(world, adopt(news, row, remote))
    return (await jobs.byRemoteId(definition.id, remote.id)) ?? row
  }

  /** Nothing is started where the system makes the files by itself: a run saves the newest that there is. */
  async function newest(definition: Definition, by: string, destination: Destination | null) {
    if (destination) await parts.checkDestination(destination)
    await lists.ask(definition)
    const listed = (await jobs.ofDefinition(definition.id, 50)).filter(row => row.listed)
    // What is still being made is not offered yet.
    const job = listed.find(({ state }) => state === 'completed') ?? listed[0]
    if (!job) throw new AppError('not-found', { facts: { what: 'job' } })
    await wantFiles(world, job.id, { by, destination })
    return { job: await view(await jobOf(job.id)), joined: true }
  }

  return {
    ...createRemoteJobs(world, lists, parts),
    async plan(id) {
      const definition = await definitionOf(id)
      await askIfDue(definition)
      const starts = await startsJobs(definition)
      // Where nothing is started there is nothing to join.
      const open = starts ? openJob(await jobs.openOf(id)) : null
      return {
        definitionId: id,
        lastRun: await viewOrNull(await lastRun(id)),
        lastCompleted: await viewOrNull(await jobs.lastCompleted(id)),
        lastReceipt: await parts.lastReceipt(id),
        open: await viewOrNull(open),
        again: starts ? await againCheck(definition) : null,
        destination: definition.destination,
      }
    },
    async run(id, { again, by, as, destination: other, finish = false }) {
      const definition = await definitionOf(id)
      if (!(await startsJobs(definition))) return newest(definition, by, other ?? definition.destination)
      return start(id, ({ destination }) => ({
        by,
        again,
        join: true,
        wanted: { by, destination: other ?? destination },
        ...(as === undefined ? {} : { as }),
        ...(finish && !again ? { left: () => undelivered(id) } : {}),
      }))
    },
    async start(id, { again, by }) {
      return (await start(id, () => ({ by, again, join: false, wanted: null }))).job
    },
    async settle(id, outcome) {
      const definition = await definitionOf((await jobOf(id)).definitionId)
      const lease = await takeStartLease(world, definition.id, settlePatience)
      if (lease === null) throw new AppError('already-running', { facts: { jobId: id } })
      try {
        const job = await jobOf(id)
        if (job.state !== 'start-unknown') throw new AppError('bad-input', { facts: { state: job.state } })
        if (outcome !== 'not-started') return view(await settleAs(job, definition, outcome.remoteId))
        // The user has settled it: nothing is left that would need them.
        const ended = advance(job, { kind: 'not-started', error: null, at: clock.now() })
        return view(await saveJob(world, { job: ended, from: job.state, why: 'settled by hand' }))
      } finally {
        await letGo(world, lease)
      }
    },
    view: async id => view(await jobOf(id)),
    raw: async id => (await jobOf(id)).raw,
  }
}
