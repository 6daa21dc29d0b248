import { connectionId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const connections: Handlers<'connections'> = {
  add: ({ desk }, input) => desk.connections.add(input),
  test: ({ desk }, id) => desk.connections.test(connectionId(id)),
  signIn: ({ desk }, id, secrets, keep) => desk.connections.signIn(connectionId(id), secrets, keep),
  remove: ({ desk }, id) => desk.connections.remove(connectionId(id)),
  practise: ({ practice }) => practice.connect(),
}
