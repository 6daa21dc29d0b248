import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMetered } from '../../../main/adapters/metered/open-metered.ts'
import { words } from '../../../preload/contract/text/index.ts'
import type { DeliveryView } from '../../../preload/contract/types.ts'
import { type OpenedApp, openApp } from '../journeys/opened-app.ts'
import { goTo } from '../journeys/steps.ts'
import { desktop } from '../session/desktop.ts'
import { until } from '../shell/hands.ts'
import { type FakeNetworkManager, openNetworkManager } from './network-manager.ts'

const session = desktop()
afterAll(() => session.detach())

describe.runIf(process.platform === 'linux')('the port Metered', () => {
  const open = (address: string) => openMetered('linux', { DBUS_SYSTEM_BUS_ADDRESS: address })

  it('follows NetworkManager, and knows nothing once that is gone', async () => {
    const manager = await openNetworkManager(session, 4)
    const metered = open(manager.address)
    const reads = (wanted: boolean | null) => until(async () => metered.metered(), wanted)
    try {
      await reads(false)
      for (const [state, wanted] of [
        [1, true],
        [2, false],
        [3, true],
        [0, false],
        [1, true],
      ] as const) {
        const changed = new Promise<void>(resolve => void metered.onChange(resolve))
        manager.set(state)
        await changed
        expect(metered.metered()).toBe(wanted)
      }
      await manager.leave()
      await reads(null)
    } finally {
      metered.close()
      await manager.close()
    }
  })

  it('knows nothing where there is no bus, and where the bus ends', async () => {
    const nowhere = open('unix:path=/nonexistent/bus')
    const manager = await openNetworkManager(session, 1)
    const metered = open(manager.address)
    await until(async () => metered.metered(), true)
    await manager.close()
    await until(async () => metered.metered(), null)
    expect(nowhere.metered()).toBeNull()
    nowhere.close()
    metered.close()
  })
})

describe.runIf(process.platform === 'linux')('on a metered connection', () => {
  let manager: FakeNetworkManager
  let opened: OpenedApp
  let page: Page
  const metered = async () => (await opened.snapshot()).status.metered
  const delivery = async (): Promise<DeliveryView | null> => {
    const { definitions } = await opened.snapshot()
    return definitions.find(({ name }) => name === 'Cash Advances')?.lastJob?.delivery ?? null
  }

  beforeAll(async () => {
    manager = await openNetworkManager(session, 2)
    opened = await openApp(session, session.newFolder('profile'), {
      DBUS_SYSTEM_BUS_ADDRESS: manager.address,
    })
    page = await opened.page()
  })
  afterAll(async () => {
    await opened.close()
    await manager.close()
  })

  it('a large download waits, says so, and goes on when the connection is not metered any more', async () => {
    await page.evaluate(() => window.desk.connections.practise())
    await until(metered, false)
    await goTo(page, 'settings')
    await page.getByText(words.settings.pauseOnMetered).click()
    manager.set(1)
    await until(metered, true)
    await page.getByText(words.shell.meteredPause).waitFor()

    const { connections, definitions } = await opened.snapshot()
    const definition = definitions.find(({ name }) => name === 'Cash Advances')
    const concur = connections.find(({ system }) => system === 'concur')
    await page.evaluate(id => window.desk.practice.choose(id, 'very-large'), concur?.id ?? '')
    await page.evaluate(id => window.desk.jobs.run(id, false), definition?.id ?? '')
    const held = { state: 'waiting', nextAttemptAt: null, error: { code: 'metered' } }
    await expect.poll(delivery, { timeout: 60_000 }).toMatchObject(held)
    await goTo(page, 'today')
    await page.getByText(/waits for a connection that is not metered/).waitFor()
    await page.getByRole('button', { name: words.today.actions.downloadAnywayOf('Cash Advances') }).waitFor()

    manager.set(2)
    await expect.poll(delivery).toMatchObject({ state: 'downloading', error: null })
    await page.evaluate(id => window.desk.deliveries.cancel(id), (await delivery())?.id ?? '')
    expect(opened.complaints).toEqual([])
  })
})
