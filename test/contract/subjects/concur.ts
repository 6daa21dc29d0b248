import type { Target } from '../../../main/core/systems/system.ts'
import type { Subject } from '../subject.ts'

/** Tokens of the token endpoint; the server keeps the definitions. */
export const concurSubject: Subject = {
  name: 'concur',
  connection: ({ concur }) => ({
    system: 'concur',
    url: concur.url,
    auth: 'password',
    secrets: concur.signIn.password,
  }),
  wrong: ({ concur }) => ({ ...concur.signIn.password, password: 'wrong' }),
  async targets(session, system) {
    const targets = (await system.definitions(session)).map((one): Target => ({ ...one, request: null }))
    const [first, second] = targets
    if (!first || !second) throw new Error('The practice system has definitions.')
    return [first, second]
  },
  started: ({ concur }) => concur.started(),
  isSignIn: ({ path }) => path === '/oauth2/v0/token',
  isStart: ({ method, path }) => method === 'POST' && path.endsWith('/job'),
  unknownKey: null,
  foreign: 'https://concursolutions.com.evil.example',
}
