import { crc32, inflateRawSync } from 'node:zlib'
import AdmZip from 'adm-zip'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ScenarioName, scenarioNames, scenarios } from '../../../main/practice/index.ts'
import { API, type Bench, elements, field, form, openBench, records, signIn } from './support.ts'

const LARGE = 3_000_000

let bench: Bench
let authorization: string
let definition: string

beforeEach(async () => {
  bench = await openBench({ largeBytes: LARGE })
  authorization = await bench.token()
  definition = bench.definition('Standard Accounting Extract')
})

afterEach(() => bench.practice.close())

const get = (path: string) => bench.call(path, { authorization })
const post = () => bench.call(`${API}/${definition}/job`, { method: 'POST', authorization })
const statusOf = async (path: string) => field((await get(`${path}/status`)).text, 'status')

/** A run that has ended, under this scenario. */
async function finished(scenario: ScenarioName, name = 'Standard Accounting Extract'): Promise<string> {
  bench.practice.scenario(scenario)
  const path = await bench.start(bench.definition(name), authorization)
  bench.wait(5_500)
  return path
}

it('every scenario says what it does', () => {
  expect(scenarioNames).toHaveLength(20)
  for (const name of scenarioNames) expect(scenarios[name].about).not.toBe('')
  expect(new Set(scenarioNames.map(name => scenarios[name].about)).size).toBe(scenarioNames.length)
})

describe('the life of a job', () => {
  it('slow: queued for 30 s, running for 5 min', async () => {
    bench.practice.scenario('slow')
    const path = await bench.start(definition, authorization)
    bench.wait(29_999)
    expect(await statusOf(path)).toBe('Queued')
    bench.wait(1)
    expect(await statusOf(path)).toBe('Running')
    bench.wait(299_999)
    expect(await statusOf(path)).toBe('Running')
    bench.wait(1)
    expect(await statusOf(path)).toBe('Completed')
  })

  it('is shorter by the speed', async () => {
    const fast = await openBench({ speed: 100, scenario: 'slow' })
    const token = await fast.token()
    const path = await fast.start(fast.definition('Asian Extract'), token)
    fast.wait(3_300)
    const status = await fast.call(`${path}/status`, { authorization: token })
    expect(field(status.text, 'status')).toBe('Completed')
    await fast.practice.close()
  })

  it('failing-job: ends as Failed in every view, without a file', async () => {
    const path = await finished('failing-job')
    const details = (await get(path)).text
    expect(await statusOf(path)).toBe('Failed')
    expect(field(details, 'status')).toBe('Failed')
    expect(field(details, 'stop-time')).toBeDefined()
    expect(field(details, 'file-link')).toBeUndefined()
    expect((await get(`${path}/file`)).status).toBe(404)
  })

  it('unknown-status: says something nobody documented, is still under way, then completes', async () => {
    const path = await finished('unknown-status')
    expect(await statusOf(path)).toBe('Transforming')
    expect(field((await get(path)).text, 'stop-time')).toBeUndefined()
    expect((await post()).status).toBe(409)
    bench.wait(600_000)
    expect(await statusOf(path)).toBe('Completed')
  })

  it('missing-file-link: completed, and no link while the scenario lasts', async () => {
    const path = await finished('missing-file-link')
    expect(await statusOf(path)).toBe('Completed')
    expect(field((await get(path)).text, 'file-link')).toBeUndefined()
    expect((await get(`${API}/${definition}/job`)).text).not.toContain('file-link')
    expect((await get(`${path}/file`)).status).toBe(404)
    bench.practice.scenario('normal')
    expect(field((await get(path)).text, 'file-link')).toBeDefined()
  })
})

describe('the start of a run', () => {
  it('lost-post-answer: the connection is cut, the run is there', async () => {
    bench.practice.scenario('lost-post-answer')
    await expect(post()).rejects.toThrow()
    expect(bench.practice.concur.started(definition)).toBe(1)
    expect(field((await get(`${API}/${definition}/job`)).text, 'status')).toBe('Queued')
    // A second POST is told so, as a client that repeats by itself has to see.
    expect((await post()).status).toBe(409)
    expect(bench.practice.concur.started(definition)).toBe(1)
  })

  it('lost-post-nothing: the connection is cut, and nothing was started', async () => {
    const before = (await get(`${API}/${definition}/job`)).text
    bench.practice.scenario('lost-post-nothing')
    await expect(post()).rejects.toThrow()
    expect(bench.practice.concur.started()).toBe(0)
    expect((await get(`${API}/${definition}/job`)).text).toBe(before)
    const dropped = bench.practice.requests.filter(request => request.outcome === 'dropped')
    expect(dropped.map(request => [request.method, request.status])).toEqual([['POST', null]])
  })

  it('busy: 409, though nothing is under way', async () => {
    bench.practice.scenario('busy')
    expect((await post()).status).toBe(409)
    expect(bench.practice.concur.started()).toBe(0)
    expect(elements((await get(`${API}/${definition}/job`)).text, 'status')).not.toContain('Queued')
  })
})

