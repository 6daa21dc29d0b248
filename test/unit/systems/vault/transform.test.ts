import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import { readTime } from '../../../../main/core/systems/vault/times.ts'
import {
  linksIn,
  readJob,
  readJobPage,
  readResults,
  readStartedJob,
  statusOf,
} from '../../../../main/core/systems/vault/transform.ts'
import type { Envelope } from '../../../../main/core/systems/vault/types.ts'

const id = remoteId('5150')
const answer = (fields: Readonly<Record<string, unknown>>): Envelope => ({
  fields,
  warnings: [],
  correlationId: 'x',
})
const data = {
  id: 5150,
  status: 'RUNNING',
  method: 'POST',
  links: [{ rel: 'self', href: '/api/v26.1/services/jobs/1601', method: 'GET', accept: 'application/json' }],
  created_by: 4711,
  created_date: '2031-05-06T07:08:09.000Z',
  run_start_date: '2031-05-06T07:08:10.000Z',
}
const job = (more: Readonly<Record<string, unknown>> = {}) =>
  readJob(answer({ data: { ...data, ...more } }), id)

describe('one job', () => {
  test('[vault:3.4.status] [vault:3.4.self-link] [vault:3.4.end-absent] is read from its own fields', () => {
    expect(job()).toMatchObject({
      id,
      status: 'running',
      rawStatus: 'RUNNING',
      startedAt: { raw: '2031-05-06T07:08:10.000Z', at: Date.UTC(2031, 4, 6, 7, 8, 10), zoneAssumed: false },
      endedAt: null,
      raw: data,
    })
    expect(job({ run_start_date: undefined }).startedAt?.raw).toBe('2031-05-06T07:08:09.000Z')
  })

  test.each([
    ['SCHEDULED', 'queued'],
    ['QUEUEING', 'queued'],
    ['QUEUED', 'queued'],
    ['RUNNING', 'running'],
    ['SUCCESS', 'completed'],
    ['ERRORS_ENCOUNTERED', 'completed'],
    ['CANCELLED', 'cancelled'],
    ['TIMEOUT', 'failed'],
    ['MISSED_SCHEDULE', 'failed'],
    ['COMPLETED_DUE_TO_INACTIVITY', 'failed'],
    ['failed_to_run', 'failed'],
    ['success', 'completed'],
    ['TRANSFORMING', 'unknown'],
    ['', 'unknown'],
  ])('[vault:3.4.statuses] %s is %s', (raw, status) => {
    expect(statusOf(raw)).toBe(status)
    expect(job({ status: raw })).toMatchObject({ status, rawStatus: raw })
  })

  test('[vault:3.4.ids] [vault:3.4.job-key] ids are numbers or text, and the key may be job', () => {
    expect(job({ id: '5150' }).id).toBe(id)
    expect(readJob(answer({ job: { job_id: '5150', status: 'SUCCESS' } }), id).id).toBe(id)
  })

  test('another job’s answer is none of this one', () => {
    expect(() => job({ id: 1601 })).toThrow(expect.objectContaining({ facts: { why: 'another-id' } }))
    expect(() => readJob(answer({ data: [] }), id)).toThrow(
      expect.objectContaining({ facts: { why: 'no-job' } }),
    )
  })

  test('[vault:3.4.zone] [vault:3.4.missing-method] times that no request made are of the vault’s own zone', () => {
    expect(job({ method: undefined }).startedAt?.zoneAssumed).toBe(true)
    expect(job({ status: 'SCHEDULED' }).startedAt?.zoneAssumed).toBe(true)
    expect(job({ status: 'MISSED_SCHEDULE' }).startedAt?.zoneAssumed).toBe(true)
  })

  test('[vault:3.4.links] the links that can be asked for what it made', () => {
    const links = [
      ...data.links,
      { rel: 'artifacts', href: '/api/v18.3/a', method: 'GET' },
      { rel: 'results', href: '/api/v26.1/r' },
      { rel: 'artifacts', href: '/api/v26.1/no', method: 'POST' },
      { rel: 'artifacts' },
      'none',
    ]
    expect(linksIn(job({ links }))).toEqual([
      { rel: 'artifacts', href: '/api/v18.3/a' },
      { rel: 'results', href: '/api/v26.1/r' },
    ])
    expect(linksIn(job({ links: null }))).toEqual([])
  })
})

