import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import { type RemoteId, remoteId } from '../../../../main/core/ids.ts'
import type { HttpRequest } from '../../../../main/core/ports.ts'
import type { ListQuestion } from '../../../../main/core/systems/system.ts'
import { addMillis, hours, minutes } from '../../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../../fakes/fake-clock.ts'
import { type Scripted, scriptedHttp } from '../../../fakes/scripted-http.ts'
import { icws, json, nested, origin, question, session } from './fixture.ts'

type Standing = Record<string, unknown> & { readonly id: string }

const jobs = `${origin}/icws/4000123456/data-extractor/jobs`
const compact = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
/** Jobs an hour apart, the first one an hour ago. */
const hourly = (count: number): Standing[] =>
  Array.from({ length: count }, (_, n) => ({
    id: String(1000 - n),
    state: 5,
    submitTime: compact(fakeStart - (n + 1) * 3_600_000),
  }))

/** A server with these jobs, newest first; `messages` are what it has to tell. */
function server(
  standing: Standing[],
  more: { readonly messages?: unknown[][]; readonly subscribes?: Scripted } = {},
) {
  const asked: string[] = []
  const answer = ({ method, url, body }: HttpRequest): Scripted => {
    const { pathname, searchParams } = new URL(url)
    asked.push(`${method} ${url.slice(origin.length + '/icws/4000123456'.length)}${body ? ` ${body}` : ''}`)
    if (pathname.endsWith('/messages')) return json(more.messages?.shift() ?? [])
    if (pathname.endsWith('/jobs-statuses')) return more.subscribes ?? json({})
    const id = /\/jobs\/(.+)$/.exec(pathname)?.[1]
    if (id !== undefined) {
      const found = standing.find(one => one.id === id)
      return found ? json(nested(found)) : { status: 400, body: '{"errorId":"-2147221496","message":"x"}' }
    }
    const from = searchParams.get('fromJobId')
    const at = from === null ? 0 : standing.findIndex(one => one.id === from) + 1
    const page = standing.slice(at, at + Number(searchParams.get('jobCount')))
    return json({ jobList: page.map(one => nested(one)) })
  }
  const http = scriptedHttp(answer)
  const clock = fakeClock()
  const system = icws({ clock })
  const held = session(http)
  const ask = (wanted: Partial<ListQuestion> = {}) => system.jobs(held, question(wanted))
  const glance = (...open: readonly string[]) =>
    ask({ open: open.map(remoteId), since: clock.now(), complete: false })
  return { ask, glance, asked, clock, system, held, http }
}