describe('the host', () => {
  it('maintenance: 503 with HTML for everything', async () => {
    bench.practice.scenario('maintenance')
    for (const answer of [await get(API), await signIn(bench, form(bench, 'password')), await post()]) {
      expect(answer.status).toBe(503)
      expect(answer.headers.get('content-type')).toContain('text/html')
    }
    expect(bench.practice.concur.started()).toBe(0)
  })

  it('no-answer: takes a request and never answers; close() ends it', async () => {
    bench.practice.scenario('no-answer')
    const unanswered = get(`${API}/silent`)
    const outcome = unanswered.catch(() => 'cut')
    const seen = await bench.practice.waitFor(request => request.path.endsWith('/silent'))
    expect(seen.outcome).toBe('pending')
    await bench.practice.close()
    expect(await outcome).toBe('cut')
  })

  it('rate-limited: 429 with retry-after 0, then 400, then the answer, and only that one counts', async () => {
    bench.practice.scenario('rate-limited')
    const answers = [await post(), await post(), await post()]
    expect(answers.map(answer => answer.status)).toEqual([429, 400, 201])
    expect(answers[0]?.headers.get('retry-after')).toBe('0')
    expect(JSON.parse(answers[0]?.text ?? '').error.id).toBe('security.rate.limit.reached')
    expect(answers[1]?.text).toContain('Request limit exceeded')
    expect(bench.practice.concur.started()).toBe(1)
    expect((await get(API)).status).toBe(429)
  })
})

describe('sign-in', () => {
  it('refused: all kinds of sign-in and all access tokens', async () => {
    bench.practice.scenario('refused')
    const codes = await Promise.all(
      (['refresh-token', 'company-request-token', 'password', 'client-credentials'] as const).map(
        async auth => JSON.parse((await signIn(bench, form(bench, auth))).text).code,
      ),
    )
    expect(codes).toEqual([108, 5, 5, 64])
    expect((await get(API)).status).toBe(403)
    const { accessToken } = bench.practice.concur.signIn['access-token']
    expect((await bench.call(API, { authorization: `OAuth ${accessToken}` })).status).toBe(403)
  })

  it('expired-token: a token is good for three requests, a new sign-in for three more', async () => {
    bench.practice.scenario('expired-token')
    const statuses = async () => [
      (await get(API)).status,
      (await get(API)).status,
      (await get(API)).status,
      (await get(API)).status,
    ]
    expect(await statuses()).toEqual([200, 200, 200, 403])
    expect((await post()).status).toBe(403)
    expect(bench.practice.concur.started()).toBe(0)
    authorization = await bench.token()
    expect(await statuses()).toEqual([200, 200, 200, 403])
  })

  it('rotating-refresh-token: the old one ends when the new one is first used', async () => {
    bench.practice.scenario('rotating-refresh-token')
    const fields = form(bench, 'refresh-token')
    const refresh = async (token: string | undefined) =>
      JSON.parse((await signIn(bench, { ...fields, refresh_token: token ?? '' })).text)
    const first = await refresh(fields.refresh_token)
    expect(first.refresh_token).not.toBe(fields.refresh_token)
    // The answer above could have been lost: the old one still works, and its heir is good as well.
    const second = await refresh(fields.refresh_token)
    const third = await refresh(second.refresh_token)
    expect(third.access_token).toBeDefined()
    expect((await refresh(fields.refresh_token)).code).toBe(108)
    expect((await refresh(first.refresh_token)).access_token).toBeDefined()
  })

  it('elsewhere a refresh token stays the same', async () => {
    const fields = form(bench, 'refresh-token')
    const answer = JSON.parse((await signIn(bench, fields)).text)
    expect(answer.refresh_token).toBe(fields.refresh_token)
  })
})

