import { addMillis } from '../core/time.ts'
import type { Command } from './command.ts'
import { failed, requested, usualTimeout } from './delivering.ts'
import { deliveryAnswer, nothingYet } from './delivery-result.ts'
import { destinationOf, noDestination } from './destination.ts'
import { findJob, openConnection } from './lookups.ts'
import { duration, needed } from './values.ts'

/** Waits until a job has ended, then saves its files; one that ended long ago is delivered at once. */
export const deliver: Command = async (around, words) => {
  const timeout = duration(words, 'timeout', usualTimeout)
  // Wrong words are told before anything is asked of anybody.
  destinationOf(around.terminal, words, null)
  const { open, connection } = await openConnection(around, words)
  const { desk, clock } = open
  const until = addMillis(clock.now(), timeout)
  const job = await findJob(desk, connection, needed(words, 'job'))
  const known = { ...nothingYet(connection, job.definitionName || null), job }
  try {
    const definition = (await desk.definitions.list()).find(({ id }) => id === job.definitionId)
    const destination = destinationOf(around.terminal, words, definition?.destination ?? null)
    if (destination === null) throw noDestination()
    await desk.deliveries.checkDestination(destination)
    const again = words.has('again')
    return deliveryAnswer(await requested(around, open, { ...known, destination, again, until }))
  } catch (error) {
    return deliveryAnswer(await failed(open, known, error))
  }
}
