import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { startApp } from '../session/desktop.ts'
import { openWindow } from '../shell/hands.ts'

export type OpenedApp = {
  readonly app: ElectronApplication
  /** The open window; waits for it where it is about to open. */
  page(): Promise<Page>
  /** What windows complained of so far: errors, warnings, and what their policy refused. */
  readonly complaints: readonly string[]
  snapshot(): Promise<Snapshot>
  /** As a power cut would, at once and without a word. */
  kill(): Promise<void>
  close(): Promise<void>
}

/**
 * The app on a profile, watched for whatever its windows complain of. Its home is its own, since what is practised
 * goes into a folder there, and tests share the session.
 */
export async function openApp(
  session: DesktopSession,
  profile: string,
  env: Record<string, string> = {},
): Promise<OpenedApp> {
  const app = await startApp(session, profile, { env: { HOME: session.newFolder('home'), ...env } })
  const complaints: string[] = []
  const listen = (page: Page): void => {
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.message))
  }
  for (const page of app.windows()) listen(page)
  app.on('window', listen)
  const page = () => openWindow(app)
  return {
    app,
    page,
    complaints,
    async snapshot() {
      const answer = await (await page()).evaluate(() => window.desk.app.snapshot())
      if (!answer.ok) throw new Error(answer.error.code)
      return answer.value
    },
    async kill() {
      const closed = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await closed
    },
    close: () => app.close(),
  }
}

/** Faults that the app wrote into its log: what nobody expected. */
export function faultsOf(profile: string): readonly unknown[] {
  const logs = join(profile, 'logs')
  if (!existsSync(logs)) return []
  return readdirSync(logs)
    .flatMap(name => readFileSync(join(logs, name), 'utf8').split('\n'))
    .filter(line => line !== '')
    .map((line): { level: string } => JSON.parse(line))
    .filter(({ level }) => level === 'error')
}
