import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { desktop as desktopText } from '../../../preload/contract/text/desktop.ts'
import { schedule as sentences, words } from '../../../preload/contract/text/index.ts'
import { desktop } from '../session/desktop.ts'
import { type OpenedApp, openApp } from './opened-app.ts'
import { goTo } from './steps.ts'

const definition = 'Standard Accounting Extract'
const name = 'Every minute'
const text = words.schedules
const session = desktop()
let opened: OpenedApp
let page: Page

beforeAll(async () => {
  opened = await openApp(session, session.newFolder('profile'))
  page = await opened.page()
})
afterEach(() => {
  expect(opened.complaints).toEqual([])
})
afterAll(async () => {
  await opened.close()
  session.detach()
})

const schedules = async () => (await opened.snapshot()).schedules

// One story: each step begins where the one before ended.
describe('a schedule', { timeout: 180_000 }, () => {
  it('has a place of its own, which says what it is for', async () => {
    await page.getByRole('button', { name: words.shell.firstRun.practise }).click()
    await page.getByRole('button', { name: words.extracts.runOf(definition) }).waitFor()
    await goTo(page, 'schedules')
    await page.getByRole('heading', { name: text.none }).waitFor()
    await page.getByRole('button', { name: text.create }).click()
  })

  it('is made in a form that says it as a sentence, with its next three times', async () => {
    await page.getByLabel(text.form.name, { exact: true }).waitFor()
    await page.locator('label', { hasText: definition }).first().click()
    await page.getByLabel(text.form.name, { exact: true }).fill(name)
    const preview = page.getByRole('region', { name: text.form.preview })
    const monthly = sentences.workingDay(-1)
    await preview.getByText(monthly).waitFor()
    expect(await preview.getByRole('listitem').count()).toBe(3)

    await page.getByRole('button', { name: new RegExp(text.form.kind) }).click()
    await page.getByRole('option', { name: text.form.kinds.cron }).click()
    await page.getByRole('textbox', { name: text.form.expression }).fill('* * * *')
    await preview.getByText(text.form.expressionWrong).waitFor()
    await page.getByRole('textbox', { name: text.form.expression }).fill('* * * * *')
    await preview.getByRole('listitem').nth(2).waitFor()
    await page.getByRole('button', { name: text.form.save }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await schedules()).toMatchObject([{ name, paused: false, missed: 'once' }])
  })

  it('comes: the definition is started by it and delivered, and the ledger says so', async () => {
    await page.getByRole('tab', { name: text.tabs.ledger }).click()
    const row = page.getByRole('table', { name: text.ledger.tableOf(name) }).getByRole('row')
    await row.filter({ hasText: words.states.deliveryStates.delivered }).first().waitFor({ timeout: 150_000 })
    const { definitions, activity } = await opened.snapshot()
    const ran = definitions.find(one => one.name === definition)
    expect(ran?.lastJob?.startedBy).toBe(desktopText.startedBySchedule(name))
    expect(activity.delivered.map(one => one.definitionName)).toContain(definition)
  })

  it('is told where its definition is shown, and in the line at the foot', async () => {
    await goTo(page, 'extracts')
    await page.getByRole('button', { name: definition, exact: true }).click()
    await page.getByRole('button', { name: new RegExp(`by ${name}$`) }).waitFor()
    await page
      .getByRole('contentinfo')
      .getByText(/^next /)
      .waitFor()
  })

  it('starts nothing more while it is paused', async () => {
    await goTo(page, 'schedules')
    await page.getByRole('button', { name: text.pauseOf(name) }).click()
    await page.getByRole('button', { name: text.resumeOf(name) }).waitFor()
    expect(await schedules()).toMatchObject([{ name, paused: true, next: [] }])
  })

  it('is removed after a question, and its jobs stay', async () => {
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('button', { name: text.remove }).click()
    await page.getByRole('dialog').getByRole('button', { name: text.removeDialog.confirm }).click()
    await page.getByRole('heading', { name: text.none }).waitFor()
    expect((await opened.snapshot()).activity.delivered.length).toBeGreaterThan(0)
  })
})
