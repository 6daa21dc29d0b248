import { checkFolder } from './folders.ts'
import type { Handlers } from './handlers.ts'

export const settings: Handlers<'settings'> = {
  change: async (services, patch) => {
    if (typeof patch.defaultFolder === 'string') await checkFolder(services, patch.defaultFolder)
    return services.desk.settings.change(patch)
  },
  proxySignIn: ({ desk }, username, password) => desk.proxyCredentials.save({ username, password }),
  chooseFolder: async ({ desk, native, picked }) => {
    const { defaultFolder } = await desk.settings.get()
    const folder = await native.chooseFolder(defaultFolder)
    if (folder !== null) picked.add(folder)
    return folder
  },
  showLogs: ({ native, logFolder }) => native.openFolder(logFolder),
}
