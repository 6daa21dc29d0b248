import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiptHash } from '../../../main/core/receipts/chain.ts'
import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import { errorText, words } from '../../../preload/contract/text/index.ts'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { inMain, openWindow } from '../shell/hands.ts'
import { readPdf } from './pdf.ts'

const session = desktop()
const profile = session.newFolder('profile')
const exported = session.newFolder('exported')
const { receipt: text, receipts: menu } = words.history
let app: ElectronApplication
let page: Page
let receipt: ReceiptView

async function snapshot(): Promise<Snapshot> {
  const answer = await page.evaluate(() => window.desk.app.snapshot())
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

const button = (name: string) => page.getByRole('button', { name, exact: true })

/** From now on the system's save dialog is answered with a file of this name; null: it is closed. */
const saveAs = (name: string | null): Promise<void> =>
  inMain(
    app,
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' })
    },
    name === null ? null : join(exported, name),
  )

async function exportAs(format: keyof typeof text.exportAs): Promise<void> {
  await button(text.export).click()
  await page.getByRole('menuitem', { name: text.exportAs[format] }).click()
}

beforeAll(async () => {
  app = await startApp(session, profile)
  page = await openWindow(app)
  await page.evaluate(() => window.desk.connections.practise())
})
afterAll(async () => {
  await app.close()
  session.detach()
})

// One story: each step begins where the one before ended.
describe('a receipt in the window', () => {
  it('is opened from History', async () => {
    const { definitions } = await snapshot()
    const id = definitions.find(({ name }) => name === 'Cash Advances')?.id ?? ''
    await page.evaluate(definition => window.desk.jobs.run(definition, false), id)
    await expect
      .poll(async () => (await snapshot()).activity.delivered.length, { timeout: 60_000, interval: 200 })
      .toBe(1)
    const receiptId = (await snapshot()).activity.delivered[0]?.receiptId ?? ''
    const answer = await page.evaluate(one => window.desk.receipts.show(one), receiptId)
    if (!answer.ok) throw new Error(answer.error.code)
    receipt = answer.value
    await page.getByRole('navigation').getByText(words.shell.history, { exact: true }).click()
    await page.getByRole('row', { name: 'Cash Advances' }).first().click()
    await page.getByRole('heading', { name: text.title(1) }).waitFor()
  })

  it('is verified: the files are there, and the chain is sealed by the keychain', async () => {
    await button(text.verify).click()
    await page.getByText(text.chainFindings.ok).waitFor()
    expect(await page.getByText(text.findings.there).count()).toBe(receipt.files.length)
  })

  it('is marked as reviewed, for good, which the list and the chain say too', async () => {
    await button(text.review.mark).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(text.review.what).waitFor()
    await dialog.getByRole('button', { name: text.review.mark, exact: true }).click()
    // Whoever ran the job is who looks at it here.
    await page.getByText(text.reviewedBy(receipt.requestedBy)).waitFor()
    await page.getByText(text.selfReview).waitFor()
    await button(text.review.mark).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: words.history.reviewed.marks['self-review'] }).waitFor()
    await button(text.verify).click()
    await page.getByText(text.chainFindings.ok).waitFor()
  })

  it('is saved as a page and as JSON, where the system’s dialog says', async () => {
    await saveAs('receipt.pdf')
    await exportAs('pdf')
    await page.getByText(text.saved(join(exported, 'receipt.pdf'))).waitFor()
    const pdf = readPdf(readFileSync(join(exported, 'receipt.pdf')))
    expect(pdf.pages).toBe(1)
    for (const said of [receipt.hash, receipt.files[0]?.sha256 ?? '', receipt.remoteJobId, 'Cash Advances'])
      expect(pdf.text).toContain(said)

    await saveAs('receipt.json')
    await exportAs('json')
    await page.getByText(text.saved(join(exported, 'receipt.json'))).waitFor()
    const { receipt: saved, reviews } = JSON.parse(readFileSync(join(exported, 'receipt.json'), 'utf8'))
    expect(saved.hash).toBe(receipt.hash)
    expect(receiptHash(saved)).toBe(receipt.hash)
    expect(reviews).toHaveLength(1)
    expect(receiptHash(reviews[0])).toBe(reviews[0].hash)
    expect(reviews[0]).toMatchObject({ previousHash: receipt.hash, content: { receiptHash: receipt.hash } })
  })

  it('is not saved where the user closes the dialog, and says so where the folder refuses', async () => {
    await saveAs(null)
    await exportAs('zip')
    await page.getByText(text.saved(join(exported, 'receipt.json'))).waitFor({ state: 'detached' })
    await saveAs(join('nowhere', 'receipt.zip'))
    await exportAs('zip')
    const refused = errorText({
      code: 'not-written',
      facts: { path: join(exported, 'nowhere', 'receipt.zip') },
    })
    await page.getByText(refused.what).waitFor()
  })

  it('finds a file that was moved, and one that was changed', async () => {
    const [file] = receipt.files
    if (!file) throw new Error('There is a file')
    const moved = join(dirname(file.path), 'done', basename(file.path))
    mkdirSync(dirname(moved), { recursive: true })
    renameSync(file.path, moved)
    await button(text.verify).click()
    await page.getByText(text.findings.moved).waitFor()
    await page.getByText(text.movedTo(moved)).waitFor()

    renameSync(moved, file.path)
    appendFileSync(file.path, 'x')
    await button(text.verify).click()
    await page.getByText(text.findings.changed).waitFor()
  })
})

describe('all receipts, from History', () => {
  it('are checked as a chain', async () => {
    await button(menu.menu).click()
    await page.getByRole('menuitem', { name: menu.check }).click()
    await page.getByRole('dialog').getByText(menu.ok(1)).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: menu.close, exact: true }).click()
  })

  it('are saved as one archive', async () => {
    await saveAs('receipts.zip')
    await button(menu.menu).click()
    await page.getByRole('menuitem', { name: /^Export the receipts found/ }).click()
    await page.getByText(text.saved(join(exported, 'receipts.zip'))).waitFor({ state: 'attached' })
    expect(readFileSync(join(exported, 'receipts.zip')).subarray(0, 2).toString()).toBe('PK')
  })
})
