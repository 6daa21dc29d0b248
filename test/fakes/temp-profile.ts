import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type Database, openDatabase } from '../../main/adapters/database/database.ts'
import type { Migration } from '../../main/adapters/database/migrations/index.ts'

const folders: string[] = []
const databases: Database[] = []

/** A folder for one test, removed after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'extract-desk-'))
  folders.push(folder)
  return folder
}

/** A real database for one test, with all migrations unless others are named; closed after it. */
export function tempDatabase(folder = tempFolder(), migrations?: readonly Migration[]): Database {
  const database = migrations ? openDatabase(folder, migrations) : openDatabase(folder)
  databases.push(database)
  return database
}

afterEach(() => {
  for (const database of databases.splice(0)) database.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
