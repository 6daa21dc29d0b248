import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * electron-builder leaves Electron's own default app in, when it is given a folder to package from.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
