import { cli as text } from '../../preload/contract/text/cli.ts'
import type { Destination, JobView } from '../../preload/contract/types.ts'
import type { Desk } from '../core/desk.ts'
import { AppError, errorView, isAppError } from '../core/errors.ts'
import { jobId, receiptId } from '../core/ids.ts'
import { hours, type Instant } from '../core/time.ts'
import { awaitDelivery } from './await-delivery.ts'
import type { Around, OpenDesk } from './command.ts'
import type { Delivered } from './delivery-result.ts'
import { endOfError } from './exit-codes.ts'
import { type Warning, warningsOf } from './results.ts'

export const usualTimeout = hours(4)

type Surroundings = Pick<Around, 'progress' | 'interrupted'>
type Known = Omit<Delivered, 'outcome' | 'error'>
/** A job whose files are waited for, until then. */
export type Waiting = Known & { readonly job: JobView; readonly until: Instant }
/** And the place where they are wanted. */
export type Asked = Waiting & { readonly destination: Destination; readonly again: boolean }

/** Takes part in the job's watching and delivering, and waits for its end. */
export async function delivered(
  around: Surroundings,
  open: OpenDesk,
  { job, until, ...known }: Waiting,
): Promise<Delivered> {
  open.scope.add(jobId(job.id))
  await open.begin()
  const { outcome, job: last, error } = await awaitDelivery(around, open, job, until)
  const receipt = await receiptOf(open.desk, last)
  return {
    ...known,
    outcome,
    job: last,
    error,
    receipt,
    warnings: [...known.warnings, ...warningsOf(open.thisRun)],
  }
}

/** Asks for a job's files at a place, and waits until they are there; where they were already, they are looked at. */
export async function requested(around: Surroundings, open: OpenDesk, asked: Asked): Promise<Delivered> {
  const { desk, account: by } = open
  const { job, destination, again } = asked
  // Before they are asked for, so that this process takes part in it from the beginning.
  open.scope.add(jobId(job.id))
  const now = await desk.deliveries
    .request(jobId(job.id), { again, by, destination })
    .catch((error: unknown) => {
      if (!isHeldElsewhere(error)) throw error
      around.progress.say(text.progress.waiting)
      return desk.jobs.view(jobId(job.id))
    })
  const receipt = now.delivery?.receiptId ?? null
  if (receipt === null) return delivered(around, open, { ...asked, job: now })
  return {
    ...asked,
    job: now,
    outcome: 'already-delivered',
    receipt: await receiptOf(desk, now),
    warnings: [...(await notThere(desk, receipt)), ...warningsOf(open.thisRun)],
    error: null,
  }
}

/** Another process delivers it at this moment: its outcome is waited for. */
const isHeldElsewhere = (error: unknown): boolean =>
  isAppError(error, 'forbidden') && error.facts.reason === 'another process delivers it'

/** Whoever reads the folder may have taken files away since; that is said, and nothing is delivered again. */
async function notThere(desk: Desk, receipt: string): Promise<readonly Warning[]> {
  const { files } = await desk.receipts.verify(receiptId(receipt))
  return files
    .filter(({ found }) => found !== 'there')
    .map(({ path, found }) => ({ code: `file-${found}`, message: text.results.missingNow(path, found) }))
}

async function receiptOf(desk: Desk, { delivery }: JobView): Promise<Delivered['receipt']> {
  const id = delivery?.receiptId ?? null
  return id === null ? null : desk.receipts.show(receiptId(id))
}

/** A failure before there was anything to wait for, with the job that it speaks of. */
export async function failed({ desk, thisRun }: OpenDesk, known: Known, error: unknown): Promise<Delivered> {
  if (!isAppError(error)) throw error
  const view = errorView(error)
  const named = error instanceof AppError ? error.facts.jobId : undefined
  const job = known.job ?? (typeof named === 'string' ? await desk.jobs.view(jobId(named)) : null)
  return { ...known, outcome: endOfError(view.code).outcome, error: view, job, warnings: warningsOf(thisRun) }
}
