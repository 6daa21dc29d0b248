import { afterAll, afterEach, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { DEFINITION } from '../journeys/first-delivery.ts'
import { type OpenedApp, openApp } from '../journeys/opened-app.ts'
import { askToRun, decide, practise, waitForDelivered } from '../journeys/steps.ts'
import { desktop } from '../session/desktop.ts'
import { countWindows, inMain } from './hands.ts'

const session = desktop()
let opened: OpenedApp
afterEach(() => opened.close())
afterAll(() => session.detach())

it('a page that hangs is replaced, and its jobs went on meanwhile', async () => {
  opened = await openApp(session, session.newFolder('profile'))
  const page = await opened.page()
  await practise(page)
  const dialog = await askToRun(page, DEFINITION)
  await decide(dialog, words.extracts.runDialog.run)

  await page.evaluate(() => {
    const hang = () => {
      while (Date.now() > 0);
    }
    requestAnimationFrame(hang)
  })
  // The page can say nothing any more; the desktop is told by main.
  await session.waitForNotification(({ summary }) => summary.includes(DEFINITION), 60_000)

  const next = opened.app.waitForEvent('window')
  await inMain(opened.app, ({ BrowserWindow }) => {
    const wait = globalThis.setTimeout
    // Chromium takes half a minute to notice, and the app waits for as long again: both are made short.
    globalThis.setTimeout = ((work: () => void, ms: number) =>
      wait(work, Math.min(ms, 50))) as typeof setTimeout
    BrowserWindow.getAllWindows()[0]?.emit('unresponsive')
    globalThis.setTimeout = wait
  })
  await next
  expect(await countWindows(opened.app)).toBe(1)
  await waitForDelivered(await opened.page(), DEFINITION)
})

it('a page that answers again before that is left alone', async () => {
  opened = await openApp(session, session.newFolder('profile'))
  const page = await opened.page()
  const pending = await inMain(opened.app, ({ BrowserWindow }) => {
    const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout]
    const timers = new Set<unknown>()
    globalThis.setTimeout = (() => {
      const timer = {}
      timers.add(timer)
      return timer
    }) as unknown as typeof setTimeout
    globalThis.clearTimeout = ((timer: unknown) => timers.delete(timer)) as typeof clearTimeout
    const [window] = BrowserWindow.getAllWindows()
    window?.emit('unresponsive')
    const during = timers.size
    window?.emit('responsive')
    globalThis.setTimeout = set
    globalThis.clearTimeout = clear
    return [during, timers.size]
  })
  expect(pending).toEqual([1, 0])
  expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
})
