import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { sha256Of } from '../journeys/on-disk.ts'
import { faultsOf, openApp } from '../journeys/opened-app.ts'
import { desktop } from '../session/desktop.ts'
import { inMain } from '../shell/hands.ts'

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
