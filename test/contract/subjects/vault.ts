import { remoteId } from '../../../main/core/ids.ts'
import type { Target } from '../../../main/core/systems/system.ts'
import type { Subject } from '../subject.ts'

/** Sessions of user and password; we keep the definitions, and the files of a run lie in a staging folder. */
export const vaultSubject: Subject = {
  name: 'vault',
  connection: ({ vault }) => ({
    system: 'vault',
    url: vault.url,
    auth: 'password',
    secrets: vault.signIn.password,
  }),
  wrong: ({ vault }) => ({ ...vault.signIn.password, password: 'wrong' }),
  async targets(_session, system, { vault }) {
    const kept = (name: string): Target => ({
      id: remoteId(name),
      name,
      request: system.readRequest(vault.requests[name]),
    })
    return [kept('Two documents'), kept('Latest changes')]
  },
  started: ({ vault }) => vault.started(),
  isSignIn: ({ method, path }) => method === 'POST' && path.endsWith('/auth'),
  isStart: ({ method, path }) => method === 'POST' && path.includes('/actions/fileextract'),
  unknownKey: { request: { kind: 'binder', binder: '454', attachments: 'all' }, field: 'attachments' },
  foreign: 'https://veevavault.com.evil.example',
}
