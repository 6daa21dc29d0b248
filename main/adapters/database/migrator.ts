import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../core/errors.ts'
import type { Instant } from '../../core/time.ts'
import { backUp } from './backup.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { Migration } from './migrations/index.ts'

const versionRow = z.object({ user_version: z.int().nonnegative() })
const versionOf = (reader: Reader): number => versionRow.parse(reader.get('PRAGMA user_version')).user_version

/**
 * Brings the database to the newest version, one transaction a migration; `user_version` is part of it, so a cut
 * leaves a whole version. Two processes may do this at once: each looks again once it holds the lock.
 * A database that holds data is copied beside itself first (backup.ts).
 */
export function migrate(database: Database, migrations: readonly Migration[], now: Instant): void {
  const newest = migrations.at(-1)?.version ?? 0
  const found = versionOf(database)
  if (found > newest) throw new AppError('profile-newer', { facts: { found, newest } })
  // Only after the check above: a database of a newer app is not touched at all.
  database.all('PRAGMA journal_mode = WAL')
  database.all('PRAGMA synchronous = FULL')
  database.all('PRAGMA foreign_keys = ON')
  if (found === newest) return
  if (found > 0) {
    refuseDamaged(database)
    backUp(database, found, now, () => versionOf(database) === found)
  }
  for (const migration of migrations) database.transaction(tx => apply(tx, migration))
}

function apply(tx: Tx, migration: Migration): void {
  if (versionOf(tx) >= migration.version) return
  if (typeof migration.up === 'function') migration.up(tx)
  else for (const sql of migration.up) tx.exec(sql)
  tx.exec(`PRAGMA user_version = ${migration.version}`)
}

/** A damaged file opens and reads well for as long as nothing touches the damage; a migration may touch all of it. */
function refuseDamaged(database: Database): void {
  const findings = z.array(z.object({ quick_check: z.string() })).parse(database.all('PRAGMA quick_check(1)'))
  if (findings.every(finding => finding.quick_check === 'ok')) return
  throw new AppError('profile-damaged', { facts: { folder: dirname(database.file), file: database.file } })
}
