import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Instant, isoOf } from '../../core/time.ts'
import type { Database } from './database.ts'

/**
 * Copies the database beside itself before it is changed: `backups/desk-v3-20261122T030405678Z.db`. Whole or not there,
 * and there after a power cut: written under another name, and to the disk, first. Dated, so that no copy stands in
 * for a later one; the same bytes are not kept twice, since a migration that fails is tried at every start. The newest five
 * stay: older ones would fill the disk with databases that no version in use reads.
 * @param isStill asked after the copying: false where another process migrated meanwhile, which made a copy itself
 */
export function backUp(database: Database, version: number, now: Instant, isStill: () => boolean): void {
  const folder = join(dirname(database.file), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = `desk-v${version}-${isoOf(now).replace(/[-:.]/g, '')}.db`
  const draft = join(folder, `${name}.${process.pid}`)
  rmSync(draft, { force: true })
  database.copyTo(draft)
  if (!isStill() || isKept(folder, version, draft)) {
    rmSync(draft)
    return
  }
  sync(draft, 'r+')
  renameSync(draft, join(folder, name))
  // Windows cannot sync a folder, and keeps its names in a journal.
  if (process.platform !== 'win32') sync(folder, 'r')
  forgetOldest(folder)
}

/** How many copies are kept. */
const KEPT = 5

/** By their times, which are the end of their names. Only whole copies count, and only now that the newest is one of them. */
function forgetOldest(folder: string): void {
  const timeOf = (name: string): string => name.slice(name.indexOf('-', 'desk-v'.length))
  const copies = readdirSync(folder)
    .filter(name => /^desk-v\d+-\d{8}T\d{9}Z\.db$/.test(name))
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
  for (const name of copies.slice(0, -KEPT)) rmSync(join(folder, name), { force: true })
}

/** Whether the last copy of this version has these very bytes. */
function isKept(folder: string, version: number, draft: string): boolean {
  const last = readdirSync(folder)
    .filter(name => name.startsWith(`desk-v${version}-`) && name.endsWith('.db'))
    .sort()
    .at(-1)
  return last !== undefined && readFileSync(join(folder, last)).equals(readFileSync(draft))
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
