import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, client } from '../../../main/practice/concur/accounts.ts'
import { startPractice } from '../../../main/practice/index.ts'
import { API, type Bench, elements, field, form, openBench, START, signIn } from './support.ts'

let dir: string
const open: Bench[] = []

const bench = async (options: Parameters<typeof openBench>[0] = {}) => {
  const opened = await openBench(options)
  open.push(opened)
  return opened
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'practice-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map(one => one.practice.close()))
  rmSync(dir, { recursive: true })
})

describe('the saved state', () => {
  it('carries jobs, their addresses, tokens and ports over a restart', async () => {
    const before = await bench({ stateDir: dir })
    const token = await before.token()
    const definition = before.definition('European Extract')
    const path = await before.start(definition, token)
    const password = JSON.parse((await signIn(before, form(before, 'password'))).text)
    before.wait(2_000)
    await before.practice.close()

    const after = await bench({ stateDir: dir })
    after.clock.ms = before.clock.ms
    expect(after.practice.concur.url).toBe(before.practice.concur.url)
    expect(after.practice.concur.elsewhere.url).toBe(before.practice.concur.elsewhere.url)
    expect(after.practice.concur.started(definition)).toBe(1)
    expect((await signIn(after, form(after, 'refresh-token'))).status).toBe(200)
    const status = await after.call(`${path}/status`, { authorization: token })
    expect(field(status.text, 'status')).toBe('Running')
    const refresh = { ...form(after, 'refresh-token'), refresh_token: password.refresh_token }
    expect((await signIn(after, refresh)).status).toBe(200)
    after.wait(3_500)
    expect((await after.call(`${path}/file`, { authorization: token })).status).toBe(200)
  })

  it('is on disk before the answer leaves, in one file that is never half written', async () => {
    const one = await bench({ stateDir: dir, scenario: 'lost-post-answer' })
    const token = await one.token()
    const path = `${API}/${one.definition('Cash Advances')}/job`
    await expect(one.call(path, { method: 'POST', authorization: token })).rejects.toThrow()
    expect(readdirSync(dir).filter(name => name.startsWith('concur'))).toEqual(['concur-1.json'])
    const saved = JSON.parse(readFileSync(join(dir, 'concur-1.json'), 'utf8'))
    expect(saved.jobs.filter((job: { started: boolean }) => job.started)).toHaveLength(1)
  })

  it('lets nobody sign in who reads it, and is for its owner alone', async () => {
    const one = await bench({ stateDir: dir, scenario: 'rotating-refresh-token' })
    const first = JSON.parse((await signIn(one, form(one, 'password'))).text)
    const rotated = { ...form(one, 'refresh-token'), refresh_token: first.refresh_token }
    const second = JSON.parse((await signIn(one, rotated)).text)
    await one.start(one.definition('Cash Advances'), `Bearer ${second.access_token}`)

    const file = join(dir, 'concur-1.json')
    const saved = readFileSync(file, 'utf8')
    const given = [first, second].flatMap(answer => [
      answer.refresh_token,
      answer.access_token,
      answer.id_token,
    ])
    const known = accounts.flatMap(one => [
      one.refreshToken,
      one.legacyToken,
      one.password,
      one.companyRequestToken,
    ])
    const secrets = [...given, ...known, client.secret].filter(secret => secret !== undefined)
    expect(new Set(secrets).size).toBeGreaterThan(10)
    expect(secrets.filter(secret => saved.includes(secret))).toEqual([])
    expect(JSON.parse(saved).refreshTokens).toHaveLength(4)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is kept apart by seed', async () => {
    await bench({ stateDir: dir })
    await bench({ stateDir: dir, seed: 2 })
    expect(
      readdirSync(dir)
        .filter(name => name.startsWith('concur'))
        .sort(),
    ).toEqual(['concur-1.json', 'concur-2.json'])
  })

  it('of another version is refused and left as it is', async () => {
    writeFileSync(join(dir, 'concur-1.json'), '{"version":3}')
    await expect(startPractice({ stateDir: dir })).rejects.toThrow(/another version/)
    expect(readFileSync(join(dir, 'concur-1.json'), 'utf8')).toBe('{"version":3}')
  })

  it('is not written without a folder, and a fresh server gives its runs other ids', async () => {
    const one = await bench()
    const two = await bench()
    two.clock.ms += 1
    const paths = await Promise.all(
      [one, two].map(async on => on.start(on.definition('Cash Advances'), await on.token())),
    )
    expect(paths[0]).not.toBe(paths[1])
  })
})

