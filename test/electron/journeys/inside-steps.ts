import type { Locator, Page } from 'playwright-core'
import { words } from '../../../preload/contract/text/index.ts'

/** Looks inside the delivery whose receipt is open; the table has the focus then. */
export async function lookInside(page: Page): Promise<void> {
  const panel = page.getByRole('complementary', { name: words.history.receipt.panel })
  await panel.getByRole('button', { name: words.history.receipt.lookInside, exact: true }).click()
  await page.getByRole('grid').waitFor()
}

/** The header of a column, scrolled to as one does who looks for it: only what is near can be seen. */
export async function columnHeader(page: Page, name: string): Promise<Locator> {
  const area = page.locator('.inside-scroll')
  const header = area.getByRole('columnheader', { name: new RegExp(`^${name}\\b`) })
  await area.evaluate(one => one.scrollTo({ left: 0 }))
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await header.count()) > 0) {
      await header.first().scrollIntoViewIfNeeded()
      return header.first()
    }
    const moved = await area.evaluate(async one => {
      const before = one.scrollLeft
      one.scrollBy({ left: one.clientWidth / 2 })
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return one.scrollLeft > before
    })
    if (!moved) break
  }
  throw new Error(`There is no column ${name}`)
}
