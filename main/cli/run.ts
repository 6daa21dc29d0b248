import { cli as text } from '../../preload/contract/text/cli.ts'
import { definitionId } from '../core/ids.ts'
import { addMillis } from '../core/time.ts'
import type { Command } from './command.ts'
import { delivered, failed, requested, usualTimeout } from './delivering.ts'
import { deliveryAnswer, nothingYet } from './delivery-result.ts'
import { destinationOf, noDestination } from './destination.ts'
import { findDefinition, openConnection } from './lookups.ts'
import { duration, needed } from './values.ts'

/**
 * Starts, or joins what is queued or running, then delivers. What an earlier call left, because it was interrupted or
 * its time was over, is joined as well though it may have ended since: its files come first, and nothing is started.
 */
export const run: Command = async (around, words) => {
  const timeout = duration(words, 'timeout', usualTimeout)
  // Wrong words are told before anything is asked of anybody.
  destinationOf(around.terminal, words, null)
  const { open, connection } = await openConnection(around, words)
  const { desk, account, clock } = open
  const until = addMillis(clock.now(), timeout)
  const definition = await findDefinition(desk, connection, needed(words, 'definition'))
  const known = nothingYet(connection, definition.name)
  try {
    const destination = destinationOf(around.terminal, words, definition.destination)
    if (destination === null) throw noDestination()
    const options = { again: words.has('again'), by: account, destination, finish: true }
    const { job, joined } = await desk.jobs.run(definitionId(definition.id), options)
    const said = joined ? text.progress.joined : text.progress.started
    around.progress.say(said(job.remoteId ?? job.id))
    const asked = { ...known, joined, job, destination, again: false, until }
    if (job.state === 'completed') return deliveryAnswer(await requested(around, open, asked))
    const result = await delivered(around, open, asked)
    // Joined, and whoever started it wanted it elsewhere: there it is by now, and it goes here as well.
    const elsewhere = result.receipt !== null && result.job?.delivery?.folder !== destination.folder
    return deliveryAnswer(elsewhere ? await requested(around, open, asked) : result)
  } catch (error) {
    return deliveryAnswer(await failed(open, known, error))
  }
}
