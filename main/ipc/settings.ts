import { AppError } from '../core/errors.ts'
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
  exportFile: async ({ desk, native }) => {
    const text = `${JSON.stringify(await desk.settingsFiles.export(), null, 2)}\n`
    return native.saveFile('extract-desk-settings.json', async () => Buffer.from(text))
  },
  chooseImport: async ({ desk, native, imports }) => {
    imports.chosen = null
    const read = await native.readJson()
    if (read === null) return null
    const plan = { file: read.path, ...(await desk.settingsFiles.plan(read.value)) }
    imports.chosen = { plan, value: read.value }
    return plan
  },
  importChosen: async ({ desk, imports }) => {
    const { chosen } = imports
    if (chosen === null) throw new AppError('not-found', { facts: { what: 'file' } })
    imports.chosen = null
    const { before } = await desk.settingsFiles.import(chosen.value)
    return { ...chosen.plan, before }
  },
  showLogs: ({ native, logFolder }) => native.openFolder(logFolder),
}
