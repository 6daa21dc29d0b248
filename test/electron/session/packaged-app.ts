import { chmodSync, chownSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureAll, root } from '../../../build/ensure/ensure.mjs'
import { packageApp } from '../../../build/package.mjs'
import { packagedProgram } from '../../../build/packaged-program.mjs'
import { openDesktopSession } from '../../../build/session/desktop-session.mjs'

/** For the project `packaged`: one desktop session, and in it the app as it is installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await packageApp(await ensureAll('session on its own screen'))
  const session = await openDesktopSession()
  const { folder, program } = packagedProgram(root)
  const installed = join(session.description.folder, 'installed')
  cpSync(folder, installed, { recursive: true, verbatimSymlinks: true })
  if (session.account !== undefined) {
    // As the Debian package's own installation does.
    chownSync(join(installed, 'chrome-sandbox'), 0, 0)
    chmodSync(join(installed, 'chrome-sandbox'), 0o4755)
  }
  project.provide('desktop', session.description)
  project.provide('app', { program: join(installed, program) })
  return session.close
}
