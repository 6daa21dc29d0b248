/** What a person does with the window, by the words that stand in it. */
import type { ElectronApplication, Locator, Page } from 'playwright-core'
import { inject } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { typed } from '../session/typed-secrets.ts'
import { inMain } from '../shell/hands.ts'
import type { CompanySite, RefreshSecrets } from './company-site.ts'
import type { OpenedApp } from './opened-app.ts'

type Screen = 'today' | 'extracts' | 'history' | 'schedules' | 'connections' | 'settings'

/** Goes to a screen by the rail. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  const rail = page.getByRole('navigation', { name: words.shell.rail })
  await rail.getByText(words.shell[screen], { exact: true }).click()
  await page.getByRole('heading', { level: 1, name: words.shell[screen] }).waitFor()
}

/** From the first start on: the built-in systems. The window goes to the extracts by itself. */
export async function practise(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.shell.firstRun.practise }).click()
  await page.getByText(words.shell.practiceBand).first().waitFor()
  await page.getByRole('heading', { level: 1, name: words.shell.extracts }).waitFor()
}

/** Opens the run dialog of a definition, once it says when the last run was. */
export async function askToRun(page: Page, definition: string): Promise<Locator> {
  await goTo(page, 'extracts')
  await page.getByRole('button', { name: words.extracts.runOf(definition) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(words.extracts.runDialog.lastRun).waitFor()
  return dialog
}

/** A button of a dialog; the dialog goes when it has done what it says. */
export async function decide(dialog: Locator, button: string): Promise<void> {
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** From now on the desktop's folder picker is answered with this folder. */
export const pickFolder = (app: ElectronApplication, folder: string): Promise<void> =>
  inMain(
    app,
    ({ dialog }, picked) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] })
    },
    folder,
  )

type NewConnection = {
  readonly name: string
  readonly mark: 'production' | 'test'
  /** Of this one the files go to the folder. */
  readonly definition: string
  readonly folder: string
}

/** From the first start on: a connection to a system that takes its secrets, and one definition with a folder. */
export async function connect(opened: OpenedApp, site: CompanySite, wanted: NewConnection): Promise<void> {
  const page = await opened.page()
  await page.getByRole('button', { name: words.shell.firstRun.connect }).click()
  await fillInConnection(page, { ...wanted, url: site.url, secrets: site.secrets })
  await page.getByRole('button', { name: words.connections.form.check }).click()
  await chooseFolderOf(opened, wanted)
}

/** The last step of a new connection: the folder of one definition. */
export async function chooseFolderOf(
  opened: OpenedApp,
  { definition, folder }: Pick<NewConnection, 'definition' | 'folder'>,
): Promise<void> {
  const page = await opened.page()
  const { extractsStep } = words.connections
  await pickFolder(opened.app, folder)
  await page.getByRole('button', { name: extractsStep.chooseOf(definition) }).click()
  await page.getByRole('cell', { name: folder }).waitFor()
  await page.getByRole('button', { name: extractsStep.done }).click()
  await page.getByRole('button', { name: words.extracts.runOf(definition) }).waitFor()
}

/** What is delivered on Today, waited for. */
export async function waitForDelivered(page: Page, definition: string, count = 1): Promise<void> {
  await goTo(page, 'today')
  const table = page.getByRole('table', { name: words.today.delivered })
  await table
    .getByRole('row')
    .filter({ hasText: definition })
    .nth(count - 1)
    .waitFor({ timeout: 60_000 })
}

type TypedConnection = {
  readonly name: string
  readonly mark: 'production' | 'test'
  readonly url: string
  readonly secrets: RefreshSecrets
}

/** Fills in the form of a new connection, from the first step on; what it says when it is sent is the caller's. */
export async function fillInConnection(page: Page, connection: TypedConnection): Promise<void> {
  const { form, kindOf } = words.connections
  await page.getByRole('button', { name: form.next }).click()
  await page.getByLabel(form.name, { exact: true }).fill(connection.name)
  await page.getByRole('radio', { name: form.marks[connection.mark] }).check({ force: true })
  await choose(page, form.address, form.otherAddress)
  await page.getByLabel(form.ownAddress, { exact: true }).fill(connection.url)
  await choose(page, form.kind, kindOf('concur', 'refresh-token').name)
  await pasteSecrets(page, connection.secrets)
}

/** Puts secrets in as one does: copied from elsewhere, field by field, with Tab in between. */
export async function pasteSecrets(page: Page, secrets: RefreshSecrets): Promise<void> {
  typed(inject('desktop').folder, secrets)
  const { fields } = words.connections
  await page.getByLabel(fields.clientId.label, { exact: true }).focus()
  for (const secret of [secrets.clientId, secrets.clientSecret, secrets.refreshToken]) {
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText(secret)
    await page.keyboard.press('Tab')
  }
}

/** Types secrets into their fields, whatever system they are of. */
export async function fillInSecrets(page: Page, secrets: Readonly<Record<string, string>>): Promise<void> {
  typed(inject('desktop').folder, secrets)
  for (const [name, field] of Object.entries(words.connections.fields)) {
    const secret = secrets[name]
    if (secret !== undefined) await page.getByLabel(field.label, { exact: true }).fill(secret)
  }
}

export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Whether all of it can be seen without scrolling. */
export const inSight = (place: Locator): Promise<boolean> =>
  place.evaluate(element => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= window.innerHeight
  })
