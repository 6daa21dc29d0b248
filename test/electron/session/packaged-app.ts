import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { TestProject } from 'vitest/node'
import { DEB_FOLDER } from '../../../build/deb.mjs'
import { ensureAll, root } from '../../../build/ensure/ensure.mjs'
import { canMakeDeb, debFile, packageApp } from '../../../build/package.mjs'
import { packagedProgram } from '../../../build/packaged-program.mjs'
import { openDesktopSession } from '../../../build/session/desktop-session.mjs'
import { dpkg } from './dpkg.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The program as it is released, of the project `packaged`. */
    released: string
  }
}

/** Lays the app down as its installer does: the Debian package where Debian's own tools are here, else a copy. */
function install(app: string, folder: string): string {
  if (canMakeDeb()) {
    dpkg(folder, '--install', debFile)
    return join(folder, DEB_FOLDER)
  }
  cpSync(app, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}

/** For the project `packaged`: one desktop session, and in it the app as it is installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await packageApp(await ensureAll('session on its own screen'))
  const session = await openDesktopSession()
  const { folder, program, command } = packagedProgram(root)
  const installed = install(folder, join(session.description.folder, 'installed'))
  // What is tested differs from what is released in this alone: without it nobody could look into its main process.
  await flipFuses(join(installed, program), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  project.provide('desktop', session.description)
  project.provide('released', join(folder, program))
  project.provide('app', { program: join(installed, program) })
  project.provide('launcher', join(installed, command))
  return session.close
}
