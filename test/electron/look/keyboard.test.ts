import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { inMain } from '../shell/hands.ts'

const session = desktop()
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  app = await startApp(session, session.newFolder('profile'))
  page = await app.firstWindow()
})
afterAll(async () => {
  await app.close()
  session.detach()
})

const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })

/** Presses Tab until what has the focus is called so. */
async function tabTo(name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab')
    const now = await focused()
    seen.push(now)
    if (typeof name === 'string' ? now === name : name.test(now)) return
  }
  throw new Error(`${name} was not reached by Tab. Reached: ${seen.join(' | ')}`)
}

// One walk, in its order: what a person without a mouse does on the first day.
it('starts to practise', async () => {
  await page.getByRole('button', { name: words.shell.firstRun.practise }).waitFor()
  await tabTo(words.shell.firstRun.practise)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: words.shell.extracts }).waitFor()
  await page.getByText(words.shell.practiceBand).waitFor()
})

it('goes from row to row with the arrow keys', async () => {
  const rows = page.locator('tbody tr:not(.group) [data-row-main]')
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe(await rows.nth(1).textContent())
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe(await rows.first().textContent())
})

it('asks before it runs, puts the question away with Esc, and gives the focus back', async () => {
  await tabTo(/^Run .+…$/)
  const button = await focused()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText(words.extracts.runDialog.files).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(focused).toBe(button)
})

it('runs with Enter, and says aloud what was delivered', async () => {
  await page.evaluate(() => {
    const region = [...document.querySelectorAll('[role="status"][aria-live]')].at(-1)
    if (!region) throw new Error('There is no live region')
    const said: string[] = []
    Reflect.set(window, 'said', said)
    new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText(words.extracts.runDialog.files).waitFor()
  await expect.poll(focused).toMatch(/^(Run|Join running job)$/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const said = () => page.evaluate(() => String(Reflect.get(window, 'said')))
  await expect.poll(said, { timeout: 60_000 }).toMatch(/\S+ delivered/)
})

it('says aloud when it starts, too', async () => {
  const said = await page.evaluate(() => String(Reflect.get(window, 'said')))
  expect(said).toMatch(/: (Starting|Submitted|Queued|Running)/)
})

it('goes to the last row, the first, and the one whose name is typed; back to where it was', async () => {
  // A connection's own line is a row too.
  const rows = page.locator('tbody [data-row-main]')
  await rows.first().focus()
  await page.keyboard.press('End')
  expect(await focused()).toBe(await rows.last().textContent())
  await page.keyboard.press('Home')
  expect(await focused()).toBe(await rows.first().textContent())
  await page.keyboard.type('mon')
  expect(await focused()).toBe('Monthly calls')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Monthly calls' }).waitFor()
  await page.keyboard.press('Alt+ArrowLeft')
  await page.getByRole('heading', { level: 1, name: words.shell.extracts }).waitFor()
  await expect.poll(focused).toBe('Monthly calls')
})

it('reaches the buttons of a row by the arrows, and its menu by Shift+F10', async () => {
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe(words.extracts.runOf('Monthly calls'))
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menu').waitFor()
})

it('removes after a question, says how to undo it, and undoes it', async () => {
  const remove = page.getByRole('menuitem', { name: words.definitions.remove })
  await remove.waitFor()
  await page.keyboard.press('End')
  while ((await focused()) !== words.definitions.remove) await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const { removeDialog } = words.definitions
  await page.getByRole('dialog').getByText(removeDialog.what).waitFor()
  await tabTo(removeDialog.confirm)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const row = page.getByRole('button', { name: 'Monthly calls', exact: true })
  await row.waitFor({ state: 'detached' })
  const said = () => page.evaluate(() => String(Reflect.get(window, 'said')))
  const { offered, removed } = words.keyboard.undo
  await expect.poll(said).toContain(offered(removed('Monthly calls'), 'Ctrl Z'))
  await page.getByRole('region', { name: words.keyboard.undo.region }).getByRole('button').first().waitFor()
  await page.keyboard.press('Control+z')
  await row.waitFor()
})

it('shows every shortcut by F1 and by ?', async () => {
  for (const key of ['F1', '?']) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').getByText(words.keyboard.what.palette).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})

it('finds its way by the palette', async () => {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type(words.shell.history)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: words.shell.history }).waitFor()
})

it('has the palette within a search field too, and is back in it after Esc', async () => {
  await expect.poll(focused).toBe(words.history.search)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('searches, opens a receipt, closes it with Esc and is back at its row', async () => {
  await expect.poll(focused).toBe(words.history.search)
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe(words.history.rowsOf)
  await page.getByRole('row').filter({ hasText: words.states.deliveryStates.delivered }).first().waitFor()
  const index = await page
    .getByRole('row')
    .evaluateAll(
      (rows, word) => rows.slice(1).findIndex(row => row.textContent?.includes(word)),
      words.states.deliveryStates.delivered,
    )
  for (let row = 0; row < index; row += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  await panel.getByText(words.history.receipt.chain).first().waitFor()
  await inMain(app, ({ shell }) => {
    shell.showItemInFolder = path => Reflect.set(globalThis, 'shownInFolder', path)
  })
  await tabTo(words.history.receipt.showInFolder)
  await page.keyboard.press('Enter')
  await expect
    .poll(() => inMain(app, () => String(Reflect.get(globalThis, 'shownInFolder'))))
    .toMatch(/\.txt$/)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await focused()).toBe(words.history.rowsOf)
})
