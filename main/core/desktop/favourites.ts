/**
 * What the tray offers to run, and what a click there may start.
 *
 * An extract moves reports to "sent for payment": what the last run was has to be seen before another one is started,
 * and production asks for a deliberate second step. So the entry itself says what the last run was, and only a favourite
 * of a test or practice connection runs at once, as long as nothing is to be asked. Everything else opens the window.
 */
import { desktop } from '../../../preload/contract/text/desktop.ts'
import type { ConnectionView, DefinitionView, RunPlan, Slices } from '../../../preload/contract/types.ts'
import type { Desk } from '../desk.ts'
import { definitionId } from '../ids.ts'

export type Offered = {
  readonly definitionId: string
  readonly text: string
  /** A click starts it; else it opens the window, where it is asked for. */
  readonly atOnce: boolean
}

const SHOWN = 8

/** Favourites by name; where nobody has chosen any, what ran last, to be opened. */
export function offeredToRun({
  definitions,
  connections,
}: Pick<Slices, 'definitions' | 'connections'>): readonly Offered[] {
  const runnable = definitions.filter(
    ({ removed, destination, starts }) => !removed && destination !== null && starts,
  )
  const favourites = runnable.filter(({ favourite }) => favourite)
  if (favourites.length > 0) {
    return favourites
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, SHOWN)
      .map(one =>
        offered(
          one,
          connections.find(({ id }) => id === one.connectionId),
        ),
      )
  }
  return runnable
    .filter(({ lastJob }) => lastJob !== null)
    .sort((a, b) => (b.lastJob?.knownAt ?? 0) - (a.lastJob?.knownAt ?? 0))
    .slice(0, SHOWN_RECENT)
    .map(({ id, name }) => ({ definitionId: id, text: desktop.tray.run(name), atOnce: false }))
}
const SHOWN_RECENT = 5

function offered(definition: DefinitionView, connection: ConnectionView | undefined): Offered {
  const { id, name } = definition
  const { tray } = desktop
  if (!mayRunAtOnce(definition, connection)) {
    return { definitionId: id, text: tray.run(name), atOnce: false }
  }
  return { definitionId: id, text: tray.runAtOnce(name, lastRunOf(definition)), atOnce: true }
}

/** Not production, and nothing that a run would undo: a vault's scheduled job loses its next scheduled run. */
const mayRunAtOnce = ({ request }: DefinitionView, connection: ConnectionView | undefined): boolean =>
  connection !== undefined && connection.mark !== 'production' && request?.kind !== 'job'

function lastRunOf({ lastJob, lastReceipt }: DefinitionView): Parameters<typeof desktop.tray.runAtOnce>[1] {
  if (lastJob === null) return null
  const saved = lastReceipt !== null && lastJob.delivery?.receiptId === lastReceipt.id
  return {
    at: lastJob.startedAt?.at ?? lastJob.knownAt,
    by: lastJob.startedBy,
    rows: saved ? lastReceipt.rows : null,
  }
}

export type RunParts = {
  readonly jobs: Pick<Desk['jobs'], 'plan' | 'run'>
  /** Who asks: the name of the operating system's account. */
  readonly account: string
  /** Shows the question in the window. */
  readonly ask: (definitionId: string) => void
}

/** Runs a favourite, or joins what is open; where anything is to be decided first, the window asks. */
export async function runFavourite({ jobs, account, ask }: RunParts, id: string): Promise<void> {
  const plan = await jobs.plan(definitionId(id))
  if (!isPlain(plan)) ask(id)
  else await jobs.run(definitionId(id), { again: false, by: account })
}

const isPlain = ({ again, destination }: RunPlan): boolean => again === null && destination !== null
