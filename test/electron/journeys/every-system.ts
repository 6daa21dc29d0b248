import type { Page } from 'playwright-core'
import { words } from '../../../preload/contract/text/index.ts'
import { type Delivered, followState, openReceipt } from './first-delivery.ts'
import { askToRun, decide, goTo } from './steps.ts'

/** What the practice company extracts from its other two systems. */
export const otherDefinitions = ['Monthly calls', 'Two documents'] as const

export type OthersJourney = {
  readonly page: Page
  readonly screenshot: (page: Page, name: string) => Promise<void>
  /** Told each state of each job as the window shows it. */
  readonly onState?: (definition: string, word: string) => void
}

/**
 * After the first delivery: runs what comes from the other two systems, side by side, and looks at their receipts. It
 * ends on Today, with the last receipt open beside it.
 */
export async function deliverOthers({
  page,
  screenshot,
  onState = () => {},
}: OthersJourney): Promise<readonly Delivered[]> {
  for (const definition of otherDefinitions) {
    await decide(await askToRun(page, definition), words.extracts.runDialog.run)
  }
  await goTo(page, 'today')
  const items = page.getByRole('listitem')
  for (const definition of otherDefinitions) await items.filter({ hasText: definition }).waitFor()
  await screenshot(page, 'running-others')
  await Promise.all(
    otherDefinitions.map(definition => followState(page, definition, word => onState(definition, word))),
  )
  const delivered: Delivered[] = []
  for (const definition of otherDefinitions) {
    delivered.push(await openReceipt(page, definition))
    await screenshot(page, `receipt-${definition.toLowerCase().replaceAll(' ', '-')}`)
  }
  return delivered
}
