import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { desktop as spoken, words } from '../../../preload/contract/text/index.ts'
import { desktop } from '../session/desktop.ts'
import { answerDialogs, closeWindow, countWindows, inMain, pageProcesses, until } from '../shell/hands.ts'
import { DEFINITION, type Delivered, firstDelivery } from './first-delivery.ts'
import { letLeasesRunOut } from './leases.ts'
import { sha256Of } from './on-disk.ts'
import { faultsOf, type OpenedApp, openApp } from './opened-app.ts'
import { askToRun, decide } from './steps.ts'

const session = desktop()
const profile = session.newFolder('profile')
const env = { HOME: session.newFolder('home') }
const states: string[] = []
let opened: OpenedApp
let delivered: Delivered

beforeAll(async () => {
  opened = await openApp(session, profile, env)
})
afterEach(() => {
  expect(opened.complaints).toEqual([])
})
afterAll(async () => {
  await opened.close()
  session.detach()
})

/** How many runs the simulator was asked for: it writes each down before it answers. */
function practiceStarts(): number {
  const state = JSON.parse(readFileSync(join(profile, 'practice', 'concur-1.json'), 'utf8'))
  return state.jobs.filter((job: { started: boolean }) => job.started).length
}

const { jobStates, deliveryStates } = words.states

// One story: each step begins where the one before ended.
describe('the first day', { timeout: 120_000 }, () => {
  it('practises, runs an extract, and has its files, as the receipt says', async () => {
    const { app } = opened
    delivered = await firstDelivery({
      app,
      screenshot: async () => {},
      onState: state => void states.push(state),
    })
    const { folder, files } = delivered
    const told = [jobStates.queued, jobStates.running, deliveryStates.delivered]
    expect(states.filter(state => told.includes(state))).toEqual(told)
    expect(files).toHaveLength(3)
    expect(readdirSync(folder).sort()).toEqual(files.map(({ path }) => path).sort())
    for (const { path, sha256 } of files) expect(sha256Of(join(folder, path))).toBe(sha256)
    expect(readdirSync(dirname(folder)).filter(name => name.startsWith('.extract-desk'))).toEqual([])
  })

  it.runIf(process.platform === 'linux')('is told of by the desktop, and seen in its tray', async () => {
    const shown = await session.waitForNotification(({ summary }) => summary === `${DEFINITION} delivered`)
    expect(shown.body).toMatch(/^3 files, [\d,]+ rows, totals match$/)
    const item = await (await session.tray()).waitForItem()
    expect(item.toolTip).toBe(spoken.tray.idle)
    const labels = item.menu.filter(({ separator }) => !separator).map(({ label }) => label)
    const { nothingRuns, run, pause, open, quit } = spoken.tray
    expect(labels).toEqual([nothingRuns, run(DEFINITION), pause, open, quit])
  })

  it('finds the files unchanged, gives away a hash by a click, and shows their folder', async () => {
    const page = await opened.page()
    const text = words.history.receipt
    const panel = page.getByRole('complementary', { name: text.panel })
    await panel.getByRole('button', { name: text.verify, exact: true }).click()
    await expect.poll(() => panel.getByText(text.findings.there).count()).toBe(3)
    const [file] = delivered.files
    await panel
      .getByRole('listitem')
      .filter({ hasText: file?.path ?? '' })
      .getByRole('button', { name: text.sha })
      .click()
    await until(() => inMain(opened.app, ({ clipboard }) => clipboard.readText()), file?.sha256 ?? '')
    await panel.getByRole('button', { name: text.showInFolder, exact: true }).click()
    expect((await opened.snapshot()).status.practice).toBe(true)
    expect(await panel.getByRole('alert').count()).toBe(0)
  })

  it.runIf(process.platform === 'linux')(
    'killed while a job runs, goes on after the next start, and without a window; a click on its notification opens the receipt',
    async () => {
      const dialog = await askToRun(await opened.page(), 'Cash Advances')
      await decide(dialog, words.extracts.runDialog.run)
      await opened.kill()
      letLeasesRunOut(profile)
      opened = await openApp(session, profile, env)
      expect((await opened.snapshot()).activity.running).toMatchObject([{ definitionName: 'Cash Advances' }])
      await answerDialogs(opened.app, 0)
      await closeWindow(opened.app)
      await until(() => countWindows(opened.app), 0)
      await until(() => pageProcesses(opened.app), 0)

      const told = ({ summary }: { summary: string }) => summary === 'Cash Advances delivered'
      const shown = await session.waitForNotification(told, 60_000)
      expect(await countWindows(opened.app)).toBe(0)
      await session.clickNotification(shown)
      const page = await opened.page()
      const panel = page.getByRole('complementary', { name: words.history.receipt.panel })
      await panel.getByRole('heading', { name: words.history.receipt.title(2) }).waitFor()
      await panel.getByText('Cash Advances', { exact: true }).waitFor()
      expect(practiceStarts()).toBe(2)
    },
  )

  it('left no fault in the log', () => {
    expect(faultsOf(profile)).toEqual([])
  })
})
