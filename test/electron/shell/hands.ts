import type { ElectronApplication, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { WindowDesk } from '../../../preload/contract/bridge.ts'

declare global {
  interface Window {
    readonly desk: WindowDesk
  }
}

type InMain<A, R> = (electron: typeof import('electron'), argument: A) => R | Promise<R>

let calls = 0

/**
 * Runs `work` in the main process, once. Node's inspector now and then loses the promise that it waits for to the
 * garbage collector: then it is asked again for what has become of the same run, which main keeps under a number.
 */
export async function inMain<R, A = undefined>(
  app: ElectronApplication,
  work: InMain<A, R>,
  argument?: A,
): Promise<R> {
  calls += 1
  const call = { number: calls, source: work.toString(), argument }
  for (;;) {
    try {
      return await app.evaluate((electron, { number, source, argument }) => {
        const key = Symbol.for('runs in main')
        const runs: Map<number, Promise<unknown>> = Reflect.get(globalThis, key) ?? new Map()
        Reflect.set(globalThis, key, runs)
        // In the inspector's own scope, as without this wrapper.
        const run =
          runs.get(number) ?? (async () => new Function(`return (${source})`)()(electron, argument))()
        runs.set(number, run)
        return run as Promise<R>
      }, call)
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('garbage collected'))) throw error
    }
  }
}

/** The app's window, once its page has its answer from main. */
export async function openWindow(app: ElectronApplication): Promise<Page> {
  const page = app.windows()[0] ?? (await app.waitForEvent('window'))
  await page.evaluate(() => window.desk.app.snapshot())
  return page
}

/** From now on every native question is answered with its button number `response`. Returns how often it was asked. */
export async function answerDialogs(
  app: ElectronApplication,
  response: number,
): Promise<() => Promise<number>> {
  await inMain(
    app,
    ({ dialog }, choice) => {
      let asked = 0
      dialog.showMessageBox = async () => {
        asked += 1
        return { response: choice, checkboxChecked: false }
      }
      Reflect.set(globalThis, 'timesAsked', () => asked)
    },
    response,
  )
  return () => inMain(app, () => Reflect.get(globalThis, 'timesAsked')())
}

/** What the close button does. */
export const closeWindow = (app: ElectronApplication): Promise<void> =>
  inMain(app, ({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close()
  })

export const countWindows = (app: ElectronApplication): Promise<number> =>
  inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

/** Renderer processes of pages that are alive. */
export const pageProcesses = (app: ElectronApplication): Promise<number> =>
  inMain(app, ({ app: electron }) => electron.getAppMetrics().filter(({ type }) => type === 'Tab').length)

export const ended = (app: ElectronApplication): Promise<number | null> =>
  new Promise(resolve => {
    const { exitCode } = app.process()
    if (exitCode !== null) resolve(exitCode)
    else app.process().once('exit', resolve)
  })

/** Waits until something that no event tells of has come true. */
export const until = <T>(read: () => Promise<T>, wanted: T): Promise<void> =>
  expect.poll(read, { timeout: 20_000, interval: 50 }).toEqual(wanted)
