import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import type { HttpAnswer, HttpRequest } from '../../../main/core/ports.ts'
import { canonicalJson } from '../../../main/core/receipts/chain.ts'
import { joined, witnessed } from '../../../main/core/receipts/exchanges.ts'
import type { Session } from '../../../main/core/systems/system.ts'
import { seconds } from '../../../main/core/time.ts'
import { fakeSession } from '../../fakes/jobs-world.ts'

const times = { answerWithin: seconds(1), stallAfter: seconds(1) }
const get: HttpRequest = {
  method: 'GET',
  url: 'https://acme.example/extract/7/file?part=1',
  headers: { Accept: '*/*', 'concur-correlationid': 'desk-1' },
  ...times,
}
const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** A session whose server answers with these, one after the other. */
function sessionOf(
  patch: Partial<Session>,
  ...answers: readonly (Partial<HttpAnswer> | AppError)[]
): Session {
  const left = [...answers]
  async function* body() {}
  return {
    ...fakeSession,
    ...patch,
    http: {
      async send() {
        const next = left.shift() ?? {}
        if (next instanceof AppError) throw next
        return { status: 200, headers: {}, body: body(), ...next }
      },
    },
  }
}

async function proofOf(request: HttpRequest, patch: Partial<Session> = {}, answer: Partial<HttpAnswer> = {}) {
  const asked = witnessed(sessionOf(patch, answer))
  await asked.session.http.send(request)
  const [proof] = asked.proofs().recorded
  if (!proof) throw new Error('Nothing was recorded')
  return proof
}

describe('what is recorded of a request', () => {
  it('can be made again by whoever has the request and the head of its answer', async () => {
    const headers = { 'content-type': 'application/zip', etag: '"v1"' }
    const proof = await proofOf(get, {}, { status: 206, headers })
    expect(proof).toEqual({
      method: 'GET',
      requestSha256: sha256({
        method: 'GET',
        url: get.url,
        headers: { accept: '*/*', 'concur-correlationid': 'desk-1' },
        body: null,
      }),
      requestHeaders: ['accept', 'concur-correlationid'],
      answer: { status: 206, sha256: sha256({ status: 206, headers }), headers: ['content-type', 'etag'] },
    })
  })

  it.each([
    ['another method', { method: 'POST' }],
    ['another address', { url: 'https://acme.example/extract/8/file?part=1' }],
    ['another header', { headers: { ...get.headers, range: 'bytes=5-' } }],
    ['another body', { body: '<run/>' }],
  ] as const)('is another digest for %s', async (_, patch) => {
    const { requestSha256 } = await proofOf({ ...get, ...patch })
    expect(requestSha256).not.toBe((await proofOf(get)).requestSha256)
  })

  it('is another digest for another status or header of the answer', async () => {
    const answers = [{}, { status: 206 }, { headers: { etag: '"v2"' } }]
    const proofs = await Promise.all(answers.map(answer => proofOf(get, {}, answer)))
    expect(new Set(proofs.map(({ answer }) => answer?.sha256)).size).toBe(3)
  })

  it('has nothing of what is secret: not a digest, not a length', async () => {
    const session = (id: string): Partial<Session> => ({
      headers: { 'X-Vault-Session': `s-${id}` },
      own: { sessionId: `id-${id}` },
    })
    const request = (id: string): HttpRequest => ({
      ...get,
      url: `https://${id}@acme.example/icws/id-${id}/x?X-Amz-Signature=${id}&part=1`,
      headers: {
        ...get.headers,
        Authorization: `Bearer ${id}`,
        'Proxy-Authorization': id,
        Cookie: `a=${id}`,
        'ININ-ICWS-CSRF-Token': id,
        'x-vault-session': `s-${id}`,
      },
    })
    const answer = (id: string): Partial<HttpAnswer> => ({
      headers: {
        'set-cookie': id,
        'www-authenticate': `Negotiate ${id}`,
        location: `https://files.example/y?token=${id}`,
        etag: '"v1"',
      },
    })
    const [one, other] = await Promise.all(
      ['first', 'a-longer-second'].map(id => proofOf(request(id), session(id), answer(id))),
    )
    expect(one).toEqual(other)
    expect(one?.requestHeaders).toEqual(['accept', 'concur-correlationid'])
    expect(one?.answer?.headers).toEqual(['etag', 'location'])
    expect(JSON.stringify(one)).not.toContain('first')
  })

  it('says so where no answer came, and throws what was thrown', async () => {
    const asked = witnessed(sessionOf({}, new AppError('connection-cut'), {}))
    await expect(asked.session.http.send(get)).rejects.toThrow('connection-cut')
    await asked.session.http.send(get)
    expect(asked.proofs().recorded.map(({ answer }) => answer?.status ?? null)).toEqual([null, 200])
  })

  it('is bounded, and the rest is counted', async () => {
    const asked = witnessed(sessionOf({}))
    for (let n = 0; n < 130; n += 1) await asked.session.http.send(get)
    const proofs = asked.proofs()
    expect([proofs.recorded.length, proofs.more]).toEqual([100, 30])
    const both = joined(proofs, proofs)
    expect([both?.recorded.length, both?.more]).toEqual([100, 160])
  })

  it('is not called recorded where its beginning was not', async () => {
    const asked = witnessed(sessionOf({}))
    await asked.session.http.send(get)
    expect(joined(undefined, asked.proofs())).toBeUndefined()
  })
})
