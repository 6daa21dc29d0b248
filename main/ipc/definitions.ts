import { connectionId, definitionId } from '../core/ids.ts'
import { checkFolder } from './folders.ts'
import type { Handlers } from './handlers.ts'

export const definitions: Handlers<'definitions'> = {
  refresh: ({ desk }, id) => desk.definitions.refresh(connectionId(id)),
  jobs: ({ desk }, id) => desk.definitions.jobs(definitionId(id)),
  saveDestination: async (services, id, destination) => {
    await checkFolder(services, destination.folder)
    return services.desk.definitions.saveDestination(definitionId(id), destination)
  },
  watch: ({ desk }, id, on) => desk.definitions.watch(definitionId(id), on),
  // A preview says whether a folder is there, so it is for known folders too.
  previewNames: async (services, destination, id) => {
    await checkFolder(services, destination.folder)
    return services.desk.deliveries.previewNames(destination, definitionId(id))
  },
}
