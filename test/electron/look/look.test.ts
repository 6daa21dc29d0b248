import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { violations } from './axe.ts'
import { views } from './views.ts'

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
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('body, .frame, .rail, .page, .panel, .dialog')]
        .filter(element => element.scrollWidth > element.clientWidth + 1)
        .map(element => element.className || element.tagName),
    )
    expect(wide).toEqual([])
    expect(await violations(page)).toEqual([])
  })
})

it('complains about nothing on its way, neither its policy nor its parts', () => {
  expect(complaints).toEqual([])
})
