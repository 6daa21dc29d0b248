import { dirname } from 'node:path'
import type { DryRunView, FolderTrialView } from '../../../preload/contract/dry-run.ts'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import type { ConflictPolicy } from '../../../preload/contract/words.ts'
import type { DryRunsService } from '../desk.ts'
import { AppError, errorView, isAppError } from '../errors.ts'
import type { DefinitionId } from '../ids.ts'
import { dryRunFiles, type Example, type Foretold, foretell, longestPath, neededFor } from './dry-run.ts'
import { fileError } from './files.ts'
import { newestOnly } from './newest-only.ts'
import { decideActions, type NamedFile } from './plan.ts'
import { realFolder } from './staging.ts'
import { tryStaging } from './trial.ts'
import type { DeliveriesWorld } from './world.ts'

export type DryRunWorld = Pick<
  DeliveriesWorld,
  | 'deliveries'
  | 'jobs'
  | 'definitions'
  | 'connections'
  | 'files'
  | 'work'
  | 'clock'
  | 'ids'
  | 'leases'
  | 'profileId'
> & { readonly platform: NodeJS.Platform }

/** More files than these are named and counted, and not looked up in the folder: over a network each look takes its time. */
const mostLookedUp = 200
/** Nobody reads more of them. */
const mostChanges = 5

/**
 * Finds out what a destination would do. `files` must give up soon on a share that does not answer, and apart from the
 * deliveries' own files: somebody waits at the form.
 */
export function createDryRuns(world: DryRunWorld): DryRunsService {
  const { files, work, deliveries, platform } = world
  const namesInTurn = newestOnly()
  const foldersInTurn = newestOnly()

  async function namesOf(destination: Destination, id: DefinitionId): Promise<DryRunView> {
    const example = await exampleOf(world, id)
    let foretold: Foretold
    try {
      foretold = foretell(destination, example)
    } catch (error) {
      return view(example, { ...nothing, paths: [] }, [], viewOf(error, destination.folder))
    }
    const looked = { ...foretold, paths: foretold.paths.slice(0, mostLookedUp) }
    try {
      const planned = await plan(destination, looked)
      const found = dryRunFiles(looked, destination, planned)
      const stop = found.find(file => file.action === 'stops')
      const conflict = stop ? errorView(new AppError('conflict', { facts: { path: stop.path } })) : null
      return view(example, foretold, found, conflict)
    } catch (error) {
      const found = dryRunFiles(looked, destination, null)
      return view(example, foretold, found, viewOf(error, destination.folder))
    }
  }

  function view(
    { names }: Example,
    { paths, changes, needsFolderOrMarker }: Foretold,
    found: DryRunView['files'],
    error: ErrorView | null,
  ): DryRunView {
    const all = found.map(file => file.path)
    return {
      names,
      count: paths.length,
      files: found,
      changes: changes.slice(0, mostChanges),
      longest: longestPath(all, platform),
      needsFolderOrMarker,
      error,
    }
  }

  async function plan({ folder, onConflict }: Destination, { paths }: Foretold) {
    await realFolder(files, folder)
    const group = paths.map(unhashed)
    const decided = (policy: ConflictPolicy) =>
      decideActions(files, work, folder, group, policy, new AbortController().signal)
    if (onConflict === 'keep-both') return decided('keep-both')
    try {
      // What stands there is found by `replace`; whether bytes are the same, no dry run can know.
      return await decided('replace')
    } catch (error) {
      if (onConflict === 'skip-same' && isAppError(error, 'conflict')) return decided('keep-both')
      throw error
    }
  }

  async function tried(folder: string, id: DefinitionId): Promise<FolderTrialView> {
    const last = await deliveries.lastDelivered(id)
    const neededBytes = last && neededFor(last)
    try {
      const { staging, freeBytes } = await tryStaging(world, folder, async ({ root }, real) => ({
        staging: dirname(root) === real ? ('inside' as const) : ('beside' as const),
        freeBytes: await files.space(root),
      }))
      const short = freeBytes !== null && neededBytes !== null && freeBytes < neededBytes
      const error = short ? new AppError('no-space', { facts: { folder, neededBytes, freeBytes } }) : null
      return { staging, freeBytes, neededBytes, error: error && errorView(error) }
    } catch (error) {
      return { staging: null, freeBytes: null, neededBytes, error: viewOf(error, folder) }
    }
  }

  return {
    dryRun: (destination, id) => namesInTurn(() => namesOf(destination, id)),
    tryFolder: (folder, id) => foldersInTurn(() => tried(folder, id)),
  }
}

const nothing: Omit<Foretold, 'paths'> = { hasMarker: false, changes: [], needsFolderOrMarker: false }

const viewOf = (error: unknown, folder: string): ErrorView => errorView(fileError(error, folder))

const unhashed = (path: string): NamedFile => ({
  staged: '',
  path,
  bytes: 0,
  sha256: '',
  crc32: null,
  rows: null,
})

/** What the next delivery will probably bring: what the last one brought. */
async function exampleOf(world: DryRunWorld, id: DefinitionId): Promise<Example> {
  const definition = await world.definitions.find(id)
  const connection = definition && (await world.connections.find(definition.connectionId))
  if (!definition || !connection) throw new AppError('not-found')
  const last = await world.jobs.lastCompleted(id)
  const delivered = await world.deliveries.lastDelivered(id)
  const now = world.clock.now()
  const job = {
    system: connection.system,
    connection: connection.name,
    definition: definition.name,
    jobId: last?.remoteId ?? 'job',
    start: last?.startedAt?.at ?? now,
    end: last?.endedAt?.at ?? now,
  }
  const otherwise = `${definition.name}_${job.jobId}.txt`.replace(/[/\\]/g, '_')
  const downloaded = delivered?.downloads[0]?.name ?? otherwise
  const contents = delivered?.contents?.map(file => file.original) ?? null
  return {
    job,
    originals: contents ?? [downloaded],
    downloaded,
    names: contents === null ? 'example' : 'of-last-delivery',
  }
}
