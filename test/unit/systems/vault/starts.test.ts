import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import { readFiles, windowAround, windowOf } from '../../../../main/core/systems/vault/direct-data.ts'
import { instantAt } from '../../../../main/core/time.ts'
import { answersInTurn, type ScriptedHttp } from '../../../fakes/scripted-http.ts'
import { byPath, failed, kept, ofNone, ok, session, vault } from './fixture.ts'

const started = ok({ job_id: '7' })
const start = (http: ScriptedHttp, request: Readonly<Record<string, unknown>>, own = {}) =>
  vault().start(session(http, own), kept(request))

describe('what is sent to start a run', () => {
  test('[vault:3.5.request] documents, with every option said', async () => {
    const http = byPath({
      'POST /api/v26.2/objects/documents/batch/actions/fileextract?source=true&renditions=true&allversions=false':
        started,
    })
    expect(
      await start(http, { kind: 'documents', documents: [{ id: '58' }], renditions: true }),
    ).toMatchObject({ id: '7' })
    expect(http.requests[0]?.body).toBe('[{"id":"58"}]')
  })

  test('[vault:3.5.text] their text, where the vault is new enough', async () => {
    const request = { kind: 'documents', documents: [{ id: '58' }], text: true }
    const http = answersInTurn(started)
    await start(http, request)
    expect(http.requests[0]?.url).toMatch(/&text=true$/)
    await expect(start(answersInTurn(), request, { version: 'v26.1' })).rejects.toMatchObject({
      code: 'not-supported',
      facts: { what: 'text', version: 'v26.1', sent: false },
    })
  })

  test('[vault:3.5.versions] versions', async () => {
    const http = byPath({ 'POST /api/v26.2/objects/documents/versions/batch/actions/fileextract': started })
    await start(http, { kind: 'versions', versions: [{ id: '58', major: '1', minor: '0' }] })
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual([
      { id: '58', major_version_number__v: '1', minor_version_number__v: '0' },
    ])
  })

  test('[vault:3.9.loader] objects, under the key of the version', async () => {
    const request = {
      kind: 'loader',
      objects: [
        { object: 'product__v', fields: ['id', 'name__v'], where: 'site__v=1' },
        { object: 'documents__v', fields: ['id'] },
      ],
    }
    const sent = async (version: string) => {
      const http = byPath({ [`POST /api/${version}/services/loader/extract`]: ok({ job_id: 7 }) })
      await start(http, request, { version })
      return JSON.parse(http.requests[0]?.body ?? '')
    }
    expect(await sent('v26.2')).toEqual([
      {
        entity_type: 'vobjects__v',
        object: 'product__v',
        fields: ['id', 'name__v'],
        vql_criteria__v: 'site__v=1',
      },
      { entity_type: 'documents__v', fields: ['id'] },
    ])
    expect((await sent('v25.3'))[1]).toEqual({ object_type: 'documents__v', fields: ['id'] })
  })

  test('[vault:3.4.start-now-cancels] a scheduled job now, in place of its scheduled run: that is said of the job', async () => {
    const http = byPath({ 'POST /api/v26.2/services/jobs/start_now/1201': ok({ job_id: 1201 }) })
    const job = await start(http, { kind: 'job', jobId: '1201' })
    expect(job.raw).toMatchObject({ replacesScheduledRun: true })
    expect(http.requests[0]?.body).toBeUndefined()
  })

  test('[vault:3.9.query] each document of a query once, over all pages, on the vault’s own host', async () => {
    const rows = (...ids: readonly unknown[]) => ids.map(id => ({ id }))
    const http = byPath({
      'POST /api/v26.2/query': ok({
        data: rows(1, '2'),
        responseDetails: { next_page: 'https://elsewhere.example/api/v26.2/query/q?pageoffset=2' },
      }),
      'GET /api/v26.2/query/q?pageoffset=2': ok({ data: rows(2, 3), responseDetails: {} }),
      'POST /api/v26.2/objects/documents/batch/actions/fileextract': started,
    })
    await start(http, { kind: 'documents', query: 'SELECT id FROM documents' })
    expect(http.requests[0]?.body).toBe('q=SELECT+id+FROM+documents')
    expect(JSON.parse(http.requests[2]?.body ?? '')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }])
  })

  test('a query that goes wrong has started nothing', async () => {
    for (const answer of [failed('UNEXPECTED_ERROR'), ok({ data: [{ name__v: 'x' }] }), ok({ data: null })]) {
      await expect(
        start(answersInTurn(answer), { kind: 'documents', query: 'SELECT id FROM documents' }),
      ).rejects.toMatchObject({ facts: { sent: false } })
    }
  })

  test('nothing is started for Direct Data, nor for jobs of no definition', async () => {
    const directData = { kind: 'direct-data', extractType: 'full_directdata' }
    await expect(start(answersInTurn(), directData)).rejects.toMatchObject({ code: 'not-supported' })
    await expect(vault().start(session(answersInTurn()), ofNone)).rejects.toMatchObject({
      code: 'not-supported',
    })
  })
})