describe('the whole list', () => {
  test('[icws:2.3.list] is asked for with all that a job has, in the server’s own pages', async () => {
    const { ask, http } = server(hourly(2))
    expect(await ask()).toMatchObject({ complete: true, nameless: [], jobs: [{ id: '1000' }, { id: '999' }] })
    expect(http.requests.map(({ url }) => url)).toEqual([`${jobs}?jobCount=30&jobsResponseMode=all`])
  })

  test.each([30, 31, 60, 75])(
    '[icws:2.3.paging] goes on before the last job of a page, until a page is short: %s jobs',
    async count => {
      const { ask, http } = server(hourly(count))
      const { jobs: listed } = await ask()
      expect(new Set(listed.map(({ id }) => id)).size).toBe(count)
      expect(http.requests).toHaveLength(Math.floor(count / 30) + 1)
      expect(http.requests[1]?.url).toBe(`${jobs}?jobCount=30&jobsResponseMode=all&fromJobId=971`)
    },
  )

  test('[icws:2.3.order] is newest first, whatever order it came in; without a time first of all', async () => {
    const mixed = [
      ...hourly(40).reverse().slice(0, 20),
      { id: 'x', submitTime: undefined, state: undefined },
      ...hourly(9),
    ]
    const { jobs: listed } = await server(mixed).ask()
    expect(listed[0]?.id).toBe('x')
    const times = listed.slice(1).map(({ startedAt }) => startedAt?.at ?? 0)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  })

  test('a page that came the other way round is gone on from its oldest', async () => {
    const { ask, http } = server([...hourly(30).reverse(), ...hourly(31).slice(30)])
    await ask()
    expect(http.requests[1]?.url).toContain('fromJobId=971')
  })

  test('a server that shows one page for ever is not believed', async () => {
    const http = scriptedHttp(() => json({ jobList: hourly(30).map(one => nested(one)) }))
    await expect(icws().jobs(session(http), question())).rejects.toMatchObject({
      code: 'answer-not-understood',
      facts: { why: 'one-page-for-ever' },
    })
    expect(http.requests).toHaveLength(2)
  })

  test('does not go back for ever: a month behind the last one no start can be open', async () => {
    const old = hourly(3000)
    const { ask, http } = server(old)
    const since = addMillis(fakeStart, -hours(1))
    const first = (await ask({ since })).jobs.map(({ id }) => id)
    expect(first).toHaveLength(745)
    const before = http.requests.length
    expect(before).toBe(26)
    const second = (await ask({ since, open: [remoteId('200')] })).jobs.map(({ id }) => id)
    expect(second).toEqual([...first, '200'])
    expect(http.requests.length - before).toBe(before + 1)
  })

  test('ends the first time where a server keeps more than anybody can ask for', async () => {
    const http = scriptedHttp((_request, nth) =>
      json({ jobList: hourly(30).map(one => nested({ ...one, id: `${nth}-${one.id}` })) }),
    )
    const system = icws()
    const first = await system.jobs(session(http), question())
    expect(first).toMatchObject({ complete: true })
    expect(first.jobs).toHaveLength(9000)
    const tooLarge = { code: 'answer-too-large' }
    // Not where one that is waited for was not among them, nor later: its end might be missing.
    const waiting = question({ open: [remoteId('0')] })
    await expect(system.jobs(session(http), waiting)).rejects.toMatchObject(tooLarge)
    const later = question({ since: fakeStart })
    await expect(system.jobs(session(http), later)).rejects.toMatchObject(tooLarge)
  })

  test('tells which definition each is a run of, and of jobs without an id', async () => {
    const list = [
      nested({ id: '3' }),
      nested({ id: '2', name: 'Others' }, { name: 'Others' }),
      { jobStatus: { name: 'Monthly calls', id: '1' } },
      nested({ id: undefined }, { id: undefined }),
    ]
    const http = scriptedHttp(() => json({ jobList: list }))
    const { jobs: listed, nameless } = await icws().jobs(session(http), question())
    expect(Object.fromEntries(listed.map(({ id, target }) => [id, target]))).toEqual({
      3: 'kept-1',
      2: null,
      1: 'kept-1',
    })
    expect(nameless).toEqual([expect.objectContaining({ raw: '20261101T182900Z' })])
  })
})

test('says which of them another account started', async () => {
  const { ask } = server([
    { id: '3', submittedUserId: 'ops.admin' },
    { id: '2', submittedUserId: 'FIN.Batch' },
    { id: '1', submittedUserId: '' },
  ])
  const { jobs: listed } = await ask()
  expect(Object.fromEntries(listed.map(({ id, byOther }) => [id, byOther]))).toEqual({ 3: true })
  expect(listed.map(({ target }) => target)).toEqual(['kept-1', 'kept-1', 'kept-1'])
})

