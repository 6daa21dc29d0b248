import { basename, join } from 'node:path'
import type { FileFinding, ReceiptFile } from '../../../preload/contract/receipts.ts'
import type { Files } from '../deliveries/files.ts'
import { type FindingsWorld, findingOf, findingsOf } from './findings.ts'

export type Listed = { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }

/** What is in a folder; hidden names too. */
export interface Folders {
  list(folder: string): Promise<readonly Listed[]>
}

export type WhereaboutsWorld = FindingsWorld & {
  readonly files: Pick<Files, 'look'>
  readonly folders: Folders
}

/**
 * How far a file is looked for that is not where it was put. Enough for who sorts a folder by month or puts what was
 * read into "done"; an archive of years on a share must not be read through for one file.
 */
const reach = { folders: 200, files: 5000, hashed: 8 } as const

type Delivered = Pick<ReceiptFile, 'path' | 'bytes' | 'sha256'>

/** Where delivered files are now, also those that somebody moved within their destination folder. */
export async function whereabouts(
  world: WhereaboutsWorld,
  folder: string,
  delivered: readonly Delivered[],
  signal: AbortSignal,
): Promise<readonly FileFinding[]> {
  const findings = await findingsOf(world, delivered, signal)
  // An empty file is like every other empty file.
  const gone = delivered.filter((file, index) => findings[index]?.found === 'missing' && file.bytes > 0)
  if (gone.length === 0) return findings
  const own = new Set(delivered.map(file => file.path))
  const others = (await filesBelow(world.folders, folder, signal)).filter(path => !own.has(path))
  const moved = new Map<string, string>()
  for (const file of gone) {
    const taken = new Set(moved.values())
    const free = others.filter(path => !taken.has(path))
    const found = await sameBytes(world, file, free, signal)
    if (found !== null) moved.set(file.path, found)
  }
  return findings.map(finding => {
    const movedTo = moved.get(finding.path)
    return movedTo === undefined ? finding : { path: finding.path, found: 'moved', movedTo }
  })
}

/** The file of these that has a delivered one's bytes. Those with its name are looked at first. */
async function sameBytes(
  world: WhereaboutsWorld,
  file: Delivered,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const name = basename(file.path)
  const named = paths.filter(path => basename(path) === name)
  const rest = paths.filter(path => basename(path) !== name)
  let hashed = 0
  for (const path of [...named, ...rest]) {
    signal.throwIfAborted()
    if (hashed === reach.hashed) return null
    const facts = await world.files.look(path).catch(() => null)
    if (facts?.kind !== 'file' || facts.bytes !== file.bytes) continue
    hashed += 1
    if ((await findingOf(world, path, file, signal)) === 'there') return path
  }
  return null
}

/** The files of a folder and of those below it, nearest first, as far as `reach` says. Links are not followed. */
async function filesBelow(folders: Folders, folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const files: string[] = []
  const waiting = [folder]
  for (let read = 0; read < reach.folders && files.length < reach.files; read += 1) {
    const next = waiting.shift()
    if (next === undefined) break
    signal.throwIfAborted()
    // A folder that cannot be read hides what is in it, and nothing else.
    for (const { name, kind } of await folders.list(next).catch(() => [])) {
      // Ours are hidden: what is still being made in them was not delivered yet.
      if (kind === 'folder' && !name.startsWith('.')) waiting.push(join(next, name))
      if (kind === 'file') files.push(join(next, name))
    }
  }
  return files.slice(0, reach.files)
}
