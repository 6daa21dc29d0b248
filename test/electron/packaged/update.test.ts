/**
 * The real package, replaced by a newer one while its user quits. The newer one differs in its version alone; whom both
 * believe is a key that this test makes. In place of pkexec, which asks for the administrator's password, stands a script
 * that runs what it is given, and in place of this computer a folder: dpkg is told so by a script before it in PATH.
 */
import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { ElectronApplication } from 'playwright-core'
import { afterAll, afterEach, expect, test } from 'vitest'
import { DEB_FOLDER, makeDeb } from '../../../build/deb.mjs'
import { root } from '../../../build/ensure/ensure.mjs'
import { canMakeDeb, debFile } from '../../../build/package.mjs'
import { launchApp } from '../../../build/session/launch-app.mjs'
import { newKeyPair, signUpdate } from '../../../build/signed-manifests.mjs'
import { words } from '../../../preload/contract/text/index.ts'
import { serveUpdates, type UpdateServer } from '../../integration/updates/update-server.ts'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { sha256Of } from '../journeys/on-disk.ts'
import { faultsOf } from '../journeys/opened-app.ts'
import { goTo } from '../journeys/steps.ts'
import { desktop } from '../session/desktop.ts'
import { dpkg } from '../session/dpkg.ts'
import { ended, openWindow, until } from '../shell/hands.ts'
import { otherVersion } from './other-version.ts'

const session = desktop()
const newer = '99.0.0'
const servers: UpdateServer[] = []
const apps: { readonly app: ElectronApplication; readonly running: ChildProcess }[] = []
afterEach(async () => {
  for (const { app, running } of apps.splice(0)) if (running.exitCode === null) await app.close()
  for (const server of servers.splice(0)) await server.close()
})

afterAll(() => session.detach())

/** A computer on which this version is installed, and an update server with a newer one. */
async function setUp() {
  const computer = session.newFolder('computer')
  const site = session.newFolder('site')
  dpkg(computer, '--install', debFile)
  const installed = join(computer, DEB_FOLDER)
  const program = join(installed, 'extract-desk-app')
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  const server = await serveUpdates(site)
  servers.push(server)
  const { privateKey, publicKey } = newKeyPair()
  const updates = { url: server.url, publicKeys: [publicKey], publishers: [] }

  const about = { version: newer, description: 'A newer version', author: 'Tests' }
  otherVersion(installed, { version: newer, updates })
  makeDeb(installed, about, join(root, 'build/icons'), join(site, `extract-desk_${newer}_amd64.deb`))
  const release = { version: newer, channel: 'latest', notes: 'Counts faster.', privateKeys: [privateKey] }
  expect(signUpdate(site, release)).toEqual(['latest-linux.yml'])

  const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  otherVersion(installed, { version, updates })
  // The stand-in for pkexec gives no one more rights than they have, so the folder is its user's.
  const owner = session.account === undefined ? '' : `${session.account.uid}:${session.account.gid}`
  if (owner !== '') spawnSync('chown', ['-R', owner, computer])
  return { computer, program, server, version, tools: standIns(computer) }
}

/** A folder with the stand-ins for pkexec and dpkg. */
function standIns(computer: string): string {
  const tools = session.newFolder('tools')
  const script = (name: string, text: string) =>
    writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  script('pkexec', '[ "$1" = --disable-internal-agent ] && shift\nexec "$@"')
  script(
    'dpkg',
    `PATH=/usr/sbin:/usr/bin:/sbin:/bin exec dpkg --root='${computer}' --force-not-root --force-depends --log=/dev/null "$@"`,
  )
  return tools
}

test.runIf(canMakeDeb())(
  'a newer package is fetched, verified and installed when the user quits, and opens the same history',
  { timeout: 240_000 },
  async () => {
    const { computer, program, server, version, tools } = await setUp()
    const profile = session.newFolder('profile')
    const env = { HOME: session.newFolder('home'), PATH: `${tools}:${session.env.PATH ?? '/usr/bin:/bin'}` }
    const start = async () => {
      const app = await launchApp({ session, app: { program }, profile, env })
      apps.push({ app, running: app.process() })
      return { app, page: await openWindow(app) }
    }
    const snapshotOf = async (page: Awaited<ReturnType<typeof openWindow>>) => {
      const answer = await page.evaluate(() => window.desk.app.snapshot())
      if (!answer.ok) throw new Error(answer.error.code)
      return answer.value
    }
    const historyOf = (page: Awaited<ReturnType<typeof openWindow>>) =>
      page.evaluate(() =>
        window.desk.history.search({
          text: '',
          connectionId: null,
          outcome: 'any',
          since: null,
          offset: 0,
          limit: 100,
        }),
      )

    const before = await start()
    const { folder, files } = await firstDelivery({
      app: before.app,
      screenshot: async () => {},
      onState: () => {},
    })
    const history = await historyOf(before.page)
    expect((await snapshotOf(before.page)).status).toMatchObject({ version, update: { state: 'idle' } })
    expect(server.asked).toEqual([])

    await goTo(before.page, 'settings')
    await before.page.getByRole('button', { name: words.updates.check }).click()
    await before.page.getByText(words.updates.ready(newer)).waitFor()
    await before.page.getByText(words.updates.readyInLine(newer)).waitFor()
    const told = await session.waitForNotification(({ summary }) => summary.includes(newer))
    expect(told.summary).toContain(newer)
    // Nothing is under way: a delivery that has just ended may stand there for a moment.
    await until(async () => (await snapshotOf(before.page)).activity.running.length, 0)
    const end = ended(before.app)
    const tray = await session.tray()
    await tray.choose(await tray.waitForItem(), 'Quit')
    expect(await end).toBe(0)
    expect(readFileSync(join(computer, 'var/lib/dpkg/status'), 'utf8')).toContain(`Version: ${newer}`)
    expect(faultsOf(profile)).toEqual([])

    const after = await start()
    expect((await snapshotOf(after.page)).status.version).toBe(newer)
    expect(await historyOf(after.page)).toEqual(history)
    for (const { path, sha256 } of files) expect(sha256Of(join(folder, path))).toBe(sha256)
    await after.page.evaluate(() => window.desk.updates.check())
    await until(async () => (await snapshotOf(after.page)).status.update.state, 'none')
    expect(existsSync(join(profile, 'updates'))).toBe(false)
    expect(faultsOf(profile)).toEqual([])
  },
)
