import { relative, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import type { WindowDesk } from '../../../preload/contract/bridge.ts'
import { words } from '../../../preload/contract/text/index.ts'

const DELIVERED_WITHIN_MS = 120_000

export type Journey = {
  readonly app: ElectronApplication
  /** Keeps a picture of the window under a short name. */
  readonly screenshot: (page: Page, name: string) => Promise<void>
}

export type Delivered = {
  readonly folder: string
  /** As the receipt has them: their paths below the folder, and their hashes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/**
 * What a person does on the first day, by mouse in the real window: practise, run an extract, see
 * it delivered. `npm run demo`, the Electron tests and the smoke test of the packaged app make the
 * same one.
 */
export async function firstDelivery({ app, screenshot }: Journey): Promise<Delivered> {
  const page = await app.firstWindow()
  const practise = page.getByRole('button', { name: words.shell.firstRun.practise })
  await practise.waitFor()
  await screenshot(page, 'welcome')

  await practise.click()
  await page.getByText(words.shell.practiceBand).first().waitFor()
  // The window goes to the extracts by itself.
  const run = page.getByRole('button', { name: anyOf(words.extracts.runOf) }).first()
  await run.waitFor()
  await screenshot(page, 'extracts')

  await run.click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await screenshot(page, 'run')
  const { run: start, join } = words.extracts.runDialog
  // The practice company's own people run extracts too; one that runs already is joined.
  await dialog
    .getByRole('button', { name: start, exact: true })
    .or(dialog.getByRole('button', { name: join, exact: true }))
    .click()

  const delivered = await firstReceipt(page)
  await page.getByRole('navigation', { name: words.shell.rail }).getByText(words.shell.today).click()
  await screenshot(page, 'delivered')
  return delivered
}

/**
 * Waits for the first receipt, and reads from it where its files are. Asked whenever main says that something changed:
 * waitForFunction takes the promise of an asynchronous question for its answer.
 */
async function firstReceipt(page: Page): Promise<Delivered> {
  const delivered = await page.evaluate(
    within =>
      new Promise<{ folder: string; files: { path: string; sha256: string }[] }>((resolve, reject) => {
        const { desk } = window as unknown as { desk: WindowDesk }
        const look = async () => {
          const found = await desk.history.search({
            text: '',
            connectionId: null,
            outcome: 'delivered',
            since: null,
            offset: 0,
            limit: 1,
          })
          const receiptId = found.ok ? found.value.rows[0]?.receiptId : undefined
          const receipt = receiptId ? await desk.receipts.show(receiptId) : undefined
          if (!receipt?.ok) return
          stop()
          const { folder, files } = receipt.value
          resolve({ folder, files: files.map(({ path, sha256 }) => ({ path, sha256 })) })
        }
        const stop = desk.on.onChange(() => void look())
        void look()
        setTimeout(() => reject(new Error('No receipt came')), within)
      }),
    DELIVERED_WITHIN_MS,
  )
  const below = (path: string): string => relative(delivered.folder, resolve(delivered.folder, path))
  return { ...delivered, files: delivered.files.map(file => ({ ...file, path: below(file.path) })) }
}

/** A pattern for a phrase with a name in it, whatever the name. */
function anyOf(phrase: (name: string) => string): RegExp {
  const [before = '', after = ''] = phrase('\0').split('\0').map(escapeForPattern)
  return new RegExp(`^${before}.+${after}$`)
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
