import { app } from 'electron'

/** As in electron-builder.yml: the installer's shortcut carries it, and Windows shows no notification without it. */
const appId = 'com.extractdesk.app'

/** Tells Windows which program this is; the other systems know it by their own means. */
export function installIdentity(): void {
  if (process.platform === 'win32') app.setAppUserModelId(appId)
}