describe('the file', () => {
  it('damaged-zip: an entry inflates to its full length, but its CRC is wrong', async () => {
    const path = await finished('damaged-zip')
    const { bytes } = await get(`${path}/file`)
    const entry = new AdmZip(bytes).getEntries()[0]
    if (entry === undefined) throw new Error('The archive is empty.')
    expect(entry.entryName).toContain('CES_SAE')
    expect(() => entry.getData()).toThrow(/CRC/)
    const data = inflateRawSync(entry.getCompressedData())
    expect(data.length).toBe(entry.header.size)
    expect(crc32(data)).not.toBe(entry.header.crc)

    bench.practice.scenario('normal')
    const whole = (await get(`${path}/file`)).bytes
    expect(whole.length).toBe(bytes.length)
    const flipped = [...whole.entries()].filter(([index, byte]) => byte !== bytes[index])
    expect(flipped).toHaveLength(1)
    const [index = 0, byte = 0] = flipped[0] ?? []
    expect(Math.log2(byte ^ (bytes[index] ?? 0)) % 1).toBe(0)
  })

  it('damaged-zip: a single file is served whole', async () => {
    const path = await finished('damaged-zip', 'Card Transactions')
    const { bytes } = await get(`${path}/file`)
    bench.practice.scenario('normal')
    expect((await get(`${path}/file`)).bytes.equals(bytes)).toBe(true)
  })

  it.each(['Standard Accounting Extract', 'Card Transactions'])(
    'truncated-download: %s promises its length and is cut in the middle',
    async name => {
      const path = await finished('truncated-download', name)
      const answer = await fetch(`${bench.practice.concur.url}${path}/file`, { headers: { authorization } })
      expect(answer.status).toBe(200)
      const promised = Number(answer.headers.get('content-length'))
      let received = 0
      const drain = async () => {
        for await (const part of answer.body ?? []) received += part.length
      }
      await expect(drain()).rejects.toThrow()
      expect(received).toBe(Math.floor(promised / 2))
      bench.practice.scenario('normal')
      expect((await get(`${path}/file`)).bytes.length).toBe(promised)
    },
  )

  it('html-instead-of-file: 200 with a login page', async () => {
    const path = await finished('html-instead-of-file')
    const answer = await get(`${path}/file`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.text).toMatch(/^<!DOCTYPE html>/)
  })

  it('json-error-with-200', async () => {
    const path = await finished('json-error-with-200')
    const answer = await get(`${path}/file`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(JSON.parse(answer.text).Error.Message).toBe('The file could not be read')
  })

  it('empty-extract: header lines alone, count 0', async () => {
    const zip = await finished('empty-extract')
    for (const entry of new AdmZip((await get(`${zip}/file`)).bytes).getEntries()) {
      expect(entry.getData().toString('utf8')).toMatch(/^EXTRACT\|\d{4}-\d\d-\d\d\|0\|0\.0000\|\d+\n$/)
    }
    const cards = await finished('empty-extract', 'Card Transactions')
    expect(records((await get(`${cards}/file`)).text.replaceAll('\r\n', '\n'), ',')).toHaveLength(1)
    // What a run found does not change with the scenario.
    bench.practice.scenario('normal')
    expect((await get(`${cards}/file`)).bytes.length).toBeLessThan(200)
  })

  it('very-large: a zip streamed in chunks, its main file about as large as asked for and exact', async () => {
    const path = await finished('very-large')
    const answer = await get(`${path}/file`)
    expect(answer.headers.get('content-length')).toBeNull()
    expect(answer.headers.get('transfer-encoding')).toBe('chunked')
    const entries = new AdmZip(answer.bytes).getEntries()
    expect(entries).toHaveLength(3)
    const text = entries[0]?.getData().toString('utf8') ?? ''
    expect(text.length).toBeGreaterThan(LARGE * 0.8)
    expect(text.length).toBeLessThan(LARGE * 1.25)
    const lines = records(text.slice(text.indexOf('\n') + 1), '|')
    expect(text.split('|')[2]).toBe(String(lines.length))
    expect(lines.every(line => line.length === 400)).toBe(true)
    expect(entries.slice(1).every(entry => entry.getData().length < 100_000)).toBe(true)
  })

  it('very-large: a single file as well, cut when downloads are cut', async () => {
    const path = await finished('very-large', 'Card Transactions')
    const answer = await get(`${path}/file`)
    expect(answer.bytes.length).toBeGreaterThan(LARGE * 0.8)
    expect(answer.bytes.length).toBeLessThan(LARGE * 1.25)
    bench.practice.scenario('truncated-download')
    await expect(get(`${path}/file`)).rejects.toThrow()
  })
})
