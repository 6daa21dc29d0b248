import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { errorText, words } from '../../../preload/contract/text/index.ts'
import { companyHome } from '../http/run-harness.ts'
import { desktop } from '../session/desktop.ts'
import { type CompanySite, openCompanySite } from './company-site.ts'
import { filesWith, processesWith } from './on-disk.ts'
import { faultsOf, type OpenedApp, openApp } from './opened-app.ts'
import {
  askToRun,
  chooseFolderOf,
  decide,
  fillInConnection,
  goTo,
  inSight,
  pasteSecrets,
  waitForDelivered,
} from './steps.ts'

const definition = 'Standard Accounting Extract'
const session = desktop()
const profile = session.newFolder('profile')
const folder = session.newFolder('erp')
const home = companyHome()
let site: CompanySite
let opened: OpenedApp
let page: Page

beforeAll(async () => {
  site = await openCompanySite({ speed: 20 })
  opened = await openApp(session, profile, { HOME: home })
  page = await opened.page()
})
afterEach(() => {
  expect(opened.complaints).toEqual([])
})
afterAll(async () => {
  await opened.close()
  await site.close()
  session.detach()
})

const signIns = () => site.practice.requests.filter(({ path }) => path === '/oauth2/v0/token').length
const downloads = () => site.practice.requests.filter(({ path }) => path.endsWith('/file')).length
const newest = () => Math.max(0, ...session.notifications().map(({ id }) => id))

