import type { Page } from 'playwright-core'
import { doctor } from '../../../preload/contract/text/doctor.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { DEFINITION } from '../journeys/first-delivery.ts'

export type View = { readonly name: string; readonly open: (page: Page) => Promise<void> }

/** Goes to a screen by the rail. */
export const goTo = async (page: Page, screen: string): Promise<void> => {
  await page.getByRole('navigation', { name: words.shell.rail }).getByText(screen, { exact: true }).click()
  await page.getByRole('heading', { level: 1, name: screen }).waitFor()
}

const firstDefinition = async (page: Page): Promise<void> => {
  await goTo(page, words.shell.extracts)
  await page.locator('tbody tr:not(.group) [data-row-main]').first().click()
  await page.getByRole('tab', { name: words.extracts.jobs }).waitFor()
}

/** The definition that the first delivery was of. */
const deliveredDefinition = async (page: Page, tab: string): Promise<void> => {
  await goTo(page, words.shell.extracts)
  await page.getByRole('row').getByText(DEFINITION, { exact: true }).click()
  await page.getByRole('tab', { name: tab }).click()
}

/** Delivers what ran before the first delivery: one point is no course. */
export const deliverEarlier = async (page: Page): Promise<void> => {
  const { jobs, deliver, openReceipt, actOnJob } = words.extracts
  await deliveredDefinition(page, jobs)
  const act = (name: string) =>
    page.getByRole('table').getByRole('button', { name: actOnJob(name, '').trim() })
  const [deliverOf, receiptOf] = [act(deliver), act(openReceipt)] as const
  await deliverOf.first().waitFor()
  const earlier = await deliverOf.count()
  const delivered = await receiptOf.count()
  for (let left = earlier; left > 0; left -= 1) {
    await deliverOf.first().click()
    await receiptOf.nth(delivered + earlier - left).waitFor({ timeout: 60_000 })
  }
}

/** The first time it is made, in the form; after that it is there. */
const aSchedule = async (page: Page): Promise<void> => {
  const { create, form, none } = words.schedules
  await goTo(page, words.shell.schedules)
  const empty = page.getByRole('heading', { name: none })
  await empty.or(page.locator('[data-row-main]').first()).waitFor()
  if (await empty.isVisible()) {
    await page.getByRole('button', { name: create }).click()
    await page.locator('.pick-list label').first().click()
    await page.getByRole('button', { name: form.save }).click()
  } else await page.locator('[data-row-main]').first().click()
  const preview = page.getByRole('region', { name: form.preview })
  await preview.getByRole('listitem').first().waitFor()
  await page.getByRole('tab', { name: words.schedules.tabs.timetable }).waitFor()
}

/** The form of a new definition for one of the practice connections. */
const newDefinition = async (page: Page, connection: string): Promise<void> => {
  await goTo(page, words.shell.extracts)
  await page.getByRole('button', { name: words.definitions.addOf(connection) }).click()
  await page.getByRole('heading', { level: 1, name: words.definitions.addTitle }).waitFor()
}

const openConnection = async (page: Page, connection: string): Promise<void> => {
  await goTo(page, words.shell.connections)
  await page.getByRole('row').getByText(connection, { exact: true }).click()
  await page.getByText(words.connections.page.kind).waitFor()
}

/** The form of a new connection, with all that is missing. */
const addConnection = async (
  page: Page,
  system: keyof typeof words.connections.systemStep,
): Promise<void> => {
  const { connections } = words
  await goTo(page, words.shell.connections)
  await page.getByRole('button', { name: connections.add }).click()
  await page.getByRole('radio', { name: connections.systemStep[system].name }).check({ force: true })
  await page.getByRole('button', { name: connections.form.next }).click()
  await page.getByRole('button', { name: connections.form.check }).click()
  await page.getByText(connections.form.needed).first().waitFor()
}

