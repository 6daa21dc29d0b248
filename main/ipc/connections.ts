import type { OutputMap } from '../../preload/contract/types.ts'
import { connectionId } from '../core/ids.ts'
import { checkFolder } from './folders.ts'
import type { Handlers } from './handlers.ts'
import type { Services } from './services.ts'

export const connections: Handlers<'connections'> = {
  add: async (services, input) => {
    await checkLocal(services, input.outputMaps ?? [])
    return services.desk.connections.add(input)
  },
  test: ({ desk }, id) => desk.connections.test(connectionId(id)),
  signIn: ({ desk }, id, secrets, keep) => desk.connections.signIn(connectionId(id), secrets, keep),
  remove: ({ desk }, id) => desk.connections.remove(connectionId(id)),
  mapFolders: async (services, id, maps) => {
    await checkLocal(services, maps)
    return services.desk.connections.mapFolders(connectionId(id), maps)
  },
  pin: ({ desk }, id, certificate) => desk.connections.pin(connectionId(id), certificate),
  practise: ({ practice }) => practice.connect(),
}

/** What lies in these folders is delivered: the page cannot name one that the user did not pick. */
async function checkLocal(services: Services, maps: readonly OutputMap[]): Promise<void> {
  for (const { local } of maps) await checkFolder(services, local)
}
