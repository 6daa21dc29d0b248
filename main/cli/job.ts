import { cli as text } from '../../preload/contract/text/cli.ts'
import type { JobView } from '../../preload/contract/types.ts'
import { isAppError } from '../core/errors.ts'
import { connectionId, definitionId, jobId } from '../core/ids.ts'
import type { Answer, Around, Command, OpenDesk } from './command.ts'
import { exits } from './exit-codes.ts'
import { commandFailed, missing } from './failure.ts'
import { findDefinition, findJob, openConnection } from './lookups.ts'
import { isoTime, jobJson, listedJson, type Warning, warningsOf, withWarnings } from './results.ts'
import { fields, table } from './table.ts'
import { needed } from './values.ts'

const { heads } = text.tables

export const list: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const { desk } = open
  const wanted = words.text('definition')
  const only = wanted === null ? null : await findDefinition(desk, connection, wanted)
  // What the connection's definitions are has to be known before the system can be asked for each one's list.
  if (only === null) await desk.definitions.refresh(connectionId(connection.id))
  const names = new Map((await desk.definitions.list()).map(({ id, name }) => [id, name]))
  const listed = await desk.jobs.listed(connectionId(connection.id))
  const jobs = listed
    .filter(({ definitionId: id }) => only === null || id === only.id)
    .map(job => listedJson(job, job.definitionId === null ? null : (names.get(job.definitionId) ?? null)))
  sayWarnings(around, warningsOf(open.thisRun))
  return {
    json: jobs,
    text: table(jobs, [
      { head: heads.job, of: one => one.id },
      { head: heads.definition, of: one => one.definition },
      { head: heads.status, of: one => one.status },
      { head: heads.started, of: one => one.startedAt },
      { head: heads.ended, of: one => one.endedAt },
      { head: heads.receipt, of: one => one.receipt },
    ]),
    exit: exits.done,
  }
}

export const show: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  return shown(open, await findJob(open.desk, connection, needed(words, 'job')))
}

export const start: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const { desk, account } = open
  const definition = await findDefinition(desk, connection, needed(words, 'definition'))
  try {
    const options = { again: words.has('again'), by: account }
    return await shown(open, await desk.jobs.start(definitionId(definition.id), options))
  } catch (error) {
    throw await withItsJob(open, error)
  }
}

export const cancel: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const job = await findJob(open.desk, connection, needed(words, 'job'))
  return shown(open, await open.desk.jobs.cancel(jobId(job.id)))
}

export const settle: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const { desk } = open
  const definition = await findDefinition(desk, connection, needed(words, 'definition'))
  // Asking may settle it by itself: a list that came late shows what became of the start.
  const { open: unsettled } = await desk.jobs.plan(definitionId(definition.id))
  if (unsettled?.state !== 'start-unknown') {
    throw missing(text.missing.unsettled(definition.name), text.missing.nothingToSettle)
  }
  const remoteId = words.text('job')
  const outcome = remoteId === null ? 'not-started' : { remoteId }
  const settled = await desk.jobs.settle(jobId(unsettled.id), outcome)
  const answer = await shown(open, settled)
  return outcome === 'not-started' ? { ...answer, text: [text.results.settledNotStarted] } : answer
}

async function shown(open: OpenDesk, job: JobView): Promise<Answer> {
  const json = { ...jobJson(job), raw: await open.desk.jobs.raw(jobId(job.id)) }
  const warnings = warningsOf(open.thisRun)
  return {
    json: withWarnings(json, warnings),
    text: [
      ...fields({
        [heads.job]: json.id ?? job.id,
        [heads.definition]: json.definition,
        [heads.status]: json.rawStatus ?? json.status,
        [heads.started]: isoTime(job.startedAt?.at ?? null),
        [heads.ended]: isoTime(job.endedAt?.at ?? null),
        [heads.receipt]: json.receipt,
      }),
      ...warnings.map(({ message }) => text.results.warning(message)),
    ],
    exit: exits.done,
  }
}

/** The failure with the job that stands in the way; null where the system names none. */
export async function withItsJob({ desk }: OpenDesk, error: unknown) {
  if (!isAppError(error, 'already-running', 'again-needed', 'start-unknown')) return commandFailed(error)
  const { jobId: id } = error.facts
  return commandFailed(error, {
    job: typeof id === 'string' ? jobJson(await desk.jobs.view(jobId(id))) : null,
  })
}

function sayWarnings({ progress }: Pick<Around, 'progress'>, warnings: readonly Warning[]): void {
  for (const { message } of warnings) progress.say(text.results.warning(message))
}