// One story: each step begins where the one before ended.
describe('a production connection', { timeout: 120_000 }, () => {
  it('whose sign-in is refused says so, is not saved, and is tried once', async () => {
    await page.getByRole('button', { name: words.shell.firstRun.connect }).click()
    await fillInConnection(page, {
      name: 'Acme US',
      mark: 'production',
      url: site.url,
      secrets: { ...site.secrets, clientSecret: 'not the secret' },
    })
    await page.getByRole('button', { name: words.connections.form.check }).click()
    const alert = page.getByRole('alert')
    const { what, safe, next } = errorText({ code: 'sign-in-refused', facts: {} })
    for (const sentence of [what, safe, next]) await alert.getByText(sentence).waitFor()
    expect(await inSight(alert)).toBe(true)
    expect(await inSight(page.getByRole('heading', { level: 1 }))).toBe(true)
    expect(signIns()).toBe(1)
    expect((await opened.snapshot()).connections).toEqual([])
  })

  it('is saved once the secret is right, and takes a folder', async () => {
    await pasteSecrets(page, site.secrets)
    await page.getByRole('button', { name: words.connections.form.check }).click()
    await chooseFolderOf(opened, { definition, folder })
    expect(signIns()).toBe(2)
    // Whatever was started for the sign-in, the keychain's process too, was handed nothing by its words or surroundings.
    expect(processesWith([profile])).not.toEqual([])
    expect(processesWith(Object.values(site.secrets))).toEqual([])
  })

  it('asks for a second step before it runs again', async () => {
    site.practice.scenario('damaged-zip')
    const { runDialog } = words.extracts
    const dialog = await askToRun(page, definition)
    await dialog.getByText(words.states.jobStates.completed, { exact: true }).waitFor()
    await dialog.getByText(runDialog.consequence).waitFor()
    expect(await dialog.getByRole('button', { name: runDialog.runProduction, exact: true }).count()).toBe(0)
    await dialog.getByRole('button', { name: runDialog.runAgain }).click()
    await dialog.getByRole('alert').getByText(runDialog.againTitle).waitFor()
    expect(site.practice.concur.started()).toBe(0)
    await decide(dialog, runDialog.confirmAgain)
    expect(site.practice.concur.started(definition)).toBe(1)
  })

  it('shows a damaged archive with its reason, and keeps it out of the folder', async () => {
    const before = newest()
    await goTo(page, 'today')
    const need = page.getByRole('listitem').filter({ hasText: definition })
    await need.getByText(/^The archive (is damaged at|that came is damaged)/).waitFor({ timeout: 60_000 })
    const shown = await session.waitForNotification(({ id }) => id > before)
    expect(shown.summary).toBe(`${definition} needs you`)
    expect(shown.body).toContain('damaged')
    // Once more before it was held against the system.
    expect(downloads()).toBe(2)
    expect(readdirSync(folder)).toEqual([])
    expect(readdirSync(dirname(folder)).filter(name => name.startsWith('.extract-desk'))).toEqual([])
  })

  it('delivers it when what comes is whole', async () => {
    site.practice.scenario('normal')
    await page.getByRole('button', { name: `${words.today.actions.retry} ${definition}` }).click()
    await waitForDelivered(page, definition)
    expect(readdirSync(folder)).toHaveLength(3)
    expect(site.practice.concur.started()).toBe(1)
  })

  it('is asked about in the window, also where it is chosen as a favourite in the tray', async () => {
    const [connection] = (await opened.snapshot()).connections
    const starred = (await opened.snapshot()).definitions.find(({ name }) => name === definition)
    await page.evaluate(id => window.desk.definitions.favourite(id, true), starred?.id ?? '')
    const tray = await session.tray()
    const label = `Run ${definition}…`
    const entry = async () => (await tray.items())[0]?.menu.some(one => one.label === label)
    await expect.poll(entry).toBe(true)
    await tray.choose(await tray.waitForItem(), label)
    const dialog = page.getByRole('dialog')
    await dialog.getByText(connection?.name ?? '').waitFor()
    await dialog.getByText(words.extracts.runDialog.lastRun).waitFor()
    expect(site.practice.concur.started()).toBe(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('whose secret is refused later waits for its user, and goes on after a new sign-in', async () => {
    const before = signIns()
    site.practice.scenario('refused')
    await goTo(page, 'extracts')
    await page.getByRole('button', { name: words.extracts.refreshOf('Acme US') }).click()
    const signIn = page.getByRole('button', { name: words.connections.page.signIn })
    await signIn.waitFor()
    expect(signIns()).toBe(before + 1)
    await goTo(page, 'today')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Acme US' })
      .getByText(words.today.actions.signIn)
      .click()
    const dialog = page.getByRole('dialog')
    site.practice.scenario('normal')
    await pasteSecrets(page, site.secrets)
    await decide(dialog, words.connections.signInDialog.confirm)
    await page.getByText(words.today.nothingNeedsYou).waitFor()
    expect(signIns()).toBe(before + 2)
  })

  it('has its secrets in the keychain, and nowhere else', async () => {
    const [connection] = (await opened.snapshot()).connections
    const found = await session.exec('secret-tool', ['search', '--all', 'service', 'Extract Desk'])
    // It prints the secrets to the one stream and what they are to the other.
    const accounts = [...`${found.stdout}${found.stderr}`.matchAll(/attribute\.username = (\S+)/g)].map(
      ([, account = '']) => account,
    )
    const account = accounts.find(name => name.endsWith(`/${connection?.id}`)) ?? ''
    const kept = await session.keyringLookup('Extract Desk', account)
    for (const secret of Object.values(site.secrets)) expect(kept).toContain(secret)

    const tokens = site.practice.requests.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? [])
    expect(tokens.length).toBeGreaterThan(0)
    const secrets = [...Object.values(site.secrets), ...new Set(tokens)]
    expect(processesWith(['--profile'])).not.toEqual([])
    expect(processesWith(secrets)).toEqual([])
    // Nothing is tidied up: the write-ahead log and whatever else lay open is looked into as well.
    await opened.kill()
    expect(filesWith(profile, ['Acme US'])).not.toEqual([])
    expect(filesWith(profile, secrets)).toEqual([])
    expect(filesWith(home, secrets)).toEqual([])
    expect(filesWith(folder, secrets)).toEqual([])
  })

  it('left no fault in the log', () => {
    expect(faultsOf(profile)).toEqual([])
  })
})
