import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'
import { testModule } from './named-runs.mjs'
import { writeWhole } from './record/record.mjs'
import { stageApp } from './stage.mjs'
import { pictureOf, stops, tourPage } from './tour/stops.mjs'

/**
 * Makes docs/tour.md: a first delivery on the practice systems in the real app, then a picture of every stop.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, open: (page: Page) => Promise<void> }} View
 */
await runCommand(async () => {
  const runtime = await ensureAll('session on its own screen')
  await bundle(say)
  const { openDesktopSession } = await import('./session/desktop-session.mjs')
  const { launchApp } = await import('./session/launch-app.mjs')
  /** @type {{ views: readonly View[] }} */
  const { views } = await testModule('test/electron/look/views.ts')
  /** @type {{ firstDelivery: (journey: object) => Promise<unknown> }} */
  const { firstDelivery } = await testModule('test/electron/journeys/first-delivery.ts')
  /** @type {{ deliverOthers: (journey: object) => Promise<unknown> }} */
  const { deliverOthers } = await testModule('test/electron/journeys/every-system.ts')
  const docs = join(root, 'docs')
  rmSync(join(docs, 'screenshots', 'tour'), { recursive: true, force: true })

  const session = await openDesktopSession()
  try {
    const folder = join(session.description.folder, 'app')
    stageApp(folder)
    const app = await launchApp({
      session,
      app: { program: runtime.program, folder },
      profile: session.newFolder('profile'),
      // What is practised goes into the home folder, and its name into the pictures.
      env: { HOME: session.newFolder('home') },
    })
    try {
      const screenshot = async () => {}
      await firstDelivery({ app, screenshot })
      const page = await app.firstWindow()
      await deliverOthers({ page, screenshot })
      for (const stop of stops) {
        const view = views.find(({ name }) => name === stop.view)
        if (view === undefined) throw new Stop(`There is no view ${stop.view} in test/electron/look/views.ts`)
        await page.emulateMedia({ colorScheme: stop.dark ? 'dark' : 'light' })
        await view.open(page)
        const path = join(docs, pictureOf(stop))
        mkdirSync(dirname(path), { recursive: true })
        await page.screenshot({ path })
        say(stop.title)
        // Whatever is open above the page is put away.
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    } finally {
      await app.close()
    }
  } finally {
    await session.close()
  }
  writeWhole(join(docs, 'tour.md'), tourPage(stops))
  return 0
})
