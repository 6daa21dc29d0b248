import { remoteId } from '../../../main/core/ids.ts'
import type { Target } from '../../../main/core/systems/system.ts'
import type { Subject } from '../subject.ts'

/** Sessions of user and password; we keep the definitions, and files lie in folders. */
export const icwsSubject: Subject = {
  name: 'icws',
  connection: ({ icws }) => ({
    system: 'icws',
    url: icws.url,
    auth: 'password',
    secrets: icws.signIn.password,
    outputMaps: icws.outputMaps,
  }),
  wrong: ({ icws }) => ({ ...icws.signIn.password, password: 'wrong' }),
  async targets(_session, system, { icws }) {
    const [first, second] = icws.samples.map(
      ({ name, request }, index): Target => ({
        id: remoteId(`kept-${index}`),
        name,
        request: system.readRequest(request),
      }),
    )
    if (!first || !second) throw new Error('The practice system has samples.')
    return [first, second]
  },
  started: ({ icws }) => icws.started(),
  isSignIn: ({ method, path }) => method === 'POST' && path.startsWith('/icws/connection'),
  isStart: ({ method, path }) => method === 'POST' && path.endsWith('/data-extractor/jobs'),
  unknownKey: {
    request: { name: 'n', tables: { tableList: [{ name: 't', columns: [{ name: 'c' }] }] } },
    field: 'tables.tableList[0].column',
  },
  foreign: 'https://evil.example:1',
}
