import { cli as text } from '../../preload/contract/text/cli.ts'
import type { JobView } from '../../preload/contract/types.ts'
import type { Desk } from '../core/desk.ts'
import { AppError, errorView, isAppError } from '../core/errors.ts'
import { definitionId, jobId, receiptId } from '../core/ids.ts'
import { addMillis, hours } from '../core/time.ts'
import { awaitDelivery } from './await-delivery.ts'
import type { Around, Command, OpenDesk } from './command.ts'
import { type Delivered, deliveryAnswer, nothingYet } from './delivery-result.ts'
import { destinationOf, noDestination } from './destination.ts'
import { endOfError } from './exit-codes.ts'
import { findDefinition, openConnection } from './lookups.ts'
import { warningsOf } from './results.ts'
import { duration, needed } from './values.ts'

export const usualTimeout = hours(4)

export const run: Command = async (around, words) => {
  const timeout = duration(words, 'timeout', usualTimeout)
  const typed = destinationOf(around.terminal, words, null)
  const { open, connection } = await openConnection(around, words)
  const { desk, account, clock } = open
  const until = addMillis(clock.now(), timeout)
  const definition = await findDefinition(desk, connection, needed(words, 'definition'))
  const known = nothingYet(connection, definition.name)
  const destination = destinationOf(around.terminal, words, definition.destination) ?? typed
  let started: Awaited<ReturnType<Desk['jobs']['run']>>
  try {
    if (destination === null) throw noDestination()
    const options = { again: words.has('again'), by: account, destination }
    started = await desk.jobs.run(definitionId(definition.id), options)
  } catch (error) {
    return deliveryAnswer(await failed(open, known, error))
  }
  const { job, joined } = started
  const words_ = joined ? text.progress.joined : text.progress.started
  around.progress.say(words_(job.remoteId ?? job.id))
  const result = await delivered(around, open, { ...known, joined, job }, job, until)
  // Joined, and whoever started it had wanted it elsewhere: then it is there by now, and goes here as well.
  const elsewhere = result.receipt !== null && result.job?.delivery?.folder !== destination.folder
  if (!elsewhere) return deliveryAnswer(result)
  try {
    const asked = await desk.deliveries.request(jobId(job.id), { again: false, by: account, destination })
    return deliveryAnswer(await delivered(around, open, { ...known, joined, job: asked }, asked, until))
  } catch (error) {
    return deliveryAnswer(await failed(open, { ...known, joined, job }, error))
  }
}

/** Takes part in the job's watching and delivering, and waits for its end. */
export async function delivered(
  around: Pick<Around, 'progress' | 'interrupted'>,
  open: OpenDesk,
  known: Omit<Delivered, 'outcome' | 'error'>,
  job: JobView,
  until: ReturnType<typeof addMillis>,
): Promise<Delivered> {
  open.scope.add(jobId(job.id))
  await open.begin()
  const { outcome, job: last, error } = await awaitDelivery(around, open, job, until)
  const warnings = [...known.warnings, ...warningsOf(open.thisRun)]
  return { ...known, outcome, job: last, error, warnings, receipt: await receiptOf(open.desk, last) }
}

export async function receiptOf(desk: Desk, { delivery }: JobView) {
  const id = delivery?.receiptId ?? null
  return id === null ? null : desk.receipts.show(receiptId(id))
}

/** A failure before there was anything to wait for, with the job that it speaks of. */
export async function failed(
  { desk, thisRun }: OpenDesk,
  known: Omit<Delivered, 'outcome' | 'error'>,
  error: unknown,
): Promise<Delivered> {
  if (!isAppError(error)) throw error
  const view = errorView(error)
  const named = error instanceof AppError ? error.facts.jobId : undefined
  const job = known.job ?? (typeof named === 'string' ? await desk.jobs.view(jobId(named)) : null)
  const { outcome } = endOfError(view.code)
  return { ...known, outcome, error: view, job, warnings: warningsOf(thisRun) }
}