describe('the history', () => {
  it('has 3 to 12 ended runs a definition in the last weeks, none of them counted as started', async () => {
    const one = await bench()
    const authorization = await one.token()
    for (const { id } of one.practice.concur.definitions) {
      const list = await one.call(`${API}/${id}/job`, { authorization })
      const statuses = elements(list.text, 'status').filter(status => status !== '')
      expect(statuses.length).toBeGreaterThanOrEqual(3)
      expect(statuses.length).toBeLessThanOrEqual(12)
      expect(statuses.every(status => status === 'Complete' || status === 'Failed')).toBe(true)
      const stops = elements(list.text, 'stop-time').map(time => Date.parse(`${time.slice(0, 19)}Z`))
      expect(Math.max(...stops)).toBeLessThan(START - 12 * 3_600_000)
      expect(Math.min(...stops)).toBeGreaterThan(START - 60 * 86_400_000)
    }
    expect(one.practice.concur.started()).toBe(0)
  })

  it('can be downloaded', async () => {
    const one = await bench()
    const authorization = await one.token()
    const definition = one.definition('Asian Extract')
    const list = await one.call(`${API}/${definition}/job`, { authorization })
    const link = elements(list.text, 'file-link')[0]?.trim() ?? ''
    const file = await one.call(new URL(link).pathname, { authorization })
    expect(file.text).toMatch(/^EXTRACT\|/)
  })
})

describe('the ports', () => {
  const occupy = () =>
    new Promise<{ port: number; free: () => Promise<void> }>(resolve => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address()
        const port = typeof address === 'object' && address !== null ? address.port : 0
        resolve({ port, free: () => new Promise(done => server.close(() => done())) })
      })
    })

  it('listen on 127.0.0.1 at the port that was asked for, and refuse one that is taken', async () => {
    const taken = await occupy()
    await expect(startPractice({ port: taken.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await taken.free()
    const one = await bench({ port: taken.port })
    expect(one.practice.concur.url).toBe(`http://127.0.0.1:${taken.port}`)
  })

  it('are others where those of the last run are taken', async () => {
    const before = await bench({ stateDir: dir })
    const after = await bench({ stateDir: dir })
    expect(after.practice.concur.url).not.toBe(before.practice.concur.url)
    expect((await signIn(after, form(after, 'refresh-token'))).status).toBe(200)
  })

  it('refuse options that make no sense', async () => {
    await expect(startPractice({ speed: 0 })).rejects.toThrow(RangeError)
    await expect(startPractice({ largeBytes: 5 * 1024 ** 3 })).rejects.toThrow(RangeError)
  })
})

describe('the log', () => {
  it('keeps what was asked, when, and how it was answered', async () => {
    const one = await bench()
    await one.call(`${API}/?a=1`, { authorization: 'Bearer x' })
    const seen = await one.practice.waitFor(request => request.outcome === 'answered')
    expect(seen).toMatchObject({
      system: 'concur',
      method: 'GET',
      path: `${API}/?a=1`,
      at: START,
      status: 403,
    })
    expect(seen.headers.authorization).toBe('Bearer x')
    expect(one.practice.requests).toEqual([seen])
  })

  it('lets a test wait for what is still to come, and gives up when the server is closed', async () => {
    const one = await bench()
    const coming = one.practice.waitFor(request => request.path === '/later')
    const never = one.practice.waitFor(request => request.path === '/never')
    const gaveUp = expect(never).rejects.toThrow(/closed/)
    await one.call('/earlier')
    await one.call('/later')
    expect((await coming).path).toBe('/later')
    await one.practice.close()
    await gaveUp
    await expect(one.practice.waitFor(() => false)).rejects.toThrow(/closed/)
  })
})
