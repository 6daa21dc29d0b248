import type { ConnectionView } from '../../../preload/contract/types.ts'
import type { Connection } from './types.ts'

/** What the window and the command line are shown of a connection. */
export function connectionView(connection: Connection, secrets: ConnectionView['secrets']): ConnectionView {
  const { id, name, system, url, mark, auth, outputMaps, certificateSha256, signIn } = connection
  const { state, expiresAt, error } = signIn
  return {
    id,
    name,
    system,
    url,
    mark,
    auth,
    outputMaps,
    certificateSha256,
    secrets,
    signIn: { state, expiresAt, error },
  }
}
