import { relative, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import type { WindowDesk } from '../../../preload/contract/bridge.ts'
import { words } from '../../../preload/contract/text/index.ts'

const DELIVERED_WITHIN_MS = 120_000

/** The definition that everybody at the practice company knows: several files, and totals that can be checked. */
export const DEFINITION = 'Standard Accounting Extract'

export type Journey = {
  readonly app: ElectronApplication
  /** Keeps a picture of the window under a short name. */
  readonly screenshot: (page: Page, name: string) => Promise<void>
  /** Told each state of the job as the window shows it. */
  readonly onState?: (word: string) => void
}

export type Delivered = {
  readonly receiptId: string
  readonly folder: string
  /** As the receipt has them: their paths below the folder, their sizes and their hashes. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
}

/**
 * What a person does on the first day, by mouse in the real window: practise, run an extract, watch it, and look at
 * the receipt. `npm run demo`, the Electron tests and the smoke test of the packaged app make the same one. It ends on
 * Today, with the receipt open beside it.
 */
export async function firstDelivery({ app, screenshot, onState = () => {} }: Journey): Promise<Delivered> {
  const page = await app.firstWindow()
  const practise = page.getByRole('button', { name: words.shell.firstRun.practise })
  await practise.waitFor()
  await screenshot(page, 'welcome')

  await practise.click()
  await page.getByText(words.shell.practiceBand).first().waitFor()
  // The window goes to the extracts by itself.
  const run = page.getByRole('button', { name: words.extracts.runOf(DEFINITION) })
  await run.waitFor()
  await screenshot(page, 'extracts')

  await run.click()
  const dialog = page.getByRole('dialog')
  const start = dialog.getByRole('button', { name: words.extracts.runDialog.run, exact: true })
  await start.waitFor()
  await screenshot(page, 'run')
  await start.click()
  await dialog.waitFor({ state: 'detached' })

  const followed = followState(page, DEFINITION, onState)
  await page.getByRole('navigation', { name: words.shell.rail }).getByText(words.shell.today).click()
  const item = page.getByRole('listitem').filter({ hasText: DEFINITION })
  await item.getByText(words.states.jobStates.running, { exact: true }).waitFor()
  await screenshot(page, 'running')
  await followed

  const receipt = await openReceipt(page, DEFINITION)
  await screenshot(page, 'receipt')
  return receipt
}

/** Opens the newest receipt of a definition from Today, and says what it says. */
export async function openReceipt(page: Page, definition: string): Promise<Delivered> {
  const rows = page.getByRole('table', { name: words.today.delivered }).getByRole('row')
  await rows.filter({ hasText: definition }).first().getByRole('button').first().click()
  const panel = page.getByRole('complementary', { name: words.history.receipt.panel })
  await panel.getByRole('button', { name: words.history.receipt.showInFolder }).waitFor()
  return lastDelivered(page, definition)
}

const delivered: string = words.states.deliveryStates.delivered

/** Follows the job that was just run to its end, by the words that stand beside its name. */
export async function followState(
  page: Page,
  definition: string,
  onState: (word: string) => void,
): Promise<void> {
  const end = Date.now() + DELIVERED_WITHIN_MS
  for (let last = ''; last !== delivered; ) {
    const shown = await page.waitForFunction(
      ({ name, last }) => {
        const places = [...document.querySelectorAll('tr, .item')]
        const place = places.find(one => one.textContent?.includes(name) && one.querySelector('.state-word'))
        const word = place?.querySelector('.state-word')?.textContent ?? ''
        return word !== '' && word !== last ? word : false
      },
      { name: definition, last },
      { timeout: Math.max(end - Date.now(), 1), polling: 20 },
    )
    last = String(await shown.jsonValue())
    onState(last)
  }
}

async function lastDelivered(page: Page, definition: string): Promise<Delivered> {
  const receipt = await page.evaluate(async name => {
    const { desk } = window as unknown as { desk: WindowDesk }
    const now = await desk.app.snapshot()
    const delivered = now.ok ? now.value.activity.delivered : []
    const receiptId = delivered.find(row => row.definitionName === name)?.receiptId ?? ''
    const shown = await desk.receipts.show(receiptId)
    if (!shown.ok) throw new Error(shown.error.code)
    const { folder, files } = shown.value
    return { receiptId, folder, files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })) }
  }, definition)
  const below = (path: string): string => relative(receipt.folder, resolve(receipt.folder, path))
  return { ...receipt, files: receipt.files.map(file => ({ ...file, path: below(file.path) })) }
}
