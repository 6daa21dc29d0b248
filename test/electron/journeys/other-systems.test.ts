import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, startPractice } from '../../../main/practice/index.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { companyHome } from '../http/run-harness.ts'
import { otherNameTls, serverTls } from '../http/tls-files.ts'
import { desktop } from '../session/desktop.ts'
import { openSite, type Site } from './company-site.ts'
import { faultsOf, type OpenedApp, openApp } from './opened-app.ts'
import { askToRun, choose, decide, fillInSecrets, pickFolder, waitForDelivered } from './steps.ts'

const session = desktop()
const profile = session.newFolder('profile')
const folder = session.newFolder('erp')
const extracts = session.newFolder('ic-extracts')
const { form, certificate, maps, systemStep, extractsStep } = words.connections
const text = words.definitions
let practice: Practice
let icws: Site
let vault: Site
let opened: OpenedApp
let page: Page

beforeAll(async () => {
  // Its folder is one that the app's own user may read.
  practice = await startPractice({ speed: 4, stateDir: extracts })
  icws = await openSite(practice.icws.url, otherNameTls)
  vault = await openSite(practice.vault.url, serverTls)
  opened = await openApp(session, profile, { HOME: companyHome() })
  page = await opened.page()
})
afterEach(() => {
  expect(opened.complaints).toEqual([])
})
afterAll(async () => {
  await opened.close()
  await Promise.all([icws.close(), vault.close()])
  await practice.close()
  session.detach()
})

/** The form of a new connection to this system, with its name. */
async function begin(system: keyof typeof systemStep, name: string): Promise<void> {
  await page.getByRole('radio', { name: systemStep[system].name }).check({ force: true })
  await page.getByRole('button', { name: form.next }).click()
  await page.getByLabel(form.name, { exact: true }).fill(name)
}

/** Where the files of the definition go that was just made. */
async function chooseDestination(): Promise<void> {
  await pickFolder(opened.app, folder)
  await page.getByRole('button', { name: words.extracts.form.chooseFolder }).click()
  await page.getByRole('button', { name: words.extracts.form.save }).click()
  await page.getByRole('status').getByText(words.extracts.form.saved, { exact: true }).waitFor()
}

const signIns = (path: RegExp) =>
  practice.requests.filter(one => one.method === 'POST' && path.test(one.path))

// One story: each step begins where the one before ended.
describe('PureConnect', { timeout: 120_000 }, () => {
  it('shows a certificate that nobody vouches for, and trusts it alone once it was compared', async () => {
    await page.getByRole('button', { name: words.shell.firstRun.connect }).click()
    await begin('icws', 'Acme calls')
    const { hostname, port } = new URL(icws.url)
    await page.getByLabel(form.server, { exact: true }).fill(hostname)
    await page.getByLabel(form.port, { exact: true }).fill(port)
    await fillInSecrets(page, practice.icws.signIn.password)
    const [map] = practice.icws.outputMaps
    await pickFolder(opened.app, map?.local ?? '')
    await page.getByRole('button', { name: maps.add }).click()
    await page.getByLabel(maps.server, { exact: true }).fill(map?.server ?? '')
    await page.getByRole('button', { name: maps.chooseOf(1) }).click()
    await page.getByRole('button', { name: form.check }).click()
    const note = page.getByRole('alert')
    await note.getByText(certificate.title).waitFor()
    await note.getByText('other.example').first().waitFor()
    expect(practice.requests).toEqual([])
    expect(await note.getByRole('button', { name: certificate.trust }).isDisabled()).toBe(true)
    await note.getByText(certificate.same).click()
    await note.getByRole('button', { name: certificate.trust }).click()
    await page.getByText(extractsStep.noneKept).waitFor()
    expect(signIns(/^\/icws\/connection/)).toHaveLength(1)
    const [saved] = (await opened.snapshot()).connections
    expect(saved).toMatchObject({ system: 'icws', outputMaps: practice.icws.outputMaps })
    expect(saved?.certificateSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says at its field what of a definition cannot be used, and takes it when it is right', async () => {
    await page.getByRole('button', { name: text.add }).click()
    await page.getByLabel(text.form.name, { exact: true }).first().fill('Wrap-up codes')
    const source = page.getByRole('group', { name: text.icws.source(1) })
    await source.getByLabel(text.icws.name, { exact: true }).fill('WrapUpStats')
    await page.getByRole('button', { name: text.form.save }).click()
    await source.getByText(text.form.wrong).waitFor()
    const columns = source.getByLabel(text.icws.columns, { exact: true })
    await expect.poll(() => columns.evaluate(field => field === document.activeElement)).toBe(true)
    await columns.fill('WrapUpCode, tTalk')
    await page.getByRole('button', { name: text.form.save }).click()
    await chooseDestination()
  })

  it('runs it, and delivers what the server wrote', async () => {
    const dialog = await askToRun(page, 'Wrap-up codes')
    await decide(dialog, words.extracts.runDialog.runProduction)
    await waitForDelivered(page, 'Wrap-up codes')
    expect(practice.icws.started('Wrap-up codes')).toBe(1)
    expect(readdirSync(folder, { recursive: true }).join()).toContain('WrapUpStats.csv')
  })

  it('cancels a job once it was said twice', async () => {
    practice.scenario('slow', 'icws')
    const dialog = await askToRun(page, 'Wrap-up codes')
    await dialog.getByRole('button', { name: words.extracts.runDialog.runAgain }).click()
    await decide(dialog, words.extracts.runDialog.confirmAgain)
    await page.getByRole('row').getByText('Wrap-up codes', { exact: true }).click()
    const row = page.getByRole('row').nth(1)
    await row.getByText(words.states.jobStates.queued, { exact: true }).waitFor({ timeout: 30_000 })
    await row.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: words.extracts.cancelJob }).click()
    await decide(page.getByRole('dialog'), words.extracts.cancelDialog.confirm)
    await row.getByText(words.states.jobStates.cancelled, { exact: true }).waitFor({ timeout: 30_000 })
    practice.scenario('normal', 'icws')
  })

  it('makes a definition of what an earlier job asked for', async () => {
    const row = page.getByRole('row').nth(1)
    await row.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: words.extracts.runThisAgain }).click()
    await page.getByText(text.form.ofJob).waitFor()
    const source = page.getByRole('group', { name: text.icws.source(1) })
    expect(await source.getByLabel(text.icws.name, { exact: true }).inputValue()).toBe('WrapUpStats')
    await page.getByLabel(text.form.name, { exact: true }).first().fill('The same again')
    const rail = page.getByRole('navigation', { name: words.shell.rail })
    await rail.getByText(words.shell.connections, { exact: true }).click()
    const { leave } = words.shell
    await decide(page.getByRole('dialog', { name: leave.title }), leave.discard)
    await page.getByRole('heading', { level: 1, name: words.shell.connections }).waitFor()
  })
})

