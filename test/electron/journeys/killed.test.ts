import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { companyHome } from '../http/run-harness.ts'
import { desktop } from '../session/desktop.ts'
import { type CompanySite, type Held, openCompanySite } from './company-site.ts'
import { openReceipt } from './first-delivery.ts'
import { letLeasesRunOut } from './leases.ts'
import { sha256Of } from './on-disk.ts'
import { faultsOf, type OpenedApp, openApp } from './opened-app.ts'
import { askToRun, connect, goTo, waitForDelivered } from './steps.ts'

const definition = 'Standard Accounting Extract'
const session = desktop()
const profile = session.newFolder('profile')
const folder = session.newFolder('erp')
const env = { HOME: companyHome() }
/** How far the system's clock is ahead: a job that takes an hour ends when the test says so. */
let ahead = 0
let site: CompanySite
let opened: OpenedApp
let download: Held

beforeAll(async () => {
  site = await openCompanySite({
    scenario: 'very-large',
    largeBytes: 24_000_000,
    speed: 1 / 600,
    now: () => Date.now() + ahead,
  })
  opened = await openApp(session, profile, env)
})
afterEach(() => {
  expect(opened.complaints).toEqual([])
})
afterAll(async () => {
  await opened.close()
  await site.close()
  session.detach()
})

async function killAndOpenAgain(): Promise<void> {
  await opened.kill()
  letLeasesRunOut(profile)
  opened = await openApp(session, profile, env)
}

const starts = () =>
  site.practice.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/job')).length
const staged = () => readdirSync(dirname(folder)).filter(name => name.startsWith('.extract-desk'))

async function waitForState(word: string): Promise<void> {
  const page = await opened.page()
  await goTo(page, 'today')
  const item = page.getByRole('listitem').filter({ hasText: definition })
  await item.getByText(word, { exact: true }).waitFor({ timeout: 40_000 })
}

// One job, killed three times; each step begins where the one before ended.
describe('an app that is killed', { timeout: 120_000 }, () => {
  it('while a start waits for its answer finds that job again, and starts no other', async () => {
    await connect(opened, site, { name: 'Acme test', mark: 'test', definition, folder })
    const held = site.hold({ method: 'POST', path: /\/job$/, afterBytes: null })
    const dialog = await askToRun(await opened.page(), definition)
    await dialog.getByRole('button', { name: words.extracts.runDialog.run, exact: true }).click()
    await held.reached
    ahead = 20 * 60_000
    await killAndOpenAgain()
    held.release()
    await waitForState(words.states.jobStates.running)
  })

  it('while the job runs watches it to its end', async () => {
    download = site.hold({ method: 'GET', path: /\/file$/, afterBytes: 300_000 })
    await killAndOpenAgain()
    await waitForState(words.states.jobStates.running)
    ahead = 60 * 60_000
    await download.reached
  })

  it('in the middle of a download delivers all files, once', async () => {
    await waitForState(words.states.deliveryStates.downloading)
    expect(staged()).toHaveLength(1)
    await killAndOpenAgain()
    download.release()
    expect(readdirSync(folder)).toEqual([])

    const page = await opened.page()
    await waitForDelivered(page, definition)
    const { files } = await openReceipt(page, definition)
    expect(readdirSync(folder).sort()).toEqual(files.map(({ path }) => path).sort())
    for (const { path, sha256 } of files) expect(sha256Of(`${folder}/${path}`)).toBe(sha256)
    expect(staged()).toEqual([])
    expect(starts()).toBe(1)
    expect(site.practice.concur.started()).toBe(1)
    expect(await page.getByRole('table', { name: words.today.delivered }).getByRole('row').count()).toBe(2)
    expect(faultsOf(profile)).toEqual([])
  })
})
