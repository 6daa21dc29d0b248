import { cli as text } from '../../preload/contract/text/cli.ts'
import type { JobView } from '../../preload/contract/types.ts'
import { isAppError } from '../core/errors.ts'
import { jobId, receiptId } from '../core/ids.ts'
import { addMillis } from '../core/time.ts'
import type { Command, OpenDesk } from './command.ts'
import { deliveryAnswer, nothingYet } from './delivery-result.ts'
import { destinationOf, noDestination } from './destination.ts'
import { findJob, openConnection } from './lookups.ts'
import { type Warning, warningsOf } from './results.ts'
import { delivered, failed, receiptOf, usualTimeout } from './run.ts'
import { duration, needed } from './values.ts'

export const deliver: Command = async (around, words) => {
  const timeout = duration(words, 'timeout', usualTimeout)
  destinationOf(around.terminal, words, null)
  const { open, connection } = await openConnection(around, words)
  const { desk, account, clock } = open
  const until = addMillis(clock.now(), timeout)
  const job = await findJob(desk, connection, needed(words, 'job'))
  const known = { ...nothingYet(connection, job.definitionName || null), job }
  let asked: JobView
  try {
    const definition = (await desk.definitions.list()).find(({ id }) => id === job.definitionId)
    const destination = destinationOf(around.terminal, words, definition?.destination ?? null)
    if (destination === null) throw noDestination()
    await desk.deliveries.checkDestination(destination)
    // Before it is asked for, so that this process takes part in it from the beginning.
    open.scope.add(jobId(job.id))
    const options = { again: words.has('again'), by: account, destination }
    asked = await desk.deliveries.request(jobId(job.id), options).catch((error: unknown) => {
      if (!isHeldElsewhere(error)) throw error
      around.progress.say(text.progress.waiting)
      return desk.jobs.view(jobId(job.id))
    })
  } catch (error) {
    return deliveryAnswer(await failed(open, known, error))
  }
  if (asked.delivery?.receiptId != null) {
    return deliveryAnswer({
      ...known,
      job: asked,
      outcome: 'already-delivered',
      receipt: await receiptOf(desk, asked),
      warnings: [...(await notThere(open, asked.delivery.receiptId)), ...warningsOf(open.thisRun)],
      error: null,
    })
  }
  return deliveryAnswer(await delivered(around, open, { ...known, job: asked }, asked, until))
}

/** Another process delivers it at this moment: its outcome is waited for. */
const isHeldElsewhere = (error: unknown): boolean =>
  isAppError(error, 'forbidden') && error.facts.reason === 'another process delivers it'

/** Whoever reads the folder may have taken files away since; that is said, and nothing is delivered again. */
async function notThere({ desk }: OpenDesk, receipt: string): Promise<readonly Warning[]> {
  const { files } = await desk.receipts.verify(receiptId(receipt))
  return files
    .filter(({ found }) => found !== 'there')
    .map(({ path, found }) => ({ code: `file-${found}`, message: text.results.missingNow(path, found) }))
}