describe('times', () => {
  test.each([
    ['2031-05-06T07:08:09.123Z', Date.UTC(2031, 4, 6, 7, 8, 9, 123), false],
    ['2031-05-06T07:00Z', Date.UTC(2031, 4, 6, 7), false],
    ['2031-05-06T07:08:09', Date.UTC(2031, 4, 6, 7, 8, 9), true],
    ['2031-02-30T07:08:09Z', null, false],
    ['yesterday', null, false],
  ])('[vault:3.8.minutes] %s', (raw, at, zoneAssumed) => {
    expect(readTime(raw, false)).toEqual({ raw, at, zoneAssumed })
  })
})

describe('a page of jobs', () => {
  const entry = { job_id: 7, title: 'Export', status: 'SUCCESS', created_date: '2031-05-06T07:08:09.000Z' }

  test('[vault:3.4.next-page] next_page may be null, absent, or there', () => {
    const page = (responseDetails: unknown) => readJobPage(answer({ jobs: [entry], responseDetails }))
    expect(page({ next_page: '/api/v26.1/services/jobs/histories?limit=2&offset=2' }).next).toBe(
      '/api/v26.1/services/jobs/histories?limit=2&offset=2',
    )
    expect(page({ next_page: null }).next).toBeNull()
    expect(page({}).next).toBeNull()
    expect(page(undefined).next).toBeNull()
    expect(page({}).jobs).toMatchObject([{ id: '7', raw: { name: 'Export' } }])
  })

  test('jobs without an id are counted, and anything but a list is not understood', () => {
    expect(readJobPage(answer({ jobs: [{ ...entry, job_id: null }] }))).toMatchObject({
      jobs: [],
      nameless: [{ raw: '2031-05-06T07:08:09.000Z' }],
    })
    for (const jobs of [undefined, {}, ['a'], null]) {
      expect(() => readJobPage(answer({ jobs }))).toThrow(
        expect.objectContaining({ code: 'answer-not-understood' }),
      )
    }
  })
})

describe('a start', () => {
  test('[vault:3.5.request] [vault:3.6.start] [vault:3.4.ids] its id is text or a number, whatever its address is', () => {
    const started = (fields: Readonly<Record<string, unknown>>) => readStartedJob(answer(fields))
    expect(started({ job_id: '36000', url: '/api/v26.1/services/jobs/36000' })).toMatchObject({
      id: '36000',
      status: 'submitted',
    })
    expect(
      started({ job_id: 1300, URL: 'https://acme.veevavault.com/api/v26.1/services/jobs/1300' }).id,
    ).toBe('1300')
    for (const job_id of [undefined, '', '0', '-1', 1.5, '12a', '../1']) {
      expect(() => started({ job_id })).toThrow(expect.objectContaining({ code: 'answer-not-understood' }))
    }
  })
})

describe('results', () => {
  const file = {
    responseStatus: 'SUCCESS',
    id: 23,
    major_version_number__v: 0,
    minor_version_number__v: 1,
    file: '/36000/23/0_1/Plan A.pdf',
    user_id__v: 4711,
  }

  test('[vault:3.5.results] [vault:3.5.item-failure] each item has a file or is missing', () => {
    const items = [
      file,
      { responseStatus: 'FAILURE', id: 24, errors: [{ type: 'INVALID_DATA', message: 'No source' }] },
      { ...file, responseStatus: 'FAILURE', id: 25, errors: [{ type: 'INVALID_DATA' }] },
      { responseStatus: 'EXCEPTION', id: 26 },
      { responseStatus: 'SUCCESS', id: 27, file: null },
    ]
    expect(readResults(answer({ data: items }))).toEqual({
      files: [{ path: '/36000/23/0_1/Plan A.pdf', user: '4711' }],
      missing: [
        { item: '24', said: 'No source' },
        { item: '25 (0.1)', said: 'INVALID_DATA' },
        { item: '26', said: 'EXCEPTION' },
        { item: '27', said: 'SUCCESS' },
      ],
      told: ['23', '24', '25', '26', '27'],
    })
  })

  test('[vault:3.6.results] or there is one item, flat', () => {
    const { responseStatus, ...flat } = file
    expect(readResults(answer({ responseStatus, job_id: 1300, ...flat }))).toEqual({
      files: [{ path: '/36000/23/0_1/Plan A.pdf', user: '4711' }],
      missing: [],
      told: ['23'],
    })
    expect(readResults(answer({ data: flat })).files).toHaveLength(1)
    const nothing = { files: [], missing: [], told: [] }
    expect(readResults(answer({ responseStatus: 'SUCCESS' }))).toEqual(nothing)
    expect(readResults(answer({ data: [] }))).toEqual(nothing)
  })
})
