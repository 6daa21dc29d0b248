import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Place, Snapshot } from '../../../preload/contract/types.ts'
import type { PracticeScenario } from '../../../preload/contract/words.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { answerDialogs, closeWindow, countWindows, openWindow, until } from './hands.ts'

declare global {
  interface Window {
    placesShown?: Place[]
  }
}

const session = desktop()
const profile = session.newFolder('profile')
let app: ElectronApplication
let page: Page

const snapshot = async (): Promise<Snapshot> => {
  const answer = await page.evaluate(() => window.desk.app.snapshot())
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

beforeAll(async () => {
  app = await startApp(session, profile)
  page = await openWindow(app)
})
afterAll(async () => {
  await app.close()
  session.detach()
})

// One story: each step begins where the one before ended.
describe('practising', () => {
  it('takes one click: connected, and every definition has the practice folder', async () => {
    const answer = await page.evaluate(() => window.desk.connections.practise())
    expect(answer).toMatchObject({
      ok: true,
      value: ['Practice Concur', 'Practice PureConnect', 'Practice Vault'].map(name => ({
        name,
        mark: 'practice',
        secrets: 'keychain',
      })),
    })
    const { definitions, status } = await snapshot()
    expect(status).toMatchObject({ practice: true, profile })
    expect(definitions.length).toBeGreaterThan(3)
    expect(
      definitions.every(({ destination }) => destination?.folder.endsWith('Extract Desk Practice')),
    ).toBe(true)
  })

  it('delivers with the window closed, and tells of it', async () => {
    const { definitions } = await snapshot()
    const definition = definitions.find(({ name }) => name === 'Cash Advances')
    await page.evaluate(id => window.desk.jobs.run(id, false), definition?.id ?? '')
    await answerDialogs(app, 0)
    await closeWindow(app)
    await until(() => countWindows(app), 0)

    const shown = await session.waitForNotification(
      ({ summary }) => summary === 'Cash Advances delivered',
      60_000,
    )
    expect(shown.body).toMatch(/1 file, \d+ rows/)
    // What is shown is listened for before the page's own scripts run.
    await app.context().addInitScript(() => {
      window.placesShown = []
      window.addEventListener('DOMContentLoaded', () =>
        window.desk.on.onPlace(place => window.placesShown?.push(place)),
      )
    })
    await session.clickNotification(shown)
    page = await openWindow(app)
    const { activity } = await snapshot()
    const receiptId = activity.delivered[0]?.receiptId ?? ''
    expect(receiptId).not.toBe('')
    const place: Place = { screen: 'receipt', receiptId }
    await until(() => page.evaluate(() => window.placesShown ?? []), [place])
  })

  it('shows the definition that ran in the tray, and pauses from there', async () => {
    const tray = await session.tray()
    const [item] = await tray.items()
    if (item === undefined) throw new Error('There is no tray item')
    expect(item.menu.map(({ label }) => label)).toContain('Run Cash Advances…')
    await tray.choose(item, 'Pause')
    await until(async () => (await snapshot()).settings.paused, true)
    const labels = async () => (await tray.items())[0]?.menu.some(({ label }) => label === 'Go on')
    await until(labels, true)
  })

  it('does what was chosen for it at once, and lets in again after it refused', async () => {
    const [connection] = (await snapshot()).connections
    const id = connection?.id ?? ''
    const choose = (scenario: PracticeScenario) =>
      page.evaluate(([to, chosen]) => window.desk.practice.choose(to, chosen), [id, scenario] as const)
    const test = () => page.evaluate(to => window.desk.connections.test(to), id)
    expect(await choose('maintenance')).toMatchObject({ ok: true, value: { scenario: 'maintenance' } })
    expect(await test()).toMatchObject({ ok: false, error: { code: 'maintenance' } })
    await choose('refused')
    expect(await test()).toMatchObject({ ok: false })
    expect((await snapshot()).connections[0]?.signIn.state).not.toBe('ok')
    await choose('normal')
    await until(async () => (await snapshot()).connections[0]?.signIn.state, 'ok')
    expect(await test()).toMatchObject({ ok: true })
    await choose('slow')
  })

  it('goes on after a restart, at the same address and without a question', async () => {
    const before = (await snapshot()).connections[0]?.url
    await app.close()
    app = await startApp(session, profile)
    page = await openWindow(app)
    await until(async () => (await snapshot()).status.practice, true)
    const [connection] = (await snapshot()).connections
    expect(connection?.url).toBe(before)
    const tested = await page.evaluate(id => window.desk.connections.test(id), connection?.id ?? '')
    expect(tested).toMatchObject({ ok: true, value: { signIn: { state: 'ok' } } })
    const does = await page.evaluate(id => window.desk.practice.scenario(id), connection?.id ?? '')
    expect(does).toMatchObject({ ok: true, value: { scenario: 'normal' } })
  })
})
