import { expect, test } from 'vitest'
import { createRefusedSecrets } from '../../../main/core/connections/refused-secrets.ts'
import { sessionOf, signInWith } from '../../../main/core/connections/signing-in.ts'
import type { Http } from '../../../main/core/ports.ts'
import type { SignedIn, System } from '../../../main/core/systems/system.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { scriptedHttp } from '../../fakes/scripted-http.ts'
import { json } from '../systems/icws/fixture.ts'
import { acme, typed, url } from './fixture.ts'

const pin = 'ab'.repeat(32)
const request = { method: 'GET', url: `${url}/x`, headers: {}, answerWithin: 1, stallAfter: 1 } as const

/** Signs in by one request, and makes another one with the session. */
async function sentBy(certificateSha256: string | null) {
  const http = scriptedHttp(() => json({}))
  const system: Pick<System, 'signIn' | 'trust'> = {
    async signIn(given: Http): Promise<SignedIn> {
      await given.send(request)
      return { headers: {}, own: {}, sessionExpiresAt: null, origin: url, keep: null, secretsExpireAt: null }
    },
    trust: (_target, origin) => ({ origins: [origin], practice: false }),
  }
  const parts = {
    http,
    systems: { of: () => system as System },
    refused: createRefusedSecrets(fakeClock()),
    turns: () => async () => {},
  }
  const connection = { ...acme, certificateSha256 }
  const signedIn = await signInWith(parts, connection, typed)
  await sessionOf(parts, connection, signedIn).session.http.send(request)
  return http.requests
}

test('[icws:2.1.self-signed] a pinned certificate goes with the sign-in and every call of its connection', async () => {
  expect((await sentBy(pin)).map(one => one.certificateSha256)).toEqual([pin, pin])
})

test('no other connection knows of it', async () => {
  for (const sent of await sentBy(null)) expect(sent).not.toHaveProperty('certificateSha256')
})
