import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import type { RemoteJob } from '../../../../main/core/systems/system.ts'
import { answersInTurn, type Scripted } from '../../../fakes/scripted-http.ts'
import { byPath, failed, kept, ofNone, ok, origin, said, session, vault } from './fixture.ts'

const id = remoteId('36000')
const ended = (more: Partial<RemoteJob> = {}): RemoteJob => ({
  id,
  status: 'completed',
  rawStatus: 'SUCCESS',
  startedAt: null,
  endedAt: null,
  hasFiles: true,
  raw: {},
  ...more,
})
const documents = kept({ kind: 'documents', documents: [{ id: '23' }] })
const loader = kept({
  kind: 'loader',
  objects: [
    { object: 'product__v', fields: ['id'] },
    { object: 'site__v', fields: ['id'] },
  ],
})
const results = '/api/v26.2/objects/documents/batch/actions/fileextract/36000/results'
const binder = '/api/v26.2/objects/binders/actions/export/36000/results'
const content = '/api/v26.2/services/file_staging/items/content'
const item = { responseStatus: 'SUCCESS', id: 23, file: "/36000/23/0_1/It's ü.pdf", user_id__v: 4711 }
const bytes = (text: string, headers: Readonly<Record<string, string>> = {}): Scripted => ({
  headers: {
    'content-type': 'application/octet-stream;charset=UTF-8',
    'content-disposition': `attachment;filename="It's.pdf"`,
    'content-range': `bytes 0-${text.length - 1}/${text.length}`,
    ...headers,
  },
  body: text,
})

const opened = async (answers: Readonly<Record<string, Scripted>>, own: Readonly<Record<string, string>>) => {
  const http = byPath({ [`GET ${results}`]: ok({ data: [item] }), ...answers })
  const [system, open] = [vault(), session(http, own)]
  const [file] = (await system.files(open, documents, ended())).files
  if (!file) throw new Error('There is a file')
  const answer = await system.open(open, documents, id, file, null)
  return { answer, http }
}
const name = '36000/23/0_1/It%27s%20%C3%BC.pdf'

describe('a staged file', () => {
  test('[vault:3.5.prefix] [vault:3.5.encoded] is below its user for whom the root is the whole server', async () => {
    const { answer } = await opened(
      { [`GET ${content}/u4711/${name}`]: bytes('abc') },
      { stagingRoot: 'whole' },
    )
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '3' } })
  })

  test('[vault:3.5.prefix] is where it says for everybody else', async () => {
    await opened({ [`GET ${content}/${name}`]: bytes('abc') }, { stagingRoot: 'own' })
  })

  test('is looked for in both places where nobody says which', async () => {
    const gone = failed('INVALID_DATA', 'No such file')
    const { http } = await opened(
      { [`GET ${content}/${name}`]: gone, [`GET ${content}/u4711/${name}`]: bytes('abc') },
      { stagingRoot: 'unknown' },
    )
    expect(http.requests).toHaveLength(3)
  })

  test('[vault:3.7.removed] that is not there is gone, in the vault’s own words', async () => {
    const gone = failed('INVALID_DATA', 'No such file')
    await expect(opened({ [`GET ${content}/u4711/${name}`]: gone }, {})).rejects.toMatchObject({
      code: 'file-gone',
      said: 'No such file',
    })
    const refused = failed('INSUFFICIENT_ACCESS')
    await expect(opened({ [`GET ${content}/u4711/${name}`]: refused }, {})).rejects.toMatchObject({
      code: 'permission-missing',
    })
  })

  test('[vault:3.1.json-for-file] an error with status 200 is that error', async () => {
    await expect(
      opened({ [`GET ${content}/u4711/${name}`]: failed('INVALID_SESSION_ID') }, {}),
    ).rejects.toMatchObject({ code: 'session-expired' })
  })

  test('[vault:3.7.disposition] keeps its headers as they came', async () => {
    const { answer } = await opened({ [`GET ${content}/u4711/${name}`]: bytes('abc') }, {})
    expect(answer.headers['content-disposition']).toBe(`attachment;filename="It's.pdf"`)
  })

  test('a path that would leave its place is not asked for', async () => {
    const http = byPath({ [`GET ${results}`]: ok({ data: [{ ...item, file: '/36000/../../x' }] }) })
    const [system, open] = [vault(), session(http)]
    const [file] = (await system.files(open, documents, ended())).files
    if (!file) throw new Error('There is a file')
    await expect(system.open(open, documents, id, file, null)).rejects.toMatchObject({
      code: 'answer-not-understood',
    })
    expect(http.requests).toHaveLength(1)
  })
})

