import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../../main/core/ports.ts'
import { readText } from '../../../main/core/systems/answer.ts'
import { cookiesOf } from '../../../main/core/systems/icws/transform.ts'
import { type Practice, type PracticeOptions, startPractice } from '../../../main/practice/index.ts'
import { createNodeHttp } from '../../fakes/node-http.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

const running: Practice[] = []
afterEach(async () => {
  for (const practice of running.splice(0)) await practice.close()
})

type Method = HttpRequest['method']

/** Over a socket of its own each time: a server that was started anew knows none of the old ones. */
async function send(method: Method, url: string, headers: Record<string, string>, body?: object) {
  const patience = { answerWithin: 10_000, stallAfter: 10_000 }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await createNodeHttp().send({ method, url, headers, ...patience, ...sent })
  const text = await readText(answer, 10_000_000)
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
}

/** A server on a clock of the test's, and somebody who is signed in to it. */
async function signedIn(options: PracticeOptions = {}, start = Date.UTC(2026, 10, 1, 18, 30)) {
  let now = start
  const practice = await startPractice({ now: () => now, ...options })
  running.push(practice)
  const { icws } = practice
  const headers = { 'accept-language': 'en-US', 'content-type': 'application/json' }
  const { userId: userID, password } = icws.signIn.password
  const sent = await send('POST', `${icws.url}/icws/connection`, headers, {
    __type: 'urn:inin.com:connection:icAuthConnectionRequestSettings',
    userID,
    password,
  })
  const { csrfToken, sessionId } = sent.body
  const cookie = cookiesOf(sent.headers['set-cookie'])
  const own = { ...headers, cookie, 'ININ-ICWS-CSRF-Token': csrfToken }
  const call = (method: Method, path: string, body?: object) =>
    send(method, `${icws.url}/icws/${sessionId}/${path}`, own, body)
  const job = {
    name: 'Calls',
    submittedUserId: 'fin.batch',
    tables: { tableList: [{ name: 'Calls', column: [{ name: 'CallId' }, { name: 'tTalk' }] }] },
    views: { viewList: [{ name: 'vCalls', column: [{ name: 'CallId' }] }] },
  }
  const submit = async () => (await call('POST', 'data-extractor/jobs', job)).body.id as string
  const state = async (id: string) => (await call('GET', `data-extractor/jobs/${id}`)).body.jobStatus?.state
  const folder = icws.outputMaps[0]?.local ?? ''
  return {
    practice,
    icws,
    call,
    submit,
    state,
    folder,
    pass(ms: number) {
      now += ms
    },
    now: () => now,
  }
}

const sizeOf = (...path: readonly string[]) => statSync(join(...path)).size

describe('the output folder', () => {
  test('grows while the job runs, and is whole when it has ended', async () => {
    const { folder, icws, pass, state, submit } = await signedIn()
    const id = await submit()
    expect(readdirSync(folder)).not.toContain(id)
    pass(3_500)
    icws.write()
    expect(await state(id)).toBe(2)
    const half = sizeOf(folder, id, 'Calls.csv')
    pass(3_000)
    icws.write()
    expect(await state(id)).toBe(5)
    expect(sizeOf(folder, id, 'Calls.csv')).toBeGreaterThan(half)
    expect(readdirSync(join(folder, id)).sort()).toEqual(['Calls.csv', 'views'])
    const lines = readFileSync(join(folder, id, 'views', 'vCalls.csv'), 'utf8').split('\r\n')
    expect(lines).toHaveLength(122)
    expect(lines[0]).toBe('CallId')
  })

  test('is named in the server’s own words', async () => {
    const { call, icws, pass, submit } = await signedIn()
    const id = await submit()
    pass(10_000)
    const { jobStatus } = (await call('GET', `data-extractor/jobs/${id}`)).body
    expect(jobStatus.outputFolder).toBe(`${icws.outputMaps[0]?.server}\\${id}`)
    expect(jobStatus.finishedTime).toMatch(/^\d{8}T\d{6}Z$/)
  })

  test('is empty where nothing was found, and is left to its owner where a job was cancelled', async () => {
    const { call, folder, icws, pass, practice, state, submit } = await signedIn()
    practice.scenario('empty-extract')
    const empty = await submit()
    pass(10_000)
    icws.write()
    expect(readdirSync(join(folder, empty))).toEqual([])
    practice.scenario('slow')
    const slow = await submit()
    expect((await call('DELETE', `data-extractor/jobs/${slow}`)).status).toBe(200)
    expect(await state(slow)).toBe(4)
    pass(1_000_000)
    icws.write()
    expect(readdirSync(folder)).not.toContain(slow)
  })
})

