import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundle } from '../../../build/bundle.mjs'
import { ensureAll } from '../../../build/ensure/ensure.mjs'
import { say } from '../../../build/ensure/stop.mjs'
import { openDesktopSession } from '../../../build/session/desktop-session.mjs'
import { stageApp } from '../../../build/stage.mjs'

/** For the project `electron`: one desktop session, and in it the app of this checkout. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runtime = await ensureAll('session on its own screen')
  await bundle(say)
  const session = await openDesktopSession()
  const folder = join(session.description.folder, 'app')
  stageApp(folder)
  project.provide('desktop', session.description)
  project.provide('app', { program: runtime.program, folder })
  return session.close
}
