import { remoteId } from '../../../../main/core/ids.ts'
import { createRedactor } from '../../../../main/core/policy/redact.ts'
import type { Http } from '../../../../main/core/ports.ts'
import type { Session, SignInTarget, System, Target } from '../../../../main/core/systems/system.ts'
import { createVault } from '../../../../main/core/systems/vault/adapter.ts'
import { countingIds } from '../../../fakes/counting-ids.ts'
import { fakeClock } from '../../../fakes/fake-clock.ts'
import { type Scripted, scriptedHttp } from '../../../fakes/scripted-http.ts'

export const origin = 'https://acme-quality.veevavault.com'
export const executionId = 'b1946ac9-2491-4f3d-a3a6-d3b0c1e2f4a5'

export function vault(): System {
  const { text, value } = createRedactor()
  return createVault({
    clock: fakeClock(),
    ids: countingIds(),
    mask: text,
    maskValue: value,
    keepAnswer: () => {},
  })
}

export type Turn = readonly [what: string, every: number]

/** A session whose turns are noted, and given at once. */
export const session = (
  http: Http,
  own: Readonly<Record<string, string>> = {},
  turns: Turn[] = [],
): Session => ({
  http,
  origin,
  trust: { origins: [origin], practice: false },
  headers: { authorization: 'SESSION' },
  own: { version: 'v26.2', auth: 'password', userId: '4711', vaultId: '9001', stagingRoot: 'whole', ...own },
  outputMaps: [],
  turn: async (what, every) => {
    turns.push([what, every])
  },
})

export const place = (more: Partial<SignInTarget> = {}): SignInTarget => ({
  url: origin,
  knownOrigin: null,
  auth: 'password',
  practice: false,
  ...more,
})

export const secrets = { username: 'avery@acme.example', password: 'a password' }
export const ofNone: Target = { id: remoteId('*'), name: '', request: null }
export const kept = (request: Readonly<Record<string, unknown>>): Target => ({
  id: remoteId('definition-1'),
  name: 'Definition',
  request,
})

/** An answer of Vault's: status 200, whatever it says. */
export const said = (
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Scripted => ({
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'x-vaultapi-executionid': executionId,
    ...headers,
  },
  body: JSON.stringify(body),
})
export const ok = (
  body: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
) => said({ responseStatus: 'SUCCESS', ...body }, headers)
export const failed = (type: string, message = 'as the vault says it'): Scripted =>
  said({ responseStatus: 'FAILURE', errors: [{ type, message }] })

/** Answers by the path that is asked for; fails on any other. */
export const byPath = (answers: Readonly<Record<string, Scripted>>) =>
  scriptedHttp(({ method, url }) => {
    const { pathname, search } = new URL(url)
    const answer = answers[`${method} ${pathname}${search}`] ?? answers[`${method} ${pathname}`]
    if (!answer) throw new Error(`Unexpected: ${method} ${pathname}${search}`)
    return answer
  })
