import type { ElectronApplication } from 'playwright-core'
import { inject } from 'vitest'
import { attachDesktopSession, type DesktopSession } from '../../../build/session/attached-session.mjs'
import type { SessionDescription } from '../../../build/session/desktop-session.mjs'
import { type AppUnderTest, launchApp } from '../../../build/session/launch-app.mjs'
import { watchPolicy } from './policy-watch.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    desktop: SessionDescription
    app: AppUnderTest
    /** The command line's launcher, of the packaged app alone. */
    launcher: string
  }
}

/** The desktop session that the tests of this project share. */
export function desktop(): DesktopSession {
  return attachDesktopSession(inject('desktop'))
}

/**
 * Starts the app under test in that session, on a profile of the session (`session.newFolder`),
 * with Chromium's sandbox on. Whoever starts it closes it.
 */
export async function startApp(
  session: DesktopSession,
  profile: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): Promise<ElectronApplication> {
  const app = await launchApp({ session, app: inject('app'), profile, ...options })
  watchPolicy(app)
  return app
}
