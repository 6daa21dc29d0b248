import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctor } from '../../../preload/contract/text/doctor.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { desktop } from '../session/desktop.ts'
import { inMain, until } from '../shell/hands.ts'
import { faultsOf, type OpenedApp, openApp } from './opened-app.ts'
import { goTo } from './steps.ts'

const session = desktop()
const profile = session.newFolder('profile')
const folder = session.newFolder('saved')
const pictures = join(import.meta.dirname, '..', '..', '..', 'out', 'look')
let opened: OpenedApp
let page: Page

/** From now on the desktop's dialogs are answered with this path, for saving and for opening. */
const answerWith = (app: ElectronApplication, path: string): Promise<void> =>
  inMain(
    app,
    ({ dialog }, picked) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: picked })
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] })
    },
    path,
  )

const snapshot = (): Promise<Snapshot> => opened.snapshot()
const change = (patch: object) => page.evaluate(values => window.desk.settings.change(values), patch)

/** Nobody would write these by chance. */
const planted = { password: 'canary-pw-8123', token: 'canaryToken5512345', iban: 'DE89370400440532013000' }

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  opened = await openApp(session, profile)
  page = await opened.page()
  const practised = await page.evaluate(() => window.desk.connections.practise())
  expect(practised.ok).toBe(true)
})
afterAll(async () => {
  await opened.close()
  session.detach()
})

// One story: each step begins where the one before ended.
describe('looking after the app', () => {
  it('the network doctor looks at a connection, and its text is saved for IT', async () => {
    await goTo(page, 'connections')
    await page.getByRole('row').getByText('Practice Vault', { exact: true }).click()
    await page.getByRole('button', { name: words.connections.page.doctor }).click()
    const panel = page.getByRole('complementary', { name: doctor.panel('Practice Vault') })
    await panel.getByText(doctor.summary([], false), { exact: true }).waitFor()
    expect(await panel.getByText(doctor.results.ok, { exact: true }).count()).toBe(7)
    await page.screenshot({ path: join(pictures, 'journey-doctor.png') })
    const file = join(folder, 'doctor.txt')
    await answerWith(opened.app, file)
    await panel.getByRole('button', { name: doctor.save }).click()
    await panel.getByText(doctor.saved(file)).waitFor()
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('Connection: Practice Vault')
    expect(text).toContain('7. Clock: Fine')
    await panel.getByRole('button', { name: doctor.copy }).click()
    await until(() => inMain(opened.app, ({ clipboard }) => clipboard.readText()), text)
  })

  it('a connection that nobody answers for is said to be that, step by step', async () => {
    const { connections } = await snapshot()
    const id = connections.find(({ name }) => name === 'Practice Vault')?.id ?? ''
    const seen = await page.evaluate(one => window.desk.doctor.last(one), id)
    expect(seen).toMatchObject({ ok: true, value: { cancelled: false, now: null } })
    await page.keyboard.press('Escape')
  })

  it('settings take effect at once, and say so', async () => {
    await goTo(page, 'settings')
    await page.getByText(words.settings.densities.compact, { exact: true }).click()
    await until(async () => (await snapshot()).settings.density, 'compact')
    await page.getByText(upkeep.saved(words.settings.density)).waitFor({ state: 'attached' })
    const rows = () => page.evaluate(() => document.documentElement.dataset.density)
    await until(rows, 'compact')
    const name = page.getByRole('textbox', { name: upkeep.defaultName })
    await name.fill('{definition}_{start:yyyy-MM-dd}{ext}')
    await name.blur()
    await until(async () => (await snapshot()).settings.defaultName, '{definition}_{start:yyyy-MM-dd}{ext}')
    await name.fill('{nonsense}')
    await name.blur()
    await page.getByText(upkeep.defaultNameWrong).waitFor()
    expect((await snapshot()).settings.defaultName).toBe('{definition}_{start:yyyy-MM-dd}{ext}')
    await change({ density: 'normal', defaultName: '{original}{ext}' })
    await page.screenshot({ path: join(pictures, 'journey-settings.png') })
  })

  it('what is exported is imported after a look at what that would do, and what was before is kept', async () => {
    const file = join(folder, 'settings.json')
    await answerWith(opened.app, file)
    await page.getByRole('button', { name: upkeep.carry.export }).click()
    await page.getByText(upkeep.carry.exported(file)).waitFor()
    const text = readFileSync(file, 'utf8')
    expect(JSON.parse(text).connections).toHaveLength(3)
    expect(text).not.toMatch(/"(?:clientSecret|refreshToken|secrets|username)"/)

    const { connections } = await snapshot()
    const gone = connections.find(({ name }) => name === 'Practice Vault')?.id ?? ''
    await page.evaluate(id => window.desk.connections.remove(id), gone)
    await page.getByRole('button', { name: upkeep.carry.import }).click()
    const plan = page.locator('.import-plan')
    await plan.getByText(upkeep.carry.connectionsAdded).waitFor()
    await page.screenshot({ path: join(pictures, 'journey-import.png') })
    expect((await snapshot()).connections).toHaveLength(2)
    await plan.getByRole('button', { name: upkeep.carry.confirm }).click()
    await page.getByText(upkeep.carry.done).waitFor()
    expect((await snapshot()).connections.map(({ name }) => name).sort()).toEqual([
      'Practice Concur',
      'Practice PureConnect',
      'Practice Vault',
    ])
    const kept = readdirSync(join(profile, 'backups')).filter(name =>
      name.startsWith('settings-before-import-'),
    )
    expect(kept).toHaveLength(1)
  })

  it('the support bundle shows what is in it before it is saved, and holds nothing that was planted', async () => {
    await change({ proxy: { mode: 'pac', url: `http://anna:${planted.password}@127.0.0.1:1/p.pac` } })
    await change({ proxy: { mode: 'system' } })
    await page.evaluate(({ password, token, iban }) => {
      const secrets = { username: iban, password }
      return window.desk.connections.add({
        name: `Canary ${token}`,
        system: 'vault',
        url: 'https://canary.invalid',
        mark: 'test',
        auth: 'password',
        secrets,
        keep: 'session',
      })
    }, planted)
    await page.getByRole('button', { name: upkeep.bundle.open }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: upkeep.bundle.close }).waitFor()
    const content = dialog.getByRole('region', { name: upkeep.bundle.content(upkeep.bundle.kinds.about) })
    await content.getByText('"electron"').waitFor()
    await page.screenshot({ path: join(pictures, 'journey-bundle.png') })
    const shown = await content.innerText()
    const file = join(folder, 'bundle.zip')
    await answerWith(opened.app, file)
    await dialog.getByRole('button', { name: upkeep.bundle.save }).click()
    await dialog.getByText(upkeep.bundle.saved(file)).waitFor()

    const texts = new AdmZip(file)
      .getEntries()
      .map(entry => [entry.entryName, entry.getData().toString('utf8')] as const)
    expect(texts).toHaveLength(11)
    expect(texts.find(([name]) => name === 'about.json')?.[1].trim()).toBe(shown.trim())
    const all = texts.map(([, text]) => text).join('\n')
    for (const canary of Object.values(planted)) expect(all).not.toContain(canary)
    // The search sees what stands there.
    expect(all).toContain('Practice Concur')
    expect(existsSync(`${file}.part`)).toBe(false)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('left no fault in the log, and no complaint', () => {
    expect(faultsOf(profile)).toEqual([])
    expect(opened.complaints).toEqual([])
  })
})
