import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { start } from '../cli/command.ts'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { sha256Of } from '../journeys/on-disk.ts'
import { faultsOf, openApp } from '../journeys/opened-app.ts'
import { desktop } from '../session/desktop.ts'
import { inMain } from '../shell/hands.ts'

test('its launcher runs commands, without a display', async () => {
  const session = desktop()
  const profile = session.newFolder('launcher')
  const command = (...words: string[]) =>
    start(session, { launcher: inject('launcher') }, [...words, '--json', '--profile', profile]).ended
  expect(await command('history', 'list')).toEqual({ exit: 0, out: '[]\n', err: '' })
  const unknown = await command('connection', 'test', 'nobody')
  expect({ exit: unknown.exit, code: JSON.parse(unknown.out).error.code }).toEqual({
    exit: 11,
    code: 'not-found',
  })
  session.detach()
})

test('the packaged app makes the first delivery', { timeout: 120_000 }, async () => {
  const session = desktop()
  const profile = session.newFolder('profile')
  const opened = await openApp(session, profile)
  const { app } = opened
  const states: string[] = []
  try {
    expect(await inMain(app, ({ app: electron }) => electron.isPackaged)).toBe(true)
    const { folder, files } = await firstDelivery({
      app,
      screenshot: async () => {},
      onState: state => void states.push(state),
    })
    expect(states).toContain(words.states.jobStates.running)
    expect(files).toHaveLength(3)
    expect(readdirSync(folder).sort()).toEqual(files.map(({ path }) => path).sort())
    for (const { path, sha256 } of files) expect(sha256Of(join(folder, path))).toBe(sha256)
    expect(opened.complaints).toEqual([])
    expect(faultsOf(profile)).toEqual([])
  } finally {
    await opened.close()
    session.detach()
  }
})
