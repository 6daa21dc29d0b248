import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { bundle } from './bundle.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, say } from './ensure/stop.mjs'
import { stageApp } from './stage.mjs'

/**
 * The sides of test/electron/journeys that are used here.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./session/attached-session.mjs').DesktopSession} DesktopSession
 * @typedef {(page: Page, name: string) => Promise<void>} Screenshot
 * @typedef {{
 *   app: import('playwright-core').ElectronApplication,
 *   screenshot: Screenshot,
 *   onState: (word: string) => void,
 * }} Journey
 * @typedef {{
 *   page: Page,
 *   screenshot: Screenshot,
 *   onState: (definition: string, word: string) => void,
 * }} OthersJourney
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
 * @param {DesktopSession} session
 * @param {import('./session/launch-app.mjs').AppUnderTest} app
 */
async function deliver(session, app) {
  const { launchApp } = await import('./session/launch-app.mjs')
  /** @type {{ DEFINITION: string, firstDelivery: (journey: Journey) => Promise<Delivered> }} */
  const { DEFINITION, firstDelivery } = await importJourney('first-delivery')
  /** @type {{ deliverOthers: (journey: OthersJourney) => Promise<readonly Delivered[]> }} */
  const { deliverOthers } = await importJourney('every-system')
  /** @type {{ portraits: (page: Page, screenshot: Screenshot) => Promise<void> }} */
  const { portraits } = await importJourney('portraits')
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(OUTPUT, { recursive: true })
  const running = await launchApp({ session, app, profile: session.newFolder('profile') })
  /** @type {string[]} */
  const screenshots = []
  /** @type {Screenshot} */
  const screenshot = async (page, name) => {
    const path = join(OUTPUT, `${name}.png`)
    await page.screenshot({ path })
    screenshots.push(path)
  }
  try {
    console.log('\nOne run of each system')
    const began = Date.now()
    /** @param {string} definition @param {string} word */
    const onState = (definition, word) =>
      console.log(
        `  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${definition.padEnd(DEFINITION.length)}  ${word}`,
      )
    const first = await firstDelivery({
      app: running,
      screenshot,
      onState: word => onState(DEFINITION, word),
    })
    if (process.platform === 'linux') await reportDesktop(session, DEFINITION)
    const page = await running.firstWindow()
    const others = await deliverOthers({ page, screenshot, onState })
    await portraits(page, screenshot)
    reportFiles([first, ...others].flatMap(keep))
    console.log('\nScreenshots')
    for (const path of screenshots) console.log(`  ${relative(root, path)}`)
    if (display !== undefined) {
      console.log('\nThe window stays open; quit the app to end the demo.')
      await running.waitForEvent('close', { timeout: 0 })
    }
  } finally {
    await running.close()
  }
}

/**
 * The journeys are those that the tests make; Node 20 cannot read their TypeScript by itself.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
async function importJourney(name) {
  const { runnerImport } = await import('vite')
  const file = join(root, 'test', 'electron', 'journeys', `${name}.ts`)
  return (await runnerImport(file, { configFile: false, root })).module
}

/**
 * What the desktop itself got to see: its notification daemon and its tray.
 *
 * @param {DesktopSession} session
 * @param {string} definition
 */
async function reportDesktop(session, definition) {
  const { app, summary, body } = await session.waitForNotification(shown =>
    shown.summary.startsWith(definition),
  )
  console.log(`\nNotification, as the desktop's daemon received it\n  ${app}: ${summary}\n  ${body}`)
  const { toolTip, menu } = await (await session.tray()).waitForItem()
  const entries = menu.filter(entry => !entry.separator).map(entry => entry.label)
  console.log(`\nTray item\n  ${toolTip}\n  ${entries.join(' | ')}`)
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

/** @param {readonly string[]} files */
function reportFiles(files) {
  const folder = join(OUTPUT, 'delivered')
  const rows = files.map(file => [relative(folder, file), String(statSync(file).size), sha256Of(file)])
  const [names = 0, sizes = 0] = [0, 1].map(column =>
    Math.max(5, ...rows.map(row => row[column]?.length ?? 0)),
  )
  console.log(`\nDelivered to ${relative(root, folder)}`)
  for (const [name = '', size = '', sha256 = ''] of [['File', 'Bytes', 'SHA-256'], ...rows]) {
    console.log(`  ${name.padEnd(names)}  ${size.padStart(sizes)}  ${sha256}`)
  }
}
