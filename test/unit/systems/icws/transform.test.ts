import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import {
  mergedWith,
  readJob,
  readJobPage,
  readMessages,
  remoteJobOf,
  statusOf,
} from '../../../../main/core/systems/icws/transform.ts'
import { config, nested, status, table } from './fixture.ts'

const id = remoteId('77')
const job = (body: object) => remoteJobOf(readJob(JSON.stringify(body), id), value => value)
const time = (raw: string) => expect.objectContaining({ raw })

describe('a job', () => {
  test('[icws:2.3.nested] as the vendor’s client has it', () => {
    expect(job(nested())).toMatchObject({
      id: '77',
      status: 'running',
      rawStatus: '2',
      startedAt: time('20261101T182900Z'),
      endedAt: null,
      hasFiles: false,
      raw: {
        name: 'Monthly calls',
        submittedUserId: 'fin.batch',
        jobConfig: { tables: { tableList: [table] } },
      },
    })
  })

  test('[icws:2.3.flat] as the help pages show it', () => {
    const flat = { ...status({ state: 5, outputFolder: '\\\\ic-a\\x\\77' }), tables: { tableList: [table] } }
    expect(job(flat)).toMatchObject({
      status: 'completed',
      hasFiles: true,
      raw: { jobConfig: { name: 'Monthly calls', tables: { tableList: [table] } } },
    })
    expect(job(flat).raw).not.toHaveProperty('tables')
  })

  test.each([
    [0, 'submitted'],
    [1, 'queued'],
    [2, 'running'],
    [3, 'failed'],
    [4, 'cancelled'],
    [5, 'completed'],
  ])('[icws:2.3.state-%s] is %s', (state, meant) => {
    expect(job(nested({ state }))).toMatchObject({ status: meant, rawStatus: String(state) })
    expect(job(nested({ state: String(state) })).status).toBe(meant)
  })

  test.each(['submitted', 'queued', 'started', 'failed', 'canceled', 'finished'])(
    'the word %s is known too',
    word => {
      expect(statusOf(word)).not.toBe('unknown')
      expect(statusOf(word.toUpperCase())).toBe(statusOf(word))
    },
  )

  test.each([undefined, null, '', 6, -1, 'archived', {}, 2.5])(
    '[icws:2.3.state-optional] a state of %j is unknown, and not an end',
    state => {
      expect(job(nested({ state }))).toMatchObject({ status: 'unknown', endedAt: null })
    },
  )

  test('[icws:2.3.status-required] [icws:2.3.times-optional] needs its id alone', () => {
    expect(job({ jobStatus: { id: '77' } })).toEqual({
      id: '77',
      status: 'unknown',
      rawStatus: '',
      startedAt: null,
      endedAt: null,
      hasFiles: false,
      raw: { id: '77' },
    })
  })

  test('[icws:2.3.times-optional] began with the earliest time that there is', () => {
    const times = { submitTime: undefined, queuedTime: '20261101T010000Z', startedTime: '20261101T020000Z' }
    expect(job(nested(times)).startedAt).toEqual(time('20261101T010000Z'))
    expect(job(nested({ submitTime: undefined, stateChangedTime: '20261101T030000Z' })).startedAt).toEqual(
      time('20261101T030000Z'),
    )
  })

  test.each([
    [3, 'failedTime'],
    [4, 'canceledTime'],
    [5, 'finishedTime'],
  ])('in state %s ended at its %s, or when its state changed last', (state, name) => {
    expect(job(nested({ state, [name]: '20261101T190000Z' })).endedAt).toEqual(time('20261101T190000Z'))
    expect(job(nested({ state, stateChangedTime: '20261101T190100Z' })).endedAt).toEqual(
      time('20261101T190100Z'),
    )
    expect(job(nested({ state })).endedAt).toBeNull()
  })

  test('[icws:2.3.failed] says why it failed', () => {
    expect(job(nested({ state: 3, errorInfo: 'No space on D:' }))).toMatchObject({ said: 'No space on D:' })
  })

  test('[icws:2.3.cancelled] says who cancelled it', () => {
    expect(job(nested({ state: 4, cancelUserId: 'ops.admin' }))).toMatchObject({ endedBy: 'ops.admin' })
  })

  test('[icws:2.3.id-string] has a text or a number for its id', () => {
    expect(
      readJobPage(JSON.stringify({ jobList: [nested({ id: 77 }), nested({ id: ' a-1 ' })] })).jobs.map(
        one => one.id,
      ),
    ).toEqual(['77', 'a-1'])
  })

  test('about another one is not understood', () => {
    expect(() => job(nested({ id: '78' }))).toThrow(
      expect.objectContaining({ code: 'answer-not-understood' }),
    )
  })

  test('without an id in a list is told of as one', () => {
    const page = readJobPage(
      JSON.stringify({
        jobList: [nested({ id: undefined }, { id: undefined }), nested({ id: 'a/b' }, { id: undefined }), 7],
      }),
    )
    expect(page).toEqual({ jobs: [], nameless: [time('20261101T182900Z'), time('20261101T182900Z'), null] })
  })

  test('[icws:2.3.modes] without its configuration, or with that alone, is a job all the same', () => {
    expect(job({ jobStatus: status() }).raw).not.toHaveProperty('jobConfig')
    expect(job({ jobConfig: config() })).toMatchObject({
      status: 'unknown',
      raw: { jobConfig: { name: 'Monthly calls' } },
    })
  })
})

describe('messages', () => {
  const message = (more: object) => ({ __type: 'urn:inin.com:dataExtractor:jobStatusMessage', ...more })
  const read = (...messages: readonly unknown[]) => readMessages(JSON.stringify(messages))

  test('[icws:2.2.messages] may be none; what is about other things is left', () => {
    expect(read()).toEqual({ ended: false, changes: [] })
    expect(
      read(message({}), { __type: 'urn:inin.com:queues:x', jobStatusList: [status()] }, null, 7),
    ).toEqual({ ended: false, changes: [] })
    expect(() => readMessages('{}')).toThrow(expect.objectContaining({ code: 'answer-not-understood' }))
  })

  test('[icws:2.3.message] tell of jobs', () => {
    const told = read(message({ isDelta: true, jobStatusList: [{ id: '77', state: 5 }, { state: 3 }] }))
    expect(told.changes).toEqual([{ isDelta: true, id: '77', status: { id: '77', state: 5 } }])
  })

  test('[icws:2.3.delta] of a change keep what did not change; whole ones take its place', () => {
    const before = readJob(JSON.stringify(nested({ outputFolder: 'x' })), id)
    expect(mergedWith(before, { id: '77', state: 5 }, true).status).toMatchObject({
      state: 5,
      outputFolder: 'x',
      name: 'Monthly calls',
    })
    expect(mergedWith(before, { id: '77', state: 5 }, false).status).toEqual({ id: '77', state: 5 })
  })

  test.each([
    [2, true],
    ['2', true],
    ['down', true],
    ['Down', true],
    [1, false],
    [0, false],
    ['up', false],
  ])('[icws:2.2.state-message] a connection in state %j', (newConnectionState, ended) => {
    const __type = 'urn:inin.com:connection:connectionStateChangeMessage'
    expect(read({ __type, newConnectionState }).ended).toBe(ended)
  })
})
