import { cli as text } from '../../preload/contract/text/cli.ts'
import type { ConnectionView, DefinitionView, JobView } from '../../preload/contract/types.ts'
import { nameKey } from '../core/connections/name.ts'
import type { Desk } from '../core/desk.ts'
import { isAppError } from '../core/errors.ts'
import { connectionId, jobId } from '../core/ids.ts'
import type { Around, OpenDesk } from './command.ts'
import { ambiguous, missing } from './failure.ts'
import { readSecrets } from './secrets.ts'
import { needed } from './values.ts'
import type { Words } from './words.ts'

type Named = { readonly id: string; readonly name: string }

/** By id, else by name; upper and lower case make no difference. */
function matches<T extends Named>(all: readonly T[], wanted: string): readonly T[] {
  const byId = all.filter(({ id }) => id === wanted)
  return byId.length > 0 ? byId : all.filter(({ name }) => nameKey(name) === nameKey(wanted.trim()))
}

export async function findConnection(desk: Desk, wanted: string): Promise<ConnectionView> {
  const [found] = matches(await desk.connections.list(), wanted)
  if (found === undefined) throw missing(text.missing.connection(wanted), text.missing.listConnections)
  return found
}

/**
 * A definition of a connection. One that is not known here is looked for at the system before it is said that there is
 * none: nobody has to list them first.
 */
export async function findDefinition(
  desk: Desk,
  connection: ConnectionView,
  wanted: string,
): Promise<DefinitionView> {
  const usable = (all: readonly DefinitionView[]) =>
    all.filter(one => one.connectionId === connection.id && !one.removed && one.kind !== 'others')
  const known = matches(usable(await desk.definitions.list()), wanted)
  const found =
    known.length > 0
      ? known
      : matches(usable(await desk.definitions.refresh(connectionId(connection.id))), wanted)
  const [first, second] = found
  const next = text.missing.listDefinitions(connection.name)
  if (first === undefined) throw missing(text.missing.definition(wanted, connection.name), next)
  if (second !== undefined) {
    throw ambiguous(
      text.missing.severalDefinitions(
        wanted,
        found.map(({ id }) => id),
      ),
      next,
    )
  }
  return first
}

/** A job by the system's id or ours. Where the journal has none, the system is asked; from then on it has one. */
export async function findJob(desk: Desk, connection: ConnectionView, wanted: string): Promise<JobView> {
  const id = connectionId(connection.id)
  try {
    const ours = await orNone(desk.jobs.view(jobId(wanted)))
    if (ours?.connectionId === connection.id) return ours
    return (await desk.jobs.known(id, wanted)) ?? (await desk.jobs.track(id, wanted))
  } catch (error) {
    if (!isAppError(error, 'not-found')) throw error
    throw missing(text.missing.job(wanted, connection.name), text.missing.listJobs(connection.name))
  }
}

const orNone = (job: Promise<JobView>): Promise<JobView | null> =>
  job.catch((error: unknown) => {
    if (isAppError(error, 'not-found')) return null
    throw error
  })

/** The desk and the connection that `--connection` names, signed in with what standard input has for this run. */
export async function openConnection(
  around: Around,
  words: Words,
  wanted = needed(words, 'connection'),
): Promise<{ readonly open: OpenDesk; readonly connection: ConnectionView }> {
  const given = await readSecrets(around.terminal, words)
  const open = await around.open()
  const connection = await findConnection(open.desk, wanted)
  if (given !== null) open.thisRun.signInWith(connectionId(connection.id), given.secrets)
  return { open, connection }
}
