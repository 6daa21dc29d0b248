import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { databaseFileName, openDatabase } from '../../../main/adapters/database/database.ts'
import { type Migration, migrations } from '../../../main/adapters/database/migrations/index.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

const one: Migration = {
  version: 1,
  name: 'one',
  up: ['CREATE TABLE a (x INTEGER)', 'INSERT INTO a VALUES (7)'],
}
const two: Migration = { version: 2, name: 'two', up: tx => tx.exec('CREATE TABLE b (y INTEGER)') }
const broken: Migration = { version: 2, name: 'broken', up: ['CREATE TABLE b (y INTEGER)', 'NOT SQL'] }

const tables = (folder: string, list: readonly Migration[]) =>
  tempDatabase(folder, list)
    .all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .map(row => (row as { name: string }).name)

describe('migrations', () => {
  test('are numbered in order, without gaps or doubles', () => {
    expect(migrations.map(m => m.version)).toEqual(migrations.map((_, index) => index + 1))
  })

  test('are applied once, in order, over several starts', () => {
    const folder = tempFolder()
    expect(tables(folder, [one])).toEqual(['a'])
    expect(tables(folder, [one, two])).toEqual(['a', 'b'])
    const database = tempDatabase(folder, [one, two])
    expect(database.all('SELECT x FROM a')).toEqual([{ x: 7 }])
  })

  test('copy an existing database before they change it, and keep that copy', () => {
    const folder = tempFolder()
    tempDatabase(folder, [one]).close()
    expect(existsSync(join(folder, 'backups'))).toBe(false)
    tempDatabase(folder, [one, two]).close()
    expect(readdirSync(join(folder, 'backups'))).toEqual(['desk-v1.db'])

    const restored = tempFolder()
    writeFileSync(join(restored, databaseFileName), readFileSync(join(folder, 'backups', 'desk-v1.db')))
    expect(tables(restored, [one])).toEqual(['a'])
  })

  test('that fail leave the version before, whole', () => {
    const folder = tempFolder()
    tempDatabase(folder, [one]).close()
    expect(() => openDatabase(folder, [one, broken])).toThrow(/syntax/)
    expect(tables(folder, [one])).toEqual(['a'])
  })

  test('of a newer app: refused, and not a byte is written', () => {
    const folder = tempFolder()
    tempDatabase(folder, [one, two]).close()
    const before = readFileSync(join(folder, databaseFileName))
    expect(() => openDatabase(folder, [one])).toThrow(
      expect.objectContaining({ code: 'profile-newer', facts: { found: 2, newest: 1 } }),
    )
    expect(readFileSync(join(folder, databaseFileName)).equals(before)).toBe(true)
  })
})

describe('a database that cannot be used', () => {
  test.each([
    ['is no database', (file: string) => writeFileSync(file, 'something else altogether '.repeat(500))],
    [
      'has damaged pages',
      (file: string) => {
        const bytes = readFileSync(file)
        bytes.fill(0xee, 4096)
        writeFileSync(file, bytes)
      },
    ],
  ])('%s: profile-damaged, and the file is kept as it was', (_, damage) => {
    const folder = tempFolder()
    const file = join(folder, databaseFileName)
    tempDatabase(folder, [one]).close()
    damage(file)
    const before = readFileSync(file)
    expect(() => openDatabase(folder, [one, two])).toThrow(
      expect.objectContaining({ code: 'profile-damaged' }),
    )
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a folder that cannot be made: folder-not-writable', () => {
    const file = join(tempFolder(), 'a-file')
    writeFileSync(file, '')
    expect(() => openDatabase(join(file, 'profile'))).toThrow(
      expect.objectContaining({ code: 'folder-not-writable' }),
    )
  })
})