describe('what a job brought', () => {
  test('[vault:3.1.warning] a warning about results goes along with them', async () => {
    const warned = said({ responseStatus: 'WARNING', warnings: ['One is old'], data: [item] })
    const found = await vault().files(session(answersInTurn(warned)), documents, ended())
    expect(found).toMatchObject({ warned: ['One is old'], missing: [] })
  })

  test('what was asked for and the results leave out is missing', async () => {
    const two = kept({ kind: 'documents', documents: [{ id: '23' }, { id: '24' }] })
    const one = ok({ data: [item, item] })
    const files = (target: typeof two, answer = one) =>
      vault().files(session(answersInTurn(answer)), target, ended())
    expect((await files(two)).missing).toEqual([{ item: '24', said: 'not in the results' }])
    expect((await files(documents)).missing).toEqual([])
    const failing = ok({ data: [item, { responseStatus: 'FAILURE', id: 24, errors: [] }] })
    expect((await files(two, failing)).missing).toEqual([{ item: '24', said: 'FAILURE' }])
    expect(await files(two, ok({ data: [] }))).toEqual({ files: [], missing: [] })
    const version = (minor: string) => ({ id: '23', major: '1', minor })
    const versions = kept({ kind: 'versions', versions: [version('0'), version('1'), version('2')] })
    expect((await files(versions)).missing).toEqual([{ item: '23', said: 'not in the results' }])
  })

  test('[vault:3.4.errors-encountered] errors are said, and decide where nothing is usable', async () => {
    const errors = ended({ rawStatus: 'ERRORS_ENCOUNTERED' })
    const one = ok({ data: [item] })
    expect(await vault().files(session(answersInTurn(one)), documents, errors)).toMatchObject({
      warned: ['ERRORS_ENCOUNTERED'],
    })
    const status = ok({ data: { id: 36000, status: 'ERRORS_ENCOUNTERED', method: 'POST' } })
    const job = (results: Scripted) => vault().job(session(answersInTurn(status, results)), documents, id)
    expect(await job(one)).toMatchObject({ status: 'completed', hasFiles: true })
    const none = ok({ data: [{ responseStatus: 'FAILURE', id: 23 }] })
    expect(await job(none)).toMatchObject({ status: 'failed', hasFiles: false })
    // Whoever may not read them is told so when the files are fetched.
    expect(await job(failed('INSUFFICIENT_ACCESS'))).toMatchObject({ status: 'completed', hasFiles: true })
  })

  const task = (number: number) => `GET /api/v26.2/services/loader/36000/tasks/${number}/results`
  const csv = (body: string): Scripted => ({ headers: { 'content-type': 'text/csv;charset=UTF-8' }, body })

  test('[vault:3.9.loader-results] [vault:3.9.empty-body] [vault:3.4.tasks] of the Loader: a file for each task that has text', async () => {
    const http = byPath({
      'GET /api/v26.2/services/jobs/36000/tasks': ok({ tasks: [{ id: 2, state: 'ERRORS' }] }),
      [task(1)]: csv('id\n'),
      [task(2)]: csv(''),
    })
    const found = await vault().files(session(http), loader, ended())
    expect(found.files.map(({ name }) => name)).toEqual(['product__v.csv'])
    expect(found.missing).toEqual([{ item: 'site__v', said: 'ERRORS' }])
  })

  test('[vault:3.4.tasks] the list of tasks may be empty, or not be there', async () => {
    const tasks = 'GET /api/v26.2/services/jobs/36000/tasks'
    for (const answer of [ok({ tasks: [] }), failed('INVALID_DATA')]) {
      const http = byPath({ [tasks]: answer, [task(1)]: csv('id\n'), [task(2)]: csv('id\n1\n') })
      expect((await vault().files(session(http), loader, ended())).files).toHaveLength(2)
    }
  })

  test('a job of no definition: what its links say', async () => {
    const links = [{ rel: 'artifacts', href: '/api/v18.3/objects/x/artifacts', method: 'GET' }]
    const http = byPath({ 'GET /api/v18.3/objects/x/artifacts': bytes('abc') })
    const [system, open] = [vault(), session(http)]
    const { files } = await system.files(open, ofNone, ended({ raw: { links } }))
    expect(files).toHaveLength(1)
    const [file] = files
    if (!file) throw new Error('There is a file')
    expect((await system.open(open, ofNone, id, file, null)).status).toBe(200)
  })

  test('a link to another place is called on the connection’s own, or not at all', async () => {
    const at = (href: string) => ended({ raw: { links: [{ rel: 'results', href }] } })
    const http = byPath({ 'GET /api/v26.1/r': ok({ data: [item] }) })
    await vault().files(session(http), ofNone, at('https://evil.example/api/v26.1/r'))
    expect(http.requests[0]?.url).toBe(`${origin}/api/v26.1/r`)
    for (const href of ['/ui/logout', '//evil.example/x', 'javascript:1', '/api/v26.1/../../ui']) {
      await expect(vault().files(session(answersInTurn()), ofNone, at(href))).rejects.toMatchObject({
        code: 'answer-not-understood',
      })
    }
  })

  test('and without links, what the two kinds of exports say of its id', async () => {
    const not = failed('INVALID_DATA')
    const flat = ok({ job_id: 36000, id: 454, file: '/36000/454/1_0/Package.zip', user_id__v: 4711 })
    const exports = byPath({ [`GET ${results}`]: not, [`GET ${binder}`]: flat })
    expect((await vault().files(session(exports), ofNone, ended())).files).toHaveLength(1)
    const neither = byPath({ [`GET ${results}`]: not, [`GET ${binder}`]: not })
    expect(await vault().files(session(neither), ofNone, ended())).toEqual({ files: [], missing: [] })
  })
})
