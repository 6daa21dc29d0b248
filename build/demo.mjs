import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { bundle } from './bundle.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, say } from './ensure/stop.mjs'
import { stageApp } from './stage.mjs'

/**
 * The two sides of test/electron/journeys/first-delivery.ts.
 *
 * @typedef {{
 *   app: import('playwright-core').ElectronApplication,
 *   screenshot: (page: import('playwright-core').Page, name: string) => Promise<void>,
 * }} Journey
 * @typedef {{ folder: string, files: readonly { path: string, sha256: string }[] }} Delivered
 */

/** What the demo leaves to look at: screenshots and the delivered files. */
const OUTPUT = join(root, 'out', 'demo')

/** macOS and Windows always have a screen; Linux tells by this. */
const display = process.platform === 'linux' ? process.env.DISPLAY || undefined : 'always'

await runCommand(async () => {
  const runtime = await ensureAll(
    display === undefined ? 'session on its own screen' : 'session on a display',
  )
  await bundle(say)
  const { openDesktopSession } = await import('./session/desktop-session.mjs')
  const session = await openDesktopSession({ display })
  try {
    const folder = join(session.description.folder, 'app')
    stageApp(folder)
    await deliver(session, { program: runtime.program, folder })
  } finally {
    await session.close()
  }
})

/**
 * @param {import('./session/attached-session.mjs').DesktopSession} session
 * @param {import('./session/launch-app.mjs').AppUnderTest} app
 */
async function deliver(session, app) {
  const { launchApp } = await import('./session/launch-app.mjs')
  const { runnerImport } = await import('vite')
  // The journey is the one that the tests make; Node 20 cannot read its TypeScript by itself.
  const file = join(root, 'test', 'electron', 'journeys', 'first-delivery.ts')
  /** @type {{ module: { firstDelivery: (journey: Journey) => Promise<Delivered> } }} */
  const { module: journey } = await runnerImport(file, { configFile: false, root })
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(OUTPUT, { recursive: true })
  const running = await launchApp({ session, app, profile: session.newFolder('profile') })
  /** @type {string[]} */
  const screenshots = []
  try {
    const delivered = await journey.firstDelivery({
      app: running,
      screenshot: async (page, name) => {
        const path = join(OUTPUT, `${String(screenshots.length + 1).padStart(2, '0')}-${name}.png`)
        await page.screenshot({ path })
        screenshots.push(path)
      },
    })
    report(keep(delivered), screenshots)
    if (display !== undefined) {
      console.log('\nThe window stays open; quit the app to end the demo.')
      await running.waitForEvent('close', { timeout: 0 })
    }
  } finally {
    await running.close()
  }
}

/**
 * The session's folders go with it; what was delivered stays.
 *
 * @param {Delivered} delivered
 * @returns {string[]} where they are now
 */
function keep({ folder, files }) {
  if (files.length === 0) throw new Error('The journey delivered no file')
  return files.map(file => {
    const kept = join(OUTPUT, 'delivered', file.path)
    mkdirSync(dirname(kept), { recursive: true })
    copyFileSync(join(folder, file.path), kept)
    if (sha256Of(kept) !== file.sha256) throw new Error(`${file.path} is not what its receipt says`)
    return kept
  })
}

/** @param {string} file */
function sha256Of(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** @param {readonly string[]} files @param {readonly string[]} screenshots */
function report(files, screenshots) {
  console.log('\nDelivered:')
  for (const file of files) {
    console.log(`  ${relative(root, file)}\n    ${statSync(file).size} bytes, SHA-256 ${sha256Of(file)}`)
  }
  console.log('\nScreenshots:')
  for (const screenshot of screenshots) console.log(`  ${relative(root, screenshot)}`)
}
