import { requestFile } from '../core/definitions/request-file.ts'
import { connectionId, definitionId } from '../core/ids.ts'
import { checkFolder } from './folders.ts'
import type { Handlers } from './handlers.ts'

export const definitions: Handlers<'definitions'> = {
  refresh: ({ desk }, id) => desk.definitions.refresh(connectionId(id)),
  jobs: ({ desk }, id) => desk.definitions.jobs(definitionId(id)),
  add: ({ desk }, id, definition) => desk.definitions.add(connectionId(id), definition),
  change: ({ desk }, id, definition) => desk.definitions.change(definitionId(id), definition),
  remove: ({ desk }, id) => desk.definitions.remove(definitionId(id)),
  restore: ({ desk }, id) => desk.definitions.restore(definitionId(id)),
  favourite: ({ desk }, id, on) => desk.definitions.favourite(definitionId(id), on),
  chooseFile: async ({ native }) => {
    const file = await native.readJson()
    return file && requestFile(file)
  },
  saveDestination: async (services, id, destination) => {
    await checkFolder(services, destination.folder)
    return services.desk.definitions.saveDestination(definitionId(id), destination)
  },
  watch: ({ desk }, id, on) => desk.definitions.watch(definitionId(id), on),
  // Both say whether a folder is there, so they are for known folders too.
  dryRun: async (services, destination, id) => {
    await checkFolder(services, destination.folder)
    return services.desk.dryRuns.dryRun(destination, definitionId(id))
  },
  tryFolder: async (services, folder, id) => {
    await checkFolder(services, folder)
    return services.desk.dryRuns.tryFolder(folder, definitionId(id))
  },
}
