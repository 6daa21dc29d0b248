import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundle } from '../../../build/bundle.mjs'
import { ensureAll } from '../../../build/ensure/ensure.mjs'
import { say } from '../../../build/ensure/stop.mjs'
import { openDesktopSession } from '../../../build/session/desktop-session.mjs'
import { stageApp } from '../../../build/stage.mjs'
import { filesWithTyped } from './typed-secrets.ts'

/**
 * For the project `electron`: one desktop session, and in it the app of this checkout. What the tests typed may stand
 * nowhere when all of them have ended, whichever of them it was.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runtime = await ensureAll('session on its own screen')
  await bundle(say)
  const session = await openDesktopSession()
  const folder = join(session.description.folder, 'app')
  stageApp(folder)
  project.provide('desktop', session.description)
  project.provide('app', { program: runtime.program, folder })
  return async () => {
    const found = filesWithTyped(session.description.folder)
    // Vitest only prints what a teardown throws.
    if (found.length > 0) process.exitCode = 1
    await session.close()
    if (found.length > 0) throw new Error(`A secret that a test typed stands in ${found.join(', ')}`)
  }
}
