import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { inMain } from '../shell/hands.ts'
import { violations } from './axe.ts'
import { deliverEarlier, goTo, views } from './views.ts'

/** Pictures of every screen, to be looked at after a change. */
const pictures = join(import.meta.dirname, '..', '..', '..', 'out', 'look')

const session = desktop()
const complaints: string[] = []
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  app = await startApp(session, session.newFolder('profile'))
  page = await app.firstWindow()
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  await firstDelivery({ app, screenshot: async () => undefined })
  await deliverEarlier(page)
})
afterAll(async () => {
  await app.close()
  session.detach()
})

// Whatever is open above the page is put away.
afterEach(async () => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  beforeAll(() => page.emulateMedia({ colorScheme }))

  it.each(views)('$name can be used by everybody', async ({ name, open }) => {
    await open(page)
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
    expect(await violations(page)).toEqual([])
  })
})

describe('in forced colours', () => {
  beforeAll(() => page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' }))
  afterAll(() => page.emulateMedia({ forcedColors: 'none' }))

  it.each(views)('$name can be used by everybody', async ({ name, open }) => {
    await open(page)
    await page.screenshot({ path: join(pictures, `${name}-forced.png`) })
    expect(await violations(page)).toEqual([])
  })

  it('tells the marks of connections apart by more than colour', async () => {
    const looks = await page.evaluate(() =>
      ['production', 'test', 'practice'].map(mark => {
        const label = document.createElement('span')
        label.className = `mark mark-${mark}`
        document.body.append(label)
        const { borderStyle, backgroundColor } = getComputedStyle(label)
        label.remove()
        return `${borderStyle} ${backgroundColor}`
      }),
    )
    expect(new Set(looks).size).toBe(3)
  })
})

describe('at 1920 × 1080 and at 960 px', () => {
  const size = (width: number, height: number) =>
    inMain(app, ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
      width,
      height,
    ] as const)
  afterAll(() => size(1280, 820))

  it.each([
    ['1920', 1920, 1080],
    ['960', 960, 640],
  ] as const)('every screen keeps within the window (%s)', async (name, width, height) => {
    await page.emulateMedia({ colorScheme: 'light' })
    await size(width, height)
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
    for (const view of views) {
      await view.open(page)
      await page.screenshot({ path: join(pictures, `${view.name}-${name}.png`) })
      expect({ view: view.name, wide: await tooWide() }).toEqual({ view: view.name, wide: [] })
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })
})

/** What is wider than its place. */
const tooWide = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('body, .frame, .rail, .page, .panel, .dialog')]
      .filter(element => element.scrollWidth > element.clientWidth + 1)
      .map(element => element.className || element.tagName),
  )

describe('with text at 200 %', () => {
  const scale = (percent: number) =>
    page.evaluate(size => {
      document.documentElement.style.fontSize = size
    }, `${percent}%`)
  beforeAll(() => scale(200))
  afterAll(() => scale(100))

  it.each(views)('$name keeps within the window', async ({ name, open }) => {
    await open(page)
    await page.screenshot({ path: join(pictures, `${name}-200.png`) })
    expect(await tooWide()).toEqual([])
    expect(await violations(page)).toEqual([])
  })
})

it('copies the whole id though only its ends are shown', async () => {
  await views.find(view => view.name === 'receipt')?.open(page)
  const whole = await page.evaluate(async () => {
    const found = await window.desk.history.search({
      text: '',
      connectionId: null,
      outcome: 'delivered',
      since: null,
      offset: 0,
      limit: 1,
    })
    return found.ok ? found.value.rows[0]?.remoteJobId : undefined
  })
  await page.getByRole('button', { name: new RegExp(words.history.receipt.jobId) }).click()
  await expect.poll(() => inMain(app, ({ clipboard }) => clipboard.readText())).toBe(whole)
})

it('follows the theme that was chosen, whatever the computer’s', async () => {
  const { themes } = words.settings
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await goTo(page, words.shell.settings)
  await page.getByText(themes.dark, { exact: true }).click()
  await expect.poll(ground).toBe('rgb(21, 22, 20)')
  await page.getByText(themes.light, { exact: true }).click()
  await expect.poll(ground).toBe('rgb(250, 250, 248)')
  await page.getByText(themes.system, { exact: true }).click()
})

it('complains about nothing on its way, neither its policy nor its parts', () => {
  expect(complaints).toEqual([])
})