/** Every screen and every state of it that a first delivery leaves behind. */
export const views: readonly View[] = [
  { name: 'today', open: page => goTo(page, words.shell.today) },
  { name: 'extracts', open: page => goTo(page, words.shell.extracts) },
  { name: 'definition-jobs', open: firstDefinition },
  {
    name: 'definition-destination',
    open: async page => {
      await firstDefinition(page)
      await page.getByRole('tab', { name: words.extracts.destination }).click()
      await page.getByText(words.dryRun.title).waitFor()
    },
  },
  {
    name: 'definition-trend',
    open: async page => {
      await deliveredDefinition(page, words.checks.trend)
      await page.getByRole('img').first().waitFor()
    },
  },
  {
    name: 'definition-trend-table',
    open: async page => {
      await deliveredDefinition(page, words.checks.trend)
      await page.getByRole('button', { name: words.checks.chart.asTable }).click()
      await page.getByRole('table', { name: words.checks.chart.tableOf(DEFINITION) }).waitFor()
    },
  },
  {
    name: 'definition-schedule',
    open: async page => {
      await firstDefinition(page)
      await page.getByRole('tab', { name: words.schedules.tab }).click()
      await page.getByRole('button', { name: words.schedules.create }).waitFor()
    },
  },
  {
    name: 'definition-checks',
    open: async page => {
      await deliveredDefinition(page, words.checks.checks)
      await page.getByRole('heading', { name: words.checks.page.howTitle }).waitFor()
    },
  },
  {
    name: 'run',
    open: async page => {
      await goTo(page, words.shell.extracts)
      await page.locator('tbody tr:not(.group) .row-actions .button').first().click()
      await page.getByRole('dialog').getByText(words.extracts.runDialog.files).waitFor()
    },
  },
  { name: 'history', open: page => goTo(page, words.shell.history) },
  {
    name: 'receipt',
    open: async page => {
      await goTo(page, words.shell.history)
      await page.getByRole('row').filter({ hasText: words.states.deliveryStates.delivered }).first().click()
      const panel = page.getByRole('complementary')
      await panel.getByRole('button', { name: words.history.receipt.verify, exact: true }).click()
      await panel.getByText(words.history.receipt.findings.there).first().waitFor()
    },
  },
  { name: 'schedules', open: page => goTo(page, words.shell.schedules) },
  { name: 'schedule', open: aSchedule },
  {
    name: 'schedule-due-times',
    open: async page => {
      await aSchedule(page)
      await page.getByRole('tab', { name: words.schedules.tabs.ledger }).click()
      await page.getByText(words.schedules.ledger.none).waitFor()
    },
  },
  { name: 'connections', open: page => goTo(page, words.shell.connections) },
  {
    name: 'connection',
    open: async page => {
      await goTo(page, words.shell.connections)
      await page.locator('[data-row-main]').first().click()
      await page.getByText(words.connections.page.kind).waitFor()
    },
  },
  {
    name: 'connection-jobs',
    open: async page => {
      await openConnection(page, 'Practice PureConnect')
      await page.getByRole('tab', { name: words.extracts.jobs }).click()
      await page.getByRole('table').waitFor()
    },
  },
  { name: 'add-connection', open: page => addConnection(page, 'concur') },
  { name: 'add-connection-icws', open: page => addConnection(page, 'icws') },
  { name: 'new-definition-icws', open: page => newDefinition(page, 'Practice PureConnect') },
  { name: 'new-definition-vault', open: page => newDefinition(page, 'Practice Vault') },
  {
    name: 'definition-request',
    open: async page => {
      await goTo(page, words.shell.extracts)
      await page.getByRole('row').getByText('Monthly calls', { exact: true }).click()
      await page.getByRole('tab', { name: words.definitions.tab }).click()
      await page.getByText(words.definitions.form.json).click()
    },
  },
  { name: 'settings', open: page => goTo(page, words.shell.settings) },
  {
    name: 'shortcuts',
    open: async page => {
      await page.keyboard.press('F1')
      await page.getByRole('dialog').getByText(words.keyboard.what.palette).waitFor()
    },
  },
  {
    name: 'settings-keep',
    open: async page => {
      await goTo(page, words.shell.settings)
      // By its heading: where there is no room, the list of sections is not shown.
      await page.getByRole('heading', { name: upkeep.keep.title, exact: true }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'support-bundle',
    open: async page => {
      await goTo(page, words.shell.settings)
      await page.getByRole('button', { name: upkeep.bundle.open }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('region', { name: upkeep.bundle.content(upkeep.bundle.kinds.about) }).waitFor()
      await dialog.getByRole('button', { name: upkeep.bundle.close }).waitFor()
    },
  },
  {
    name: 'network-doctor',
    open: async page => {
      await openConnection(page, 'Practice Concur')
      await page.getByRole('button', { name: words.connections.page.doctor }).click()
      const panel = page.getByRole('complementary', { name: doctor.panel('Practice Concur') })
      await panel.getByRole('button', { name: doctor.again }).waitFor()
    },
  },
  {
    name: 'palette',
    open: async page => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('menuitem').first().waitFor()
    },
  },
]
