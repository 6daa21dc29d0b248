import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { databaseFileName, openDatabase } from '../../../main/adapters/database/database.ts'
import { type Migration, migrations } from '../../../main/adapters/database/migrations/index.ts'
import { instantAt } from '../../../main/core/time.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

const calls = vi.hoisted((): string[] => [])
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  const noted =
    <A extends readonly unknown[]>(call: string, run: (...given: A) => void) =>
    (...given: A): void => {
      calls.push(call)
      run(...given)
    }
  return { ...fs, fsyncSync: noted('fsync', fs.fsyncSync), renameSync: noted('rename', fs.renameSync) }
})

const at = (ms: number) => ({ now: () => instantAt(ms) })
const copies = (folder: string) => readdirSync(join(folder, 'backups')).sort()

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
    const [copy = ''] = copies(folder)
    expect(copies(folder)).toEqual([expect.stringMatching(/^desk-v1-\d{8}T\d{9}Z\.db$/)])

    const restored = tempFolder()
    writeFileSync(join(restored, databaseFileName), readFileSync(join(folder, 'backups', copy)))
    expect(tables(restored, [one])).toEqual(['a'])
  })

  test('copy a restored database again, with what came to it since', () => {
    const before = tempFolder()
    tempDatabase(before, [one]).close()
    openDatabase(before, [one, two], at(Date.UTC(2026, 10, 22, 3, 4, 5, 678))).close()
    const folder = tempFolder()
    cpSync(join(before, 'backups'), join(folder, 'backups'), { recursive: true })
    cpSync(join(before, 'backups', 'desk-v1-20261122T030405678Z.db'), join(folder, databaseFileName))
    const database = tempDatabase(folder, [one])
    database.transaction(tx => tx.exec('INSERT INTO a VALUES (8)'))
    database.close()
    openDatabase(folder, [one, two], at(Date.UTC(2026, 10, 23))).close()
    expect(copies(folder)).toEqual(['desk-v1-20261122T030405678Z.db', 'desk-v1-20261123T000000000Z.db'])
    const again = tempFolder()
    writeFileSync(
      join(again, databaseFileName),
      readFileSync(join(folder, 'backups', 'desk-v1-20261123T000000000Z.db')),
    )
    expect(tempDatabase(again, [one]).all('SELECT x FROM a')).toEqual([{ x: 7 }, { x: 8 }])
  })

  test('that fail at every start keep one copy of the same database', () => {
    const folder = tempFolder()
    tempDatabase(folder, [one]).close()
    for (const day of [1, 2, 3])
      expect(() => openDatabase(folder, [one, broken], at(Date.UTC(2026, 10, day)))).toThrow(/syntax/)
    expect(copies(folder)).toEqual(['desk-v1-20261101T000000000Z.db'])
  })

  test('bring the copy to the disk before it gets its name', () => {
    const folder = tempFolder()
    tempDatabase(folder, [one]).close()
    calls.length = 0
    tempDatabase(folder, [one, two])
    expect(calls).toEqual(process.platform === 'win32' ? ['fsync', 'rename'] : ['fsync', 'rename', 'fsync'])
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
