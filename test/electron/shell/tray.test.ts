import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { openWindow, until } from './hands.ts'

const session = desktop()
const profile = session.newFolder('profile')
const env = { HOME: session.newFolder('home') }
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  app = await startApp(session, profile, { env })
  page = await openWindow(app)
  await page.evaluate(() => window.desk.connections.practise())
})
afterAll(async () => {
  await app.close()
  session.detach()
})

const snapshot = async (): Promise<Snapshot> => {
  const answer = await page.evaluate(() => window.desk.app.snapshot())
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}
const definition = 'Cash Advances'

/** The item as a panel reads it over the bus. */
async function item() {
  const tray = await session.tray()
  return tray.waitForItem()
}
const labels = async (): Promise<readonly string[]> => (await item()).menu.map(({ label }) => label)
/** Chooses the first entry that fits. */
async function choose(fits: RegExp): Promise<void> {
  const tray = await session.tray()
  const now = await tray.waitForItem()
  const entry = now.menu.find(({ label }) => fits.test(label))
  if (entry === undefined) throw new Error(`No entry fits ${fits}: ${now.menu.map(({ label }) => label)}`)
  await tray.choose(now, entry.label)
}

// One story: each step begins where the one before ended.
describe('the tray, over the session’s bus', () => {
  it('says at a glance that nothing is going on', async () => {
    expect((await item()).toolTip).toBe('Extract Desk')
    expect(await labels()).toContain('Nothing runs')
  })

  it('offers a definition that was given a star, with what its last run was', async () => {
    await page.getByRole('navigation', { name: words.shell.rail }).getByText(words.shell.extracts).click()
    await page.getByRole('button', { name: definition, exact: true }).click()
    await page.getByRole('button', { name: words.extracts.favourite.of(definition) }).click()
    await expect
      .poll(labels)
      .toContainEqual(expect.stringMatching(/^Run Cash Advances \((never run|last .+)\)$/))
  })

  it('runs it with one click, as nothing is at stake, and names it while it runs', async () => {
    await choose(/^Run Cash Advances \(/)
    await expect.poll(labels).toContain('◐ 1 running')
    const during = await item()
    expect(during.toolTip).toBe('Extract Desk: 1 running')
    expect(during.menu.some(({ label, enabled }) => !enabled && label.startsWith(definition))).toBe(true)
    const delivered = async () => (await snapshot()).activity.delivered.map(one => one.definitionName)
    await expect.poll(delivered, { timeout: 60_000 }).toContain(definition)
    await expect.poll(labels).toContain('Nothing runs')
    await expect
      .poll(labels)
      .toContainEqual(expect.stringMatching(/^Run Cash Advances \(last .+, \d+ rows\)$/))
  })

  it('pauses: said in the menu, at the foot of the window and on Today, and kept over a restart', async () => {
    await choose(/^Pause$/)
    await until(async () => (await snapshot()).settings.paused, true)
    await expect.poll(labels).toContain('Paused: nothing starts by itself')
    expect((await item()).toolTip).toBe('Extract Desk: paused')
    await page.getByRole('contentinfo').getByText(words.shell.paused).waitFor()
    await page.getByRole('navigation', { name: words.shell.rail }).getByText(words.shell.today).click()
    await page.getByText(words.today.paused.title).waitFor()

    await app.close()
    app = await startApp(session, profile, { env })
    page = await openWindow(app)
    await expect.poll(labels).toContain('Paused: nothing starts by itself')
    await choose(/^Go on$/)
    await until(async () => (await snapshot()).settings.paused, false)
    await expect.poll(labels).toContain('Pause')
  })

  it('says that something needs the user', async () => {
    const [connection] = (await snapshot()).connections
    await page.evaluate(async id => {
      await window.desk.practice.choose(id, 'refused')
      await window.desk.connections.test(id)
    }, connection?.id ?? '')
    await expect.poll(labels).toContain('▲ 1 needs you')
    expect((await item()).toolTip).toBe('Extract Desk: 1 thing needs you')
  })
})
