/**
 * Starts a definition at its system, once. An accounting extract is no read: it moves reports to "sent for payment",
 * so the POST is never repeated, and every step is journalled before it is taken:
 *
 *   lease start:<definition> ─► settle what was left ─► join what is open ─► [intent] ─► list ─► join what it shows
 *     ─► second step needed? ─► [starting] ─► POST ─► [what the answer says]
 *                                              └─ answer lost ─► settle.ts: look in the list, never POST again
 *
 * A cut after [intent]: nothing was sent. A cut after [starting]: the list tells (recoverStarts).
 */
import type { ExchangeProofs } from '../../../preload/contract/receipts.ts'
import { targetOf } from '../definitions/target.ts'
import type { Definition } from '../definitions/types.ts'
import { AppError, errorFromView, errorView, isAppError } from '../errors.ts'
import { type JobId, jobId } from '../ids.ts'
import type { Lease } from '../ports.ts'
import { witnessed } from '../receipts/exchanges.ts'
import type { RemoteJob, Session } from '../systems/system.ts'
import { addMillis, type Millis, minutes, seconds } from '../time.ts'
import { alikeLeft, refuseOther } from './alike.ts'
import { advance, intent, isOpen, type JobEvent } from './job.ts'
import type { Lists } from './lists.ts'
import { joined, schedule } from './merge.ts'
import type { DefinitionList } from './parts.ts'
import { openJob } from './plan.ts'
import { skewOf } from './poll-policy.ts'
import { isRefusal } from './refusal.ts'
import { saveJob, untilUnchanged } from './save.ts'
import { letGo, settleLeftovers, settleLost, takeStartLease } from './settle.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

export type RunRequest = {
  readonly by: string
  /** The deliberate second step was taken. */
  readonly again: boolean
  /** Join a job that is queued or running; else `already-running` is thrown. */
  readonly join: boolean
  /** Whether somebody wants the files, and where they go. */
  readonly wanted: Job['wanted']
  /** The id that the job gets. Where the journal has one of that id already, nothing is started: that one is returned. */
  readonly as?: JobId
  /** What an earlier run has left undelivered: it is taken up again, and nothing is started beside it. */
  readonly left?: () => Promise<Job | null>
}
export type Started = { readonly job: Job; readonly joined: boolean }

/** Why this definition may not be started without the second step (plan.ts); asked twice, before and after the list. */
export type AgainCheck = (definition: Definition) => Promise<'unsaved-run' | 'recent-run' | null>

/** How long another process may be at it: a sign-in, a request, and the settling of a lost answer. */
const patience: Millis = minutes(3)
/** What was journalled longer ago than this is not sent any more: the process stood still, and others may have acted. */
const freshness: Millis = seconds(10)