describe('a restart', () => {
  test('ends sessions, and keeps address, jobs and files; what was half written is made anew', async () => {
    const stateDir = tempFolder()
    const first = await signedIn({ stateDir })
    const done = await first.submit()
    first.pass(10_000)
    first.icws.write()
    const bytes = readFileSync(join(first.folder, done, 'Calls.csv'))
    const half = await first.submit()
    first.pass(3_500)
    first.icws.write()
    await first.practice.close()
    running.splice(0)
    const second = await signedIn({ stateDir }, first.now())
    expect(second.icws.url).toBe(first.icws.url)
    expect(second.icws.started()).toBe(2)
    expect(await second.state(done)).toBe(5)
    expect(readFileSync(join(second.folder, done, 'Calls.csv')).equals(bytes)).toBe(true)
    second.pass(10_000)
    second.icws.write()
    expect(await second.state(half)).toBe(5)
    expect(readFileSync(join(second.folder, half, 'Calls.csv'), 'utf8').split('\r\n')).toHaveLength(122)
  })

  test('without a state folder nothing is left', async () => {
    const { folder, practice } = await signedIn()
    await practice.close()
    running.splice(0)
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })
})

describe('the server', () => {
  test('says what is wrong with a session as the real one does', async () => {
    const { icws, call } = await signedIn()
    const ask = async (id: string, headers: Record<string, string>) => {
      const { status, body } = await send('GET', `${icws.url}/icws/${id}/connection`, headers)
      return [status, body.errorCode]
    }
    expect(await ask('none', {})).toEqual([401, 1])
    expect(await ask('4000000000', {})).toEqual([401, -2147221499])
    expect((await call('GET', 'connection')).body.connectionState).toBe(1)
    expect((await call('DELETE', 'connection')).status).toBe(200)
    expect((await call('GET', 'connection')).body.errorCode).toBe(-2147221499)
  })

  test('tells of jobs in messages, of each change once', async () => {
    const { call, pass, submit } = await signedIn()
    const id = await submit()
    await call('PUT', 'messaging/subscriptions/data-extractor/jobs-statuses', { jobIds: [id] })
    const told = async () => (await call('GET', 'messaging/messages')).body
    expect(await told()).toMatchObject([{ isDelta: false, jobStatusList: [{ id, name: 'Calls' }] }])
    expect(await told()).toEqual([])
    pass(2_000)
    const [message] = await told()
    expect(message).toMatchObject({ isDelta: true, jobStatusList: [{ id, state: 2 }] })
    expect(message.jobStatusList[0]).not.toHaveProperty('name')
  })

  test('pages its list, newest first, and knows no other job', async () => {
    const { call, submit } = await signedIn()
    const id = await submit()
    const list = async (query: string) => (await call('GET', `data-extractor/jobs${query}`)).body.jobList
    const first = await list('')
    expect(first).toHaveLength(30)
    expect(first[0]).toMatchObject({ jobStatus: { id } })
    expect(first[0]).not.toHaveProperty('jobConfig')
    const [second] = await list(`?jobCount=1&jobsResponseMode=configuration&fromJobId=${id}`)
    expect(second.jobConfig.id).toBe(first[1].jobStatus.id)
    expect(await call('GET', 'data-extractor/jobs/7')).toMatchObject({
      status: 400,
      body: { errorId: '-2147221496' },
    })
    expect((await call('GET', 'data-extractor/jobs?jobsResponseMode=some')).body.propertyName).toBe(
      'jobsResponseMode',
    )
  })
})