describe('Direct Data', () => {
  const at = (text: string) => instantAt(Date.parse(text))
  const whole = { type: 'incremental_directdata', from: null, to: null } as const
  const read = (data: unknown, window: Parameters<typeof readFiles>[1] = whole) =>
    readFiles({ fields: { data }, warnings: [], correlationId: 'x' }, window)
  const part = (number: number, size: number) => ({
    name: `9001-20310506-0715-N.00${number}`,
    filepart: number,
    size,
    md5checksum: 'd41d8cd98f00b204e9800998ecf8427e',
  })
  const file = {
    name: '9001-20310506-0715-N',
    filename: '9001-20310506-0715-N.tar.gz',
    extract_type: 'incremental_directdata',
    start_time: '2031-05-06T07:00Z',
    stop_time: '2031-05-06T07:15Z',
    size: 30,
    fileparts: 2,
    filepart_details: [part(2, 20), part(1, 10)],
  }

  test('[vault:3.8.files] [vault:3.8.parts] parts are joined in the order of their numbers', () => {
    expect(read([file])[0]?.parts.map(({ number, bytes }) => [number, bytes])).toEqual([
      [1, 10],
      [2, 20],
    ])
  })

  test.each([
    [{ filepart_details: [part(1, 10), part(3, 20)] }],
    [{ filepart_details: [part(1, 10)] }],
    [{ filepart_details: [{ ...part(1, 30), md5checksum: undefined }] }],
    [{ filepart_details: [{ ...part(1, 30), name: null }] }],
    [{ filepart_details: 'none' }],
    [{ name: null }],
  ])('one that cannot be put together is not understood: %j', more => {
    expect(() => read([{ ...file, ...more }])).toThrow(
      expect.objectContaining({ code: 'answer-not-understood' }),
    )
  })

  test('[vault:3.8.error-entry] [vault:3.8.empty] errors and nothing at all are both usual', () => {
    const error = { next_retry: '2031-05-06T08:00Z', message: 'Later' }
    expect(read([{ name: file.name, error }])[0]).toMatchObject({
      parts: [],
      failed: { said: 'Later', nextRetry: '2031-05-06T08:00Z' },
    })
    expect(read([])).toEqual([])
    expect(read(undefined)).toEqual([])
  })

  test('[vault:3.8.first] before the first full file nothing is known of Direct Data, and all else goes on', async () => {
    const http = byPath({
      'GET /api/v26.2/services/directdata/files': failed(
        'OPERATION_NOT_ALLOWED',
        'Initial file being generated',
      ),
      'GET /api/v26.2/services/jobs/monitors': ok({ jobs: [{ job_id: 1, status: 'RUNNING' }] }),
      'GET /api/v26.2/services/jobs/histories': ok({ jobs: [] }),
    })
    const targets = [kept({ kind: 'direct-data', extractType: 'full_directdata' })]
    const list = await vault().jobs(session(http), { targets, open: [], since: null, complete: true })
    expect(list).toMatchObject({ complete: false, jobs: [{ id: '1' }] })
  })

  test('[vault:3.8.full] [vault:3.8.minutes] full files are asked for from 2000 on, and told by when they end', async () => {
    const http = answersInTurn(ok({ data: [] }), ok({ jobs: [] }), ok({ jobs: [] }))
    const request = {
      extractType: 'full_directdata',
      startTime: '2031-05-06T00:00Z',
      stopTime: '2031-05-07T00:00Z',
    }
    const targets = [kept({ kind: 'direct-data', ...request })]
    await vault().jobs(session(http), { targets, open: [], since: null, complete: true })
    const { searchParams } = new URL(http.requests[0]?.url ?? '')
    expect(Object.fromEntries(searchParams)).toEqual({
      extract_type: 'full_directdata',
      start_time: '2000-01-01T00:00:00Z',
      stop_time: '2031-05-07T00:00:00Z',
    })
    const full = { ...file, name: '9001-20310505-0000-F', stop_time: '2031-05-05T00:00Z' }
    const window = { type: 'full_directdata', from: at('2031-05-05T00:00Z'), to: null } as const
    expect(read([full], window)).toEqual([])
    expect(read([full], { ...window, from: at('2031-05-04T00:00Z') })).toHaveLength(1)
  })

  test.each([
    ['yesterday', '2031-03-01T00:00:00.000Z', '2031-03-02T00:00:00.000Z'],
    ['last-week', '2031-02-17T00:00:00.000Z', '2031-02-24T00:00:00.000Z'],
    ['last-month', '2031-02-01T00:00:00.000Z', '2031-03-01T00:00:00.000Z'],
  ] as const)('%s is a period of UTC', (period, from, to) => {
    // A Sunday.
    const window = windowOf(
      { kind: 'direct-data', extractType: 'log_directdata', period },
      at('2031-03-02T23:59:00Z'),
    )
    expect([window.from, window.to].map(time => new Date(time ?? 0).toISOString())).toEqual([from, to])
  })

  test('a file is found by its name alone, whatever its definition asks for by now', () => {
    expect(windowAround('9001-20310506-0715-N', null)).toMatchObject({ type: 'incremental_directdata' })
    expect(windowAround('9001-20310506-0715-F', null)).toMatchObject({ type: 'full_directdata' })
    expect(windowAround('9001-20310506-0715-L', null)).toBeNull()
    expect(windowAround('9001-20310506-0715-L', 'log_directdata')).toMatchObject({ type: 'log_directdata' })
    expect(windowAround('9001-20311306-0715-N', null)).toBeNull()
  })

  test('two definitions that offer one file have a job each', async () => {
    const http = byPath({
      'GET /api/v26.2/services/directdata/files': ok({ data: [file] }),
      'GET /api/v26.2/services/jobs/monitors': ok({ jobs: [] }),
      'GET /api/v26.2/services/jobs/histories': ok({ jobs: [] }),
    })
    const one = kept({ kind: 'direct-data', extractType: 'incremental_directdata' })
    const targets = [one, { ...one, id: remoteId('definition-2') }]
    const { jobs } = await vault().jobs(session(http), { targets, open: [], since: null, complete: true })
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(2)
    expect(jobs.map(({ target }) => target)).toEqual(['definition-1', 'definition-2'])
  })
})