export function createStarter(world: JobsWorld, lists: Lists, againCheck: AgainCheck) {
  const { clock, jobs } = world

  async function start(definition: Definition, request: RunRequest): Promise<Started> {
    const lease = await takeStartLease(world, definition.id, patience)
    if (lease === null) throw new AppError('already-running', { facts: { definition: definition.name } })
    try {
      await settleLeftovers(world, lists, definition)
      const begun = request.as === undefined ? null : await jobs.find(request.as)
      if (begun) return { job: begun, joined: false }
      const open = await stillOpen(definition)
      if (open) return await joinOpen(definition, open, request)
      const left = await alikeLeft(world, definition, request.left)
      if (left) return { job: left, joined: true }
      await refuseAgain(definition, request)
      const job = intent(
        request.as ?? jobId(world.ids.next('job')),
        definition,
        request.by,
        request.wanted,
        clock.now(),
      )
      return await run(definition, request, lease, await save(job, null, `asked for by ${request.by}`))
    } finally {
      await letGo(world, lease)
    }
  }

  /**
   * What the journal has as open may have ended since it was looked at. Where the system cannot be asked, the journal
   * is believed: to join a job that has ended sends nothing.
   */
  async function stillOpen(definition: Definition): Promise<Job | null> {
    const open = openJob(await jobs.openOf(definition.id))
    if (open === null) return null
    await lists.askIfDue(definition).catch(error => {
      world.log.write('warn', 'start.list-failed', { definitionId: definition.id, error })
    })
    return openJob(await jobs.openOf(definition.id))
  }

  /** From the journalled intent on: whatever goes wrong before the request is sent ends the row as not started. */
  async function run(definition: Definition, request: RunRequest, lease: Lease, wish: Job): Promise<Started> {
    let list: DefinitionList
    try {
      list = await lists.askAtOnce(definition)
      const open = openJob((await jobs.openOf(definition.id)).filter(job => job.id !== wish.id))
      if (open) {
        await refuseOther(world, definition, open)
        await save(joined(wish, open.id, clock.now()), wish.state, `job ${open.id} is open`)
        return await joinOpen(definition, open, request)
      }
      const left = await alikeLeft(world, definition, request.left)
      if (left) {
        await save(joined(wish, left.id, clock.now()), wish.state, `job ${left.id} is to be delivered first`)
        return { job: left, joined: true }
      }
      await refuseAgain(definition, request)
    } catch (error) {
      await endUnlessEnded(wish, error)
      throw error
    }
    return send(definition, request, lease, wish, list)
  }

  async function send(
    definition: Definition,
    request: RunRequest,
    lease: Lease,
    wish: Job,
    list: DefinitionList,
  ): Promise<Started> {
    let job = wish
    let remote: RemoteJob
    let proofs = (): ExchangeProofs | null => null
    const withProofs = () => {
      const startExchanges = proofs()
      return startExchanges ? { ...job, startExchanges } : job
    }
    try {
      const { listTellsStarts } = await lists.capabilitiesOf(definition.connectionId)
      // Where the list can tell a lost start, what nobody can place was there before as well.
      const there = listTellsStarts ? [...list.jobs, ...list.unplaced] : list.jobs
      const listedBefore = there.map(listed => listed.id)
      remote = await world.sessions.with(definition.connectionId, async (session, system) => {
        job = await move(job, { kind: 'sending', at: clock.now(), listedBefore }, 'about to be sent')
        const asked = witnessed(session)
        proofs = asked.proofs
        try {
          return await system.start(guarded(asked.session, lease, job), targetOf(definition))
        } catch (error) {
          if (isAppError(error, 'session-expired')) {
            job = await move(job, { kind: 'session-ended' }, 'the session had ended')
          }
          throw error
        }
      })
    } catch (error) {
      return afterFailure(definition, request, withProofs(), error)
    }
    return {
      job: await found(definition, withProofs(), remote, 'here', 'the system answered'),
      joined: false,
    }
  }

  /** The last look before the wire: the session's own requests, refused where this process may have lost its turn. */
  function guarded(session: Session, lease: Lease, job: Job): Session {
    const { http } = session
    return {
      ...session,
      http: {
        send(message) {
          const late = job.sentAt === null || clock.now() > addMillis(job.sentAt, freshness)
          if (lease.lost.aborted || late) throw new AppError('cancelled', { facts: { sent: false } })
          return http.send(message)
        },
      },
    }
  }

  async function afterFailure(
    definition: Definition,
    request: RunRequest,
    job: Job,
    error: unknown,
  ): Promise<Started> {
    const view = errorView(error)
    if (job.state === 'starting' && view.code === 'already-running') {
      return joinRefused(definition, request, job, error)
    }
    if (job.state !== 'starting' || isRefusal(view)) {
      await endUnlessEnded(job, error)
      throw error
    }
    world.log.write('warn', 'start.answer-lost', { jobId: job.id, error: view })
    // Whoever finds it in the list reads the row: what was asked is written into that first.
    const asked = await saveJob(world, { job, from: job.state, why: null }).catch(() => job)
    const settled = await settleLost(world, lists, definition, asked, view)
    if (settled.state === 'start-unknown') throw unknownStart(settled)
    if (settled.state === 'not-started') throw errorFromView(view)
    return { job: settled, joined: false }
  }

  /** The system says that one is running already: the list tells which. */
  async function joinRefused(
    definition: Definition,
    request: RunRequest,
    job: Job,
    error: unknown,
  ): Promise<Started> {
    const list = await lists.ask(definition).catch(() => null)
    const remote = list?.jobs.find(listed => isOpen(listed.status))
    const row = remote && (await jobs.byRemoteId(definition.id, remote.id))
    if (row) {
      await save(joined(job, row.id, clock.now()), job.state, `job ${row.id} is running`)
      return joinOpen(definition, row, request)
    }
    if (remote === undefined || !request.join) {
      await endUnlessEnded(job, error)
      throw error
    }
    const why = 'the system refused a second one; the list shows the first'
    return { job: await found(definition, job, remote, 'elsewhere', why), joined: true }
  }

  async function joinOpen(definition: Definition, open: Job, request: RunRequest): Promise<Started> {
    if (open.state === 'start-unknown') throw unknownStart(open)
    await refuseOther(world, definition, open)
    if (!request.join) throw new AppError('already-running', { facts: { jobId: open.id } })
    const job = await untilUnchanged(async () => {
      const row = (await jobs.find(open.id)) ?? open
      const wanted = request.wanted
      if (wanted === null || (row.wanted !== null && row.wanted.destination !== null)) return row
      return save(advance(row, { kind: 'wanted', wanted }), row.state, `joined by ${request.by}`)
    })
    return { job, joined: true }
  }

  async function refuseAgain(definition: Definition, request: RunRequest): Promise<void> {
    const reason = request.again ? null : await againCheck(definition)
    if (reason === null) return
    const last = await jobs.lastCompleted(definition.id)
    throw new AppError('again-needed', { facts: { reason, ...(last ? { jobId: last.id } : {}) } })
  }

  async function found(
    definition: Definition,
    job: Job,
    remote: RemoteJob,
    origin: Job['origin'],
    why: string,
  ): Promise<Job> {
    const now = clock.now()
    const capabilities = await lists.capabilitiesOf(definition.connectionId)
    const usual = await jobs.usualMs(definition.id)
    const known = advance(job, { kind: 'found', remote, origin, at: now })
    return save(
      schedule({ capabilities, usual, skew: skewOf(definition.connectionId), now, asked: now }, known),
      job.state,
      why,
    )
  }

  /** The row ends with this error; where it has ended already, by this run or by another process, it stays so. */
  async function endUnlessEnded(job: Job, error: unknown): Promise<void> {
    const row = await jobs.find(job.id)
    if (row === null || (row.state !== 'intent' && row.state !== 'starting')) return
    await move(row, { kind: 'not-started', error: errorView(error), at: clock.now() }, 'nothing was started')
  }

  const save = (job: Job, from: Job['state'] | null, why: string): Promise<Job> =>
    saveJob(world, { job, from, why })
  const move = (job: Job, event: JobEvent, why: string): Promise<Job> =>
    save(advance(job, event), job.state, why)

  return { start }
}

const unknownStart = (job: Job): AppError => new AppError('start-unknown', { facts: { jobId: job.id } })
