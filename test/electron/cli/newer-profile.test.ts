import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { expect, inject, it } from 'vitest'
import { desktop } from '../session/desktop.ts'
import { start } from './command.ts'

it('a command of an older version leaves the database of a newer one as it is, and says so (12)', async () => {
  const session = desktop()
  const profile = session.newFolder('newer')
  const file = join(profile, 'desk.db')
  const database = new Libsql(file)
  database.exec('CREATE TABLE of_the_future (id TEXT)')
  database.pragma('user_version = 9999')
  database.close()
  chmodSync(file, 0o666)
  const before = readFileSync(file)
  for (const words of [
    ['history', 'list'],
    ['schedule', 'run-due'],
  ]) {
    const command = [...words, '--profile', profile, '--json']
    const { exit, out } = await start(session, { app: inject('app') }, command).ended
    expect([exit, JSON.parse(out).error.code]).toEqual([12, 'profile-newer'])
  }
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(profile)).not.toContain('backups')
  session.detach()
})