describe('Vault', { timeout: 120_000 }, () => {
  it('says into which vault a sign-in led that led into another one, and saves nothing', async () => {
    await page.getByRole('button', { name: words.connections.add }).click()
    await begin('vault', 'Acme quality')
    await page.getByLabel(form.vaultAddress, { exact: true }).fill(`${vault.url}/ui/#home`)
    await choose(page, form.kind, words.connections.kindOf('vault', 'password').name)
    await fillInSecrets(page, practice.vault.stray.password)
    await page.getByRole('button', { name: form.check }).click()
    await page.getByRole('alert').getByText('Practice Elsewhere').waitFor()
    expect((await opened.snapshot()).connections).toHaveLength(1)
  })

  it('signs in to the right one, and takes a definition out of a request file', async () => {
    await fillInSecrets(page, practice.vault.signIn.password)
    await page.getByRole('button', { name: form.check }).click()
    await page.getByText(extractsStep.noneKept).waitFor()
    await page.getByRole('button', { name: text.add }).click()
    const file = join(folder, 'Two plans.json')
    writeFileSync(file, JSON.stringify(practice.vault.requests['Two documents']))
    await pickFolder(opened.app, file)
    await page.getByRole('button', { name: text.form.fromFile }).click()
    const name = page.getByLabel(text.form.name, { exact: true }).first()
    await expect.poll(() => name.inputValue()).toBe('Two plans')
    expect(await page.getByLabel(text.vault.ids, { exact: true }).inputValue()).toBe('11\n12')
    await page.getByRole('button', { name: text.form.save }).click()
    await chooseDestination()
  })

  it('runs it, and delivers its files as they are', async () => {
    await decide(await askToRun(page, 'Two plans'), words.extracts.runDialog.runProduction)
    await waitForDelivered(page, 'Two plans')
    const { definitions } = await opened.snapshot()
    const receipt = definitions.find(({ name }) => name === 'Two plans')?.lastReceipt
    expect(receipt?.files).toBe(2)
  })

  it('shows what the vault itself lists, and watches a job by its id', async () => {
    const rail = page.getByRole('navigation', { name: words.shell.rail })
    await rail.getByText('Acme quality', { exact: true }).click()
    await page.getByRole('tab', { name: words.extracts.jobs }).click()
    const rows = page.getByRole('table').getByRole('row')
    await rows.filter({ hasText: 'Two plans' }).getByText(words.states.outcomes.delivered).waitFor()
    const others = rows.filter({ hasText: words.extracts.listed.noneOf })
    const id = await others.first().getByRole('button', { name: /^Copy/ }).textContent()
    await page.getByLabel(words.extracts.listed.watchId, { exact: true }).fill(id ?? '')
    await page.getByRole('button', { name: words.extracts.listed.watch, exact: true }).first().click()
    await page.getByText(words.extracts.listed.watched('Other jobs')).waitFor({ timeout: 30_000 })
  })

  it('left no fault in the log', () => {
    expect(faultsOf(profile)).toEqual([])
  })
})
