import { chmodSync, chownSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { TestProject } from 'vitest/node'
import { ensureAll, root } from '../../../build/ensure/ensure.mjs'
import { packageApp } from '../../../build/package.mjs'
import { packagedProgram } from '../../../build/packaged-program.mjs'
import { openDesktopSession } from '../../../build/session/desktop-session.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The program as it is released, of the project `packaged`. */
    released: string
  }
}

/** For the project `packaged`: one desktop session, and in it the app as it is installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await packageApp(await ensureAll('session on its own screen'))
  const session = await openDesktopSession()
  const { folder, program, command } = packagedProgram(root)
  const installed = join(session.description.folder, 'installed')
  cpSync(folder, installed, { recursive: true, verbatimSymlinks: true })
  // What is tested differs from what is released in this alone: without it nobody could look into its main process.
  await flipFuses(join(installed, program), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  if (session.account !== undefined) {
    // As the Debian package's own installation does.
    chownSync(join(installed, 'chrome-sandbox'), 0, 0)
    chmodSync(join(installed, 'chrome-sandbox'), 0o4755)
  }
  project.provide('desktop', session.description)
  project.provide('released', join(folder, program))
  project.provide('app', { program: join(installed, program) })
  project.provide('launcher', join(installed, command))
  return session.close
}
