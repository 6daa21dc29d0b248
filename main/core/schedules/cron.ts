import { Cron } from 'croner'
import { AppError } from '../errors.ts'
import { type Instant, instantAt } from '../time.ts'

/**
 * The times of a cron expression of five fields, strictly rising. Times a fixed number of times a day hold to the rule
 * of wall-time.ts; one with a step or a wildcard in its hours or minutes ("every 15 minutes") goes by elapsed time, as
 * cron does: nothing in the hour that is left out, and twice in the hour that comes twice.
 *
 * Throws `bad-input` where it cannot be read.
 */
export function* cronTimes(expression: string, zone: string, after: Instant): Generator<Instant> {
  const cron = parse(expression, zone)
  for (let at = cron.nextRun(new Date(after)); at !== null; at = cron.nextRun(at))
    yield instantAt(at.getTime())
}

function parse(expression: string, zone: string): Cron {
  try {
    return new Cron(expression, {
      mode: '5-part',
      timezone: zone,
      fixedTimeRule: 'no-wildcard',
      paused: true,
    })
  } catch (cause) {
    throw new AppError('bad-input', { facts: { field: 'expression' }, cause })
  }
}
