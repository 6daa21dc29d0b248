/** What a migration must never cost: every version that was ever released, brought to the newest one, and back. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Database, databaseFileName, openDatabase } from '../../../main/adapters/database/database.ts'
import { type Migration, migrations } from '../../../main/adapters/database/migrations/index.ts'
import { instantAt } from '../../../main/core/time.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

const at = (day: number) => ({ now: () => instantAt(Date.UTC(2026, 10, day)) })
const versions = migrations.map(({ version }) => version)
const former = versions.slice(0, -1)
const known = (version: number) => migrations.slice(0, version)
const backups = (folder: string) => readdirSync(join(folder, 'backups')).sort()

/** A profile as an app of this version leaves it, with rows in its tables. */
function profileOf(version: number): string {
  const folder = tempFolder()
  const database = openDatabase(folder, known(version))
  database.transaction(tx => {
    tx.run('INSERT INTO profile (only, id, created_at) VALUES (1, ?, ?)', 'p-1', 1)
    tx.run('INSERT INTO settings (name, value) VALUES (?, ?)', 'defaultFolder', '"/srv/erp/in"')
    for (let n = 0; n < 200; n += 1)
      tx.run(
        'INSERT INTO journal (at, entity, entity_id, to_state, why, facts) VALUES (?, ?, ?, ?, ?, ?)',
        n,
        'job',
        `j-${n}`,
        'completed',
        'listed',
        JSON.stringify({ text: 'x'.repeat(500) }),
      )
  })
  database.close()
  return folder
}

const rowsOf = (database: Database) => ({
  profile: database.all('SELECT * FROM profile'),
  settings: database.all('SELECT * FROM settings'),
  journal: database.all('SELECT * FROM journal ORDER BY seq'),
})
const contentOf = (folder: string, list: readonly Migration[]) => rowsOf(tempDatabase(folder, list))
const isWhole = (database: Database) => database.all('PRAGMA integrity_check')

describe.each(former)('a profile of version %i', version => {
  test('keeps its rows, and a copy that an app of its version opens and writes to', () => {
    const folder = profileOf(version)
    const before = contentOf(folder, known(version))
    const database = tempDatabase(folder)
    expect(rowsOf(database)).toEqual(before)
    expect(isWhole(database)).toEqual([{ integrity_check: 'ok' }])

    const [copy = ''] = backups(folder)
    expect(backups(folder)).toEqual([expect.stringMatching(new RegExp(`^desk-v${version}-`))])
    const back = tempFolder()
    writeFileSync(join(back, databaseFileName), readFileSync(join(folder, 'backups', copy)))
    const restored = tempDatabase(back, known(version))
    expect(rowsOf(restored)).toEqual(before)
    expect(isWhole(restored)).toEqual([{ integrity_check: 'ok' }])
    restored.transaction(tx => tx.run("INSERT INTO settings (name, value) VALUES ('theme', '\"dark\"')"))
    expect(restored.all('SELECT * FROM settings')).toHaveLength(2)
  })

  test('goes on with its own app where a migration fails in the middle', () => {
    const folder = profileOf(version)
    const before = contentOf(folder, known(version))
    const broken: Migration = {
      version: version + 1,
      name: 'broken',
      up: ['CREATE TABLE half (x TEXT)', 'DELETE FROM settings', 'NOT SQL'],
    }
    expect(() => openDatabase(folder, [...known(version), broken])).toThrow(/syntax/)
    const database = tempDatabase(folder, known(version))
    expect(rowsOf(database)).toEqual(before)
    expect(database.all("SELECT name FROM sqlite_master WHERE name = 'half'")).toEqual([])
    database.transaction(tx => tx.run("INSERT INTO settings (name, value) VALUES ('theme', '\"dark\"')"))
    expect(database.all('SELECT * FROM settings')).toHaveLength(2)
  })

  test('that a newer app has changed is refused by its old one, which writes nothing there', () => {
    const folder = profileOf(version)
    openDatabase(folder).close()
    const file = join(folder, databaseFileName)
    const bytes = readFileSync(file)
    const { mtimeMs } = statSync(file)
    const names = readdirSync(folder)
    expect(() => openDatabase(folder, known(version))).toThrow(
      expect.objectContaining({
        code: 'profile-newer',
        facts: { found: versions.at(-1), newest: version },
      }),
    )
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect([statSync(file).mtimeMs, readdirSync(folder)]).toEqual([mtimeMs, names])
  })
})

test('the newest five copies are kept, whatever their versions', () => {
  const folder = tempFolder()
  const step = (version: number): Migration => ({
    version,
    name: `step ${version}`,
    up: [`CREATE TABLE t${version} (x TEXT)`],
  })
  const steps = Array.from({ length: 12 }, (_, n) => step(n + 1))
  for (const { version } of steps) openDatabase(folder, steps.slice(0, version), at(version)).close()
  const kept = backups(folder).map(name => Number(/^desk-v(\d+)-/.exec(name)?.[1]))
  expect(kept.sort((a, b) => a - b)).toEqual([7, 8, 9, 10, 11])
})
