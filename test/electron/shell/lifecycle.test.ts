import type { ChildProcess } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import type { ElectronApplication } from 'playwright-core'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { desktop, startApp } from '../session/desktop.ts'
import {
  answerDialogs,
  closeWindow,
  countWindows,
  ended,
  inMain,
  openWindow,
  pageProcesses,
  until,
} from './hands.ts'

const session = desktop()
const started: { readonly app: ElectronApplication; readonly running: ChildProcess }[] = []

async function start(profile: string, ...args: string[]): Promise<ElectronApplication> {
  const app = await startApp(session, profile, { args })
  started.push({ app, running: app.process() })
  return app
}

/** Starts the program as a person does, until it ends by itself. */
function startAgain(...args: string[]) {
  const { program, folder } = inject('app')
  return session.exec(program, [...(folder === undefined ? [] : [folder]), ...args])
}

/** A database as a later version may leave it. */
function newerDatabase(file: string): void {
  const database = new Libsql(file)
  database.exec('CREATE TABLE of_the_future (id TEXT)')
  database.pragma('user_version = 9999')
  database.close()
}

afterEach(async () => {
  for (const { app, running } of started.splice(0)) if (running.exitCode === null) await app.close()
})

describe('closing the window', () => {
  it('asks once; kept in the tray, no renderer lives, and a second start brings the window back', async () => {
    const profile = session.newFolder('profile')
    const app = await start(profile)
    await openWindow(app)
    const timesAsked = await answerDialogs(app, 0)
    await closeWindow(app)
    await until(() => countWindows(app), 0)
    await until(() => pageProcesses(app), 0)
    expect(await timesAsked()).toBe(1)

    const again = await startAgain('--profile', profile)
    expect(again.status).toBe(0)
    await openWindow(app)
    expect(await countWindows(app)).toBe(1)

    await closeWindow(app)
    await until(() => countWindows(app), 0)
    expect(await timesAsked()).toBe(1)
    expect(app.process().exitCode).toBeNull()
  })

  it('quits where that is wanted, then and later', async () => {
    const profile = session.newFolder('profile')
    const first = await start(profile)
    await openWindow(first)
    await answerDialogs(first, 1)
    const firstEnd = ended(first)
    await closeWindow(first)
    expect(await firstEnd).toBe(0)

    const second = await start(profile)
    await openWindow(second)
    const secondEnd = ended(second)
    await closeWindow(second)
    expect(await secondEnd).toBe(0)
  })

  it('leaves it open where the question is not answered', async () => {
    const app = await start(session.newFolder('profile'))
    const page = await openWindow(app)
    const timesAsked = await answerDialogs(app, 2)
    await closeWindow(app)
    await until(timesAsked, 1)
    expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
  })

  it('asks first where something typed would be lost, and stays where that is the answer', async () => {
    const app = await start(session.newFolder('profile'))
    const page = await openWindow(app)
    const timesAsked = await answerDialogs(app, 0)
    await page.getByRole('button', { name: words.shell.firstRun.connect }).click()
    await page.getByRole('button', { name: words.connections.form.next }).click()
    await page.getByLabel(words.connections.form.name, { exact: true }).fill('Acme')
    await closeWindow(app)
    await until(timesAsked, 1)
    expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
    const tray = await session.tray()
    await tray.choose(await tray.waitForItem(), 'Quit')
    await until(timesAsked, 2)
    expect(await countWindows(app)).toBe(1)

    // Nothing is typed any more: what is asked now is what closing means.
    await page.evaluate(() => window.desk.app.unsaved(false))
    await closeWindow(app)
    await until(() => countWindows(app), 0)
    expect(await timesAsked()).toBe(3)
  })

  it('remembers where the window was', async () => {
    const app = await start(session.newFolder('profile'))
    await openWindow(app)
    await answerDialogs(app, 0)
    const bounds = { x: 120, y: 90, width: 1111, height: 777 }
    await inMain(
      app,
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
      bounds,
    )
    await closeWindow(app)
    await until(() => countWindows(app), 0)
    const tray = await session.tray()
    await tray.choose(await tray.waitForItem(), 'Open Extract Desk')
    await openWindow(app)
    const now = await inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
    expect(now).toEqual(bounds)
  })
})