describe('the jobs that are waited for', () => {
  const running = (): Standing[] => [
    { id: '77', state: 2 },
    { id: '76', state: 1 },
  ]
  const message = (isDelta: boolean, ...jobStatusList: unknown[]) => ({
    __type: 'urn:inin.com:dataExtractor:jobStatusMessage',
    isDelta,
    jobStatusList,
  })

  test('[icws:2.3.subscribe] are subscribed to, asked for once, and then told of by messages', async () => {
    const messages = [
      [],
      [message(true, { id: '77', state: 5, outputFolder: 'x' }), message(true, { id: '9', state: 5 })],
    ]
    const { ask, glance, asked, clock } = server(running(), { messages })
    await ask()
    asked.length = 0
    expect(await glance('77', '76')).toMatchObject({ complete: false, jobs: [{ id: '77' }, { id: '76' }] })
    expect(asked).toEqual([
      'PUT /messaging/subscriptions/data-extractor/jobs-statuses {"jobIds":["77","76"]}',
      'GET /data-extractor/jobs/77',
      'GET /data-extractor/jobs/76',
    ])
    asked.length = 0
    expect(await glance('77', '76')).toEqual({ jobs: [], nameless: [], complete: false })
    await clock.advance(minutes(1))
    const told = await glance('77', '76')
    expect(told.jobs).toMatchObject([{ id: '77', status: 'completed', hasFiles: true, target: 'kept-1' }])
    expect(asked).toEqual(['GET /messaging/messages', 'GET /messaging/messages'])
    // Fewer of them need nothing; another one is subscribed to, and asked for alone.
    await glance('76')
    await glance('76', '9')
    expect(asked.slice(2)).toEqual([
      'GET /messaging/messages',
      'PUT /messaging/subscriptions/data-extractor/jobs-statuses {"jobIds":["76","9"]}',
      'GET /data-extractor/jobs/9',
    ])
  })

  test('[icws:2.3.delta] one message after the other, also in one answer', async () => {
    const messages = [
      [
        message(true, { id: '77', state: 2, startedTime: 'x' }),
        message(true, { id: '77', state: 3, errorInfo: 'why' }),
      ],
    ]
    const { glance } = server(running(), { messages })
    await glance('77')
    expect((await glance('77')).jobs).toMatchObject([
      { status: 'failed', said: 'why', raw: { startedTime: 'x', name: 'Monthly calls' } },
    ])
  })

  test.each([404, 400, 403, 410])(
    'a server without such messages (%s) is asked for each job',
    async status => {
      const { glance, asked } = server(running(), { subscribes: { status, body: '{"message":"no"}' } })
      await glance('77')
      asked.length = 0
      expect((await glance('77')).jobs).toMatchObject([{ id: '77', status: 'running' }])
      expect(asked).toEqual(['GET /data-extractor/jobs/77'])
    },
  )

  test('an answer with messages that is lost: everything is asked for anew', async () => {
    const { clock, glance, asked, http, system } = server(running())
    await glance('77')
    const lossy = { ...session({ send: async () => Promise.reject(new AppError('connection-cut')) }) }
    const held = session(http)
    const cut = { ...held, http: lossy.http }
    const wanted = question({ open: [remoteId('77')], since: clock.now(), complete: false })
    await system.jobs(held, wanted)
    await expect(system.jobs(cut, wanted)).rejects.toMatchObject({ code: 'connection-cut' })
    asked.length = 0
    await system.jobs(held, wanted)
    expect(asked[0]).toContain('PUT /messaging')
  })

  test('[icws:2.2.state-message] the connection is down: the session is over', async () => {
    const down = { __type: 'urn:inin.com:connection:connectionStateChangeMessage', newConnectionState: 2 }
    const { glance } = server(running(), { messages: [[down]] })
    await glance('77')
    await expect(glance('77')).rejects.toMatchObject({ code: 'session-expired' })
  })

  test('what others start is seen too: now and then the list is whole', async () => {
    const { ask, asked, clock } = server(running())
    const open = [remoteId('77')] as readonly RemoteId[]
    await clock.advance(minutes(30))
    const since = addMillis(clock.now(), -minutes(11))
    expect((await ask({ open, since, complete: false })).complete).toBe(true)
    expect((await ask({ open: [], since: clock.now(), complete: false })).complete).toBe(true)
    expect((await ask({ open, since: null, complete: false })).complete).toBe(true)
    expect((await ask({ open, since: clock.now(), complete: true })).complete).toBe(true)
    expect(asked.every(one => one.startsWith('GET /data-extractor/jobs?'))).toBe(true)
  })

  test('of one that is gone nothing is said, but by a whole list', async () => {
    const { glance, ask } = server(running())
    expect((await glance('55')).jobs).toEqual([])
    expect((await ask({ open: [remoteId('55')] })).jobs.map(({ id }) => id)).toEqual(['77', '76'])
  })

  test('many of them are asked for by the page', async () => {
    const many = hourly(12).map(one => ({ ...one, state: 2 }))
    const { glance, asked } = server(many)
    await glance(...many.map(({ id }) => id))
    expect(asked.slice(1)).toEqual(['GET /data-extractor/jobs?jobCount=30&jobsResponseMode=all'])
  })
})
