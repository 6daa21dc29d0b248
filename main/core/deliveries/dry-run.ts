import { join } from 'node:path'
import type {
  DryRunAction,
  DryRunFile,
  DryRunView,
  NameChange,
  NameChangeReason,
} from '../../../preload/contract/dry-run.ts'
import type { WarningView } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { groupNames, type JobValues } from './naming.ts'
import { safeSegment } from './safe-names.ts'
import type { Delivery, PlannedFile } from './types.ts'

/** What the next delivery will probably bring. */
export type Example = {
  readonly job: JobValues
  readonly originals: readonly string[]
  readonly downloaded: string
  readonly names: DryRunView['names']
}

/** How a group would be named, before anything that stands in the folder is looked at. */
export type Foretold = {
  /** Below the destination; the marker, where there is one, is the last. */
  readonly paths: readonly string[]
  readonly hasMarker: boolean
  readonly changes: readonly NameChange[]
  readonly needsFolderOrMarker: boolean
}

/** Throws `name-invalid` and `conflict` as a delivery would (naming.ts). */
export function foretell(destination: Destination, { job, originals, downloaded }: Example): Foretold {
  const names = groupNames(destination, job, originals, downloaded)
  const { paths, marker, warnings } = names
  const tops = new Set(paths.map(path => path.split('/')[0]))
  const another = { ...job, jobId: `${job.jobId}-2` }
  const anotherTop = groupNames(destination, another, originals, downloaded).paths[0]?.split('/')[0]
  const ownFolder = tops.size === 1 && paths.every(path => path.includes('/')) && !tops.has(anotherTop ?? '')
  return {
    paths: marker === null ? paths : [...paths, marker],
    hasMarker: marker !== null,
    changes: warnings.map(changeOf),
    needsFolderOrMarker: paths.length > 1 && marker === null && !ownFolder,
  }
}

function changeOf({ facts }: WarningView): NameChange {
  const [from, to] = [String(facts.from), String(facts.to)]
  const characters = [...new Set(from)].filter(one => one !== '/' && safeSegment(`a${one}a`) !== `a${one}a`)
  return { from, to, characters, reason: reasonOf(from, to, characters) }
}

/** By the rule of safe-names.ts: asked, and not said once more. */
function reasonOf(from: string, to: string, characters: readonly string[]): NameChangeReason {
  if (characters.length > 0) return 'characters'
  const parts = from.split('/').map(part => [part, safeSegment(part)] as const)
  if (parts.some(([part, safe]) => safe.length === part.length + 1 && safe[0] === '_')) return 'device'
  if (parts.some(([part, safe]) => safe !== part && safe.length === part.length)) return 'end'
  return parts.map(([, safe]) => safe).join('/') === to ? 'long' : 'twice'
}

/** What becomes of each file where it was planned (plan.ts) by `plannedAs`. */
export function dryRunFiles(
  { paths, hasMarker }: Foretold,
  { folder, onConflict }: Pick<Destination, 'folder' | 'onConflict'>,
  planned: readonly PlannedFile[] | null,
): readonly DryRunFile[] {
  return paths.map((path, index) => {
    const wanted = join(folder, path)
    const file = planned?.[index]
    return {
      path: file?.final ?? wanted,
      action: file ? actionOf(file, wanted, onConflict) : null,
      marker: hasMarker && index === paths.length - 1,
    }
  })
}

function actionOf(file: PlannedFile, wanted: string, policy: Destination['onConflict']): DryRunAction {
  if (file.final !== wanted) return 'numbered'
  if (file.action === 'place') return 'new'
  if (policy === 'skip-same') return 'compares'
  return policy === 'fail' ? 'stops' : 'replaces'
}

/**
 * The longest path, against what programs can open: 259 characters on Windows (MAX_PATH with its final zero: we could
 * write more, and Excel, the Explorer and most ERPs could not read it), 1,023 bytes on macOS and 4,095 on Linux
 * (PATH_MAX, likewise). Single names need no look: they are cut to 240 bytes.
 */
export function longestPath(paths: readonly string[], platform: NodeJS.Platform): DryRunView['longest'] {
  const unit = platform === 'win32' ? 'characters' : 'bytes'
  const limit = platform === 'win32' ? 259 : platform === 'darwin' ? 1023 : 4095
  const lengthOf = (path: string) => (unit === 'bytes' ? Buffer.byteLength(path) : path.length)
  const [first, ...others] = paths
  if (first === undefined) return null
  const path = others.reduce((long, one) => (lengthOf(one) > lengthOf(long) ? one : long), first)
  return { path, length: lengthOf(path), limit, unit }
}

/** Archive and contents of a delivery and a tenth more: what another one of its size needs at most. */
export function neededFor({ downloads, contents }: Pick<Delivery, 'downloads' | 'contents'>): number {
  const unpacked = (contents ?? []).filter(file => !downloads.some(({ path }) => path === file.staged))
  const bytes = [...downloads, ...unpacked].reduce((sum, file) => sum + file.bytes, 0)
  return Math.ceil(bytes * 1.1)
}