describe('starting', () => {
  it('twice on one profile shows the one window; another profile has its own', async () => {
    const profile = session.newFolder('profile')
    const app = await start(profile)
    await openWindow(app)
    const again = await startAgain(`--profile=${profile}`)
    expect(again.status).toBe(0)
    expect(await countWindows(app)).toBe(1)
    const other = await start(session.newFolder('profile'))
    const page = await openWindow(other)
    expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
  })

  it('with the computer stays in the tray', async () => {
    const app = await start(session.newFolder('profile'), '--hidden')
    const tray = await session.tray()
    const item = await tray.waitForItem()
    expect(item.toolTip).toContain('Extract Desk')
    expect(await countWindows(app)).toBe(0)
    await tray.choose(item, 'Open Extract Desk')
    await openWindow(app)
  })

  it('with half a command line does nothing', async () => {
    const outcome = await startAgain('--profile')
    expect(outcome.status).toBe(2)
    expect(outcome.stderr).toContain('--profile')
  })

  it.each([
    [
      'damaged',
      'profile-damaged',
      (file: string) => writeFileSync(file, 'This is not a database. '.repeat(400)),
    ],
    ['newer', 'profile-newer', newerDatabase],
  ] as const)('on a %s profile says so, and leaves it as it is', async (_what, code, make) => {
    const profile = session.newFolder('profile')
    const file = join(profile, 'desk.db')
    make(file)
    chmodSync(file, 0o666)
    const before = readFileSync(file)
    const app = await start(profile)
    const page = app.windows()[0] ?? (await app.waitForEvent('window'))
    const answer = await page.evaluate(() => window.desk.app.snapshot())
    expect(answer).toMatchObject({ ok: false, error: { code } })
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('a fault of ours that nothing caught', () => {
  /** Lets main throw where nobody catches, and answers the question that follows. */
  async function crash(app: ElectronApplication, answer: number) {
    const end = ended(app)
    await inMain(
      app,
      ({ app: electron, dialog }, choice) => {
        // Both are seen on the way out: what comes after is another process, or none.
        dialog.showMessageBoxSync = (...given: unknown[]) => {
          process.stderr.write(`asked: ${JSON.stringify(given)}\n`)
          return choice
        }
        electron.relaunch = () => void process.stderr.write('starts again\n')
        setImmediate(() => {
          throw new Error('a fault for the test')
        })
      },
      answer,
    )
    return end
  }

  it.each([
    ['starts again', 0, true],
    ['ends the app', 1, false],
  ] as const)('is said and written down, and %s as is wanted', async (_what, answer, again) => {
    const profile = session.newFolder('profile')
    const app = await start(profile)
    await openWindow(app)
    let said = ''
    app.process().stderr?.on('data', piece => {
      said += piece
    })
    expect(await crash(app, answer)).toBe(1)
    expect(said).toContain(JSON.stringify(join(profile, 'logs')).slice(1, -1))
    expect(said.includes('starts again')).toBe(again)
    const log = readFileSync(join(profile, 'logs', 'extract-desk.log'), 'utf8')
    expect(log).toContain('uncaught-exception')
    expect(log).toContain('a fault for the test')
  })
})

describe('ending', () => {
  it('from the tray ends everything', async () => {
    const app = await start(session.newFolder('profile'))
    await openWindow(app)
    const end = ended(app)
    const tray = await session.tray()
    await tray.choose(await tray.waitForItem(), 'Quit')
    expect(await end).toBe(0)
  })

  it('by the system is in order too', async () => {
    const app = await start(session.newFolder('profile'))
    await openWindow(app)
    const end = ended(app)
    app.process().kill('SIGTERM')
    expect(await end).toBe(0)
  })
})

describe('a page that crashes', () => {
  it('is opened again', async () => {
    const app = await start(session.newFolder('profile'))
    await openWindow(app)
    const next = app.waitForEvent('window')
    await inMain(app, ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    const page = await next
    expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
    expect(await countWindows(app)).toBe(1)
  })
})
