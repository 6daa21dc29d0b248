import { describe, expect, test } from 'vitest'
import { isAppError } from '../../../../main/core/errors.ts'
import { remoteId } from '../../../../main/core/ids.ts'
import { fileJobId } from '../../../../main/core/systems/vault/direct-data.ts'
import { readRequest } from '../../../../main/core/systems/vault/request.ts'
import { kept, ofNone, vault } from './fixture.ts'

/** The field that a request is refused for; null where it is taken. */
function refusedFor(request: unknown): unknown {
  try {
    readRequest(request)
    return null
  } catch (error) {
    if (isAppError(error, 'bad-input')) return error.facts.field
    throw error
  }
}

const object = { object: 'product__v', fields: ['id'] }
const versions = (count: number) => Array.from({ length: count }, () => ({ id: '1', major: '0', minor: '1' }))

describe('requests that are taken', () => {
  test.each([
    [
      { kind: 'documents', documents: [{ id: '58' }] },
      {
        kind: 'documents',
        documents: [{ id: '58' }],
        source: true,
        renditions: false,
        allversions: false,
        text: false,
      },
    ],
    [
      { kind: 'documents', query: ' SELECT id FROM documents ', renditions: true },
      {
        kind: 'documents',
        query: 'SELECT id FROM documents',
        source: true,
        renditions: true,
        allversions: false,
        text: false,
      },
    ],
    [
      { kind: 'versions', versions: [{ id: 58, major: 1, minor: 0 }] },
      { kind: 'versions', versions: [{ id: '58', major: '1', minor: '0' }] },
    ],
    [
      { kind: 'binder', binder: '454' },
      { kind: 'binder', binder: '454' },
    ],
    [
      {
        kind: 'direct-data',
        extractType: 'full_directdata',
        startTime: '2031-05-06T07:00Z',
        stopTime: '2031-05-07T07:00:00Z',
      },
      {
        kind: 'direct-data',
        extractType: 'full_directdata',
        startTime: '2031-05-06T07:00:00Z',
        stopTime: '2031-05-07T07:00:00Z',
      },
    ],
    [
      { kind: 'direct-data', extractType: 'log_directdata', period: 'last-month' },
      { kind: 'direct-data', extractType: 'log_directdata', period: 'last-month' },
    ],
    [
      { kind: 'loader', objects: [{ ...object, where: 'site__v=1' }] },
      { kind: 'loader', objects: [{ ...object, where: 'site__v=1' }] },
    ],
    [
      { kind: 'job', jobId: 1201 },
      { kind: 'job', jobId: '1201' },
    ],
  ])('%j', (request, read) => {
    expect(readRequest(request)).toEqual(read)
    expect(readRequest(JSON.parse(JSON.stringify(read)))).toEqual(read)
  })
})

describe('requests that are refused, by the field', () => {
  test.each([
    [null, 'request'],
    [[], 'request'],
    [{}, 'kind'],
    [{ kind: 'everything' }, 'kind'],
    [{ kind: 'binder', binder: '454', attachments: true }, 'attachments'],
    [{ kind: 'binder', binder: 'abc' }, 'binder'],
    [{ kind: 'binder', binder: '0' }, 'binder'],
    [{ kind: 'binder', binder: '1/../2' }, 'binder'],
    [{ kind: 'documents' }, 'documents'],
    [{ kind: 'documents', documents: [] }, 'documents'],
    [{ kind: 'documents', documents: [{ id: '1' }], query: 'select id from documents' }, 'query'],
    [{ kind: 'documents', documents: [{ id: '1', name: 'x' }] }, 'documents[0].name'],
    [{ kind: 'documents', documents: ['1'] }, 'documents[0]'],
    [{ kind: 'documents', query: 'DELETE FROM documents' }, 'query'],
    [{ kind: 'documents', documents: [{ id: '1' }], source: 'yes' }, 'source'],
    [{ kind: 'documents', documents: [{ id: '1' }], source: false }, 'source'],
    [{ kind: 'versions', versions: versions(10_001) }, 'versions'],
    [{ kind: 'versions', versions: [{ id: '1', major: 'x', minor: '0' }] }, 'versions[0].major'],
    [{ kind: 'direct-data', extractType: 'all' }, 'extractType'],
    [{ kind: 'direct-data', extractType: 'full_directdata', startTime: 'noon' }, 'startTime'],
    [
      {
        kind: 'direct-data',
        extractType: 'full_directdata',
        startTime: '2031-05-07T00:00Z',
        stopTime: '2031-05-06T00:00Z',
      },
      'stopTime',
    ],
    [
      {
        kind: 'direct-data',
        extractType: 'full_directdata',
        period: 'yesterday',
        stopTime: '2031-05-06T00:00Z',
      },
      'period',
    ],
    [{ kind: 'direct-data', extractType: 'full_directdata', period: 'last-year' }, 'period'],
    [{ kind: 'loader', objects: [] }, 'objects'],
    [{ kind: 'loader', objects: Array.from({ length: 11 }, () => object) }, 'objects'],
    [{ kind: 'loader', objects: [{ object: 'product__v' }] }, 'objects[0].fields'],
    [{ kind: 'loader', objects: [{ ...object, fields: [1] }] }, 'objects[0].fields[0]'],
    [{ kind: 'loader', objects: [{ ...object, object: 'a/b' }] }, 'objects[0].object'],
    [{ kind: 'job', jobId: '' }, 'jobId'],
  ])('[vault:3.5.versions] %j: %s', (request, field) => {
    expect(refusedFor(request)).toBe(field)
  })
})

describe('a job that tells how it came', () => {
  const job = {
    id: remoteId('1301'),
    status: 'queued',
    startedAt: null,
    endedAt: null,
    hasFiles: false,
  } as const

  test('a scheduled one can be started now; others say nothing', () => {
    const { requestOf } = vault()
    expect(requestOf({ ...job, rawStatus: 'SCHEDULED', raw: {} })).toEqual({ kind: 'job', jobId: '1301' })
    expect(requestOf({ ...job, rawStatus: 'SUCCESS', raw: {} })).toBeNull()
  })

  test('a file of Direct Data can be asked for again', () => {
    const raw = {
      extract_type: 'incremental_directdata',
      start_time: '2031-05-06T07:00Z',
      stop_time: '2031-05-06T07:15Z',
    }
    const file = { ...job, id: remoteId('9001-20310506-0715-N~0a1b2c3d'), rawStatus: 'available' }
    expect(vault().requestOf({ ...file, raw })).toEqual({
      kind: 'direct-data',
      extractType: 'incremental_directdata',
      startTime: '2031-05-06T07:00:00Z',
      stopTime: '2031-05-06T07:15:00Z',
    })
    expect(vault().requestOf({ ...file, raw: {} })).toBeNull()
  })

  test('[vault:3.4.cancel] nothing can be cancelled, and Direct Data is never started', async () => {
    const { capabilities, mayStart } = vault()
    expect(capabilities).toMatchObject({ cancelJob: false, listTellsStarts: false })
    expect(capabilities.filesLiveFor(remoteId('5150'))).toBe(72 * 3_600_000)
    expect(capabilities.filesLiveFor(fileJobId('9001-20310506-0715-N', ofNone))).toBeNull()
    expect(mayStart(kept({ kind: 'direct-data', extractType: 'full_directdata' }))).toBe(false)
    expect(mayStart(kept({ kind: 'binder', binder: '1' }))).toBe(true)
    expect(mayStart(ofNone)).toBe(true)
  })
})
