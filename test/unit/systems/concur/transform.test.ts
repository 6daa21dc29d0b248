import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import { remoteId } from '../../../../main/core/ids.ts'
import {
  definitionIdOf,
  definitionPath,
  filePath,
  jobIdOf,
  statusPath,
} from '../../../../main/core/systems/concur/addresses.ts'
import {
  readDefinition,
  readDefinitions,
  readJob,
  readJobs,
  readStartedJob,
  readTime,
  startBody,
  statusOf,
} from '../../../../main/core/systems/concur/transform.ts'

const host = 'https://www.concursolutions.com'
const root = `${host}/api/expense/extract/v1.0`
const definitionUri = `${root}/gWqq$AbC9defGHijk`
const jobUri = `${definitionUri}/job/gJ$12abc`
const namespace = 'http://www.concursolutions.com/api/expense/extract/2010/02'

const job = (inside: string, attributes = `xmlns="${namespace}"`) => `<job ${attributes}>${inside}</job>`
const jobs = (...inside: readonly string[]) =>
  `<jobs xmlns="...">${inside.map(one => job(one, '')).join('\n')}</jobs>`
const notUnderstood = (why: string) =>
  expect.objectContaining({ code: 'answer-not-understood', facts: expect.objectContaining({ why }) })

describe('definitions', () => {
  test('[concur:1.4.definitions] the list has an id, a job-link and a name each', () => {
    const list = `<definitions xmlns="${namespace}">
      <definition><id>${definitionUri}</id><job-link>${definitionUri}/job</job-link><name>Weekly SAE</name></definition>
      <definition><id>${root}/Umj$swS19</id><job-link>${root}/Umj$swS19</job-link><name>T&amp;E &#8211; Europe</name></definition>
    </definitions>`
    expect(readDefinitions(list)).toEqual([
      { id: 'gWqq$AbC9defGHijk', name: 'Weekly SAE' },
      { id: 'Umj$swS19', name: 'T&E – Europe' },
    ])
    expect(readDefinitions(`<definitions xmlns="${namespace}"/>`)).toEqual([])
  })

  test('[concur:1.4.definitions-json] a bare list', () => {
    const list = JSON.stringify([
      { id: definitionUri, name: 'Weekly SAE', 'job-link': `${definitionUri}/job` },
    ])
    expect(readDefinitions(list)).toEqual([{ id: 'gWqq$AbC9defGHijk', name: 'Weekly SAE' }])
  })

  test('[concur:1.4.definition] one, in another order', () => {
    const one = `<definition xmlns="${namespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
      <name>AMEX Remittance - US</name><job-link>${definitionUri}/job</job-link><id>${definitionUri}</id></definition>`
    expect(readDefinition(one)).toEqual({ id: 'gWqq$AbC9defGHijk', name: 'AMEX Remittance - US' })
  })

  test('[concur:1.4.definition-json] one object', () => {
    expect(readDefinition(JSON.stringify({ id: definitionUri, name: 'A' }))).toEqual({
      id: 'gWqq$AbC9defGHijk',
      name: 'A',
    })
  })

  test('without a name it is called by its id; without an id it is none', () => {
    expect(readDefinition(`<definition><id>${definitionUri}</id></definition>`).name).toBe(
      'gWqq$AbC9defGHijk',
    )
    expect(() => readDefinition('<definition><name>A</name></definition>')).toThrow(notUnderstood('no-id'))
  })
})

describe('jobs', () => {
  const first = `<id>${jobUri}</id><status-link>${jobUri}/status</status-link><start-time>2031-05-06T07:08:09Z</start-time><status>Queued</status>`

  test('[concur:1.4.jobs] a job that has not ended has neither stop-time nor file-link', () => {
    expect(readJobs(jobs(first)).jobs).toEqual([
      {
        id: 'gJ$12abc',
        status: 'queued',
        rawStatus: 'Queued',
        startedAt: { raw: '2031-05-06T07:08:09Z', at: Date.UTC(2031, 4, 6, 7, 8, 9), zoneAssumed: false },
        endedAt: null,
        hasFiles: false,
        raw: {
          id: jobUri,
          'status-link': `${jobUri}/status`,
          'start-time': '2031-05-06T07:08:09Z',
          status: 'Queued',
        },
      },
    ])
  })

  test('[concur:1.4.finished] a finished one has both', () => {
    const ended = `${first.replace('Queued', 'Complete')}<stop-time>2031-05-06T07:09:00Z</stop-time><file-link>${jobUri}/file</file-link>`
    expect(readJobs(jobs(ended)).jobs[0]).toMatchObject({
      status: 'completed',
      endedAt: { at: Date.UTC(2031, 4, 6, 7, 9, 0) },
      hasFiles: true,
    })
  })

  test('[concur:1.4.jobs-order] newest first, whatever the order of the list', () => {
    const at = (id: string, time: string) =>
      `<id>${definitionUri}/job/${id}</id><start-time>${time}</start-time>`
    const list = jobs(
      at('old', '2031-01-01T00:00:00'),
      at('unread', 'yesterday'),
      at('new', '2031-03-01T00:00:00Z'),
      at('alsoNew', '2031-03-01T00:00:00.00'),
      at('middle', '2031-02-01T00:00:00Z'),
    )
    expect(readJobs(list).jobs.map(one => one.id)).toEqual(['unread', 'new', 'alsoNew', 'middle', 'old'])
  })

  test('[concur:1.4.jobs-json] a bare list', () => {
    const list = JSON.stringify([{ id: jobUri, status: 'Running', 'start-time': '2031-05-06T07:08:09' }])
    expect(readJobs(list).jobs).toMatchObject([{ id: 'gJ$12abc', status: 'running' }])
  })

  test('[concur:1.7.9] elements come in any order, and a job with an empty id is left out, and told of', () => {
    const shuffled = `<status>Running</status><file-link/><start-time>2031-05-06T07:08:09Z</start-time><id>${jobUri}</id>`
    const read = readJobs(
      jobs(
        '<id></id><status>Queued</status>',
        shuffled,
        '<id> </id><start-time>2031-05-06T07:08:09Z</start-time>',
        '<status>Queued</status>',
      ),
    )
    expect(read.jobs).toMatchObject([{ id: 'gJ$12abc', status: 'running', hasFiles: false }])
    expect(read.nameless).toMatchObject([null, { at: Date.UTC(2031, 4, 6, 7, 8, 9) }, null])
  })

  test('[concur:1.7.9] an entry in which nothing stands is no job', () => {
    const empty = '<id></id><status-link/><start-time> </start-time><status></status>'
    expect(readJobs(jobs(empty, '', `<id>${jobUri}</id>`))).toMatchObject({
      jobs: [{ id: 'gJ$12abc' }],
      nameless: [],
    })
  })

  test('an id that cannot be read is an error: leaving it out would hide a job', () => {
    expect(() => readJobs(jobs(`<id>${definitionUri}</id>`))).toThrow(notUnderstood('id'))
    expect(() => readJobs(jobs('<id>https://elsewhere.example/job/1</id>'))).toThrow(notUnderstood('id'))
  })

  test('a list that was cut is no shorter list', () => {
    const whole = jobs(first, first)
    for (const cut of [whole.slice(0, -1), whole.slice(0, whole.indexOf('</job>') + 6), whole.slice(0, 40)]) {
      expect(() => readJobs(cut)).toThrow(notUnderstood('not-well-formed'))
    }
  })

  test('[concur:1.4.job] details and status: the job that was asked for, or not understood', () => {
    const asked = remoteId('gJ$12abc')
    expect(readJob(job(first), asked)).toMatchObject({ id: asked, status: 'queued' })
    expect(readJob(job('<status>Queued</status>'), asked).id).toBe(asked)
    expect(() => readJob(job(first.replaceAll('12abc', '12abd')), asked)).toThrow(notUnderstood('another-id'))
  })

  test('[concur:1.4.two-ids] the documents list a second id for a status: that of the definition', () => {
    const both = (one: string, other: string) =>
      job(`<id>${one}</id><id>${other}</id><status>Running</status>`)
    const asked = remoteId('gJ$12abc')
    expect(readJob(both(definitionUri, jobUri), asked).id).toBe(asked)
    expect(readJob(both(jobUri, definitionUri), asked).id).toBe(asked)
  })
})

describe('the answer to a start', () => {
  test('[concur:1.4.start-answer] the id in the body is the job’s', () => {
    const body = job(`<id>${jobUri}</id><status>Queued</status>`)
    expect(readStartedJob(body, jobUri)).toMatchObject({ id: 'gJ$12abc', status: 'queued' })
  })

  test('[concur:1.4.start-location] Location may name the definition: it is used only where the body has no id', () => {
    const body = job(`<id>${jobUri}</id><status>Queued</status>`)
    expect(readStartedJob(body, definitionUri).id).toBe('gJ$12abc')
    expect(readStartedJob(body, `${definitionUri}/job/other`).id).toBe('gJ$12abc')
    expect(readStartedJob(job('<status>Queued</status>'), jobUri).id).toBe('gJ$12abc')
    expect(readStartedJob(job(`<id>${definitionUri}</id>`), jobUri).id).toBe('gJ$12abc')
    expect(() => readStartedJob(job('<id/>'), definitionUri)).toThrow(notUnderstood('no-id'))
    expect(() => readStartedJob(job('<id/>'), undefined)).toThrow(notUnderstood('no-id'))
  })

  test('[concur:1.4.start-body] the request names the definition by its whole address', () => {
    expect(startBody('https://www-us2.api.concursolutions.com', remoteId('gWqq$AbC9defGHijk'))).toBe(
      `<definition xmlns="${namespace}"><id>https://www-us2.api.concursolutions.com/api/expense/extract/v1.0/gWqq$AbC9defGHijk</id></definition>`,
    )
  })
})

describe('ids', () => {
  const spellings = [
    ['[concur:1.7.1] with $ and an explicit :443', jobUri.replace('.com/', '.com:443/')],
    ['[concur:1.7.1] with $ encoded', jobUri.replaceAll('$', '%24')],
    ['[concur:1.7.2] at another host', jobUri.replace('www.', 'eu2.api.')],
    ['[concur:1.7.4] under /api/extract', jobUri.replace('/expense', '')],
    ['[concur:1.7.4] of the status link', `${jobUri}/status`],
    ['[concur:1.7.5] behind a blank', ` ${jobUri}\n`],
    ['[concur:1.7.5] before a no-break space', `\u00a0${jobUri}\u00a0`],
    ['[concur:1.7.5] before one that was decoded wrongly', `${jobUri}\u00c2\u00a0`],
    ['[concur:1.7.5] before what is left of one', `${jobUri}\u00c2 `],
    ['[concur:1.7.6] before a stray >', `${jobUri}>`],
    ['with a query', `${jobUri}?x=1`],
    ['alone', 'gJ$12abc'],
  ] as const

  test.each(spellings)('%s: one job', (_name, text) => {
    expect(jobIdOf(text)).toBe('gJ$12abc')
    expect(readJobs(jobs(`<id>${text.replace('&', '&amp;')}</id>`)).jobs[0]?.id).toBe('gJ$12abc')
    if (text !== 'gJ$12abc') expect(definitionIdOf(text)).toBe('gWqq$AbC9defGHijk')
  })

  test('[concur:1.7.3] a job-link without /job: addresses are built from the id, so that it does not matter', () => {
    const list = `<definitions><definition><id>${definitionUri}</id><job-link>${definitionUri}</job-link></definition></definitions>`
    const [definition] = readDefinitions(list)
    expect(definitionPath(definition?.id ?? remoteId(''))).toBe('/api/expense/extract/v1.0/gWqq$AbC9defGHijk')
    expect(definitionIdOf(`${definitionUri}/job`)).toBe('gWqq$AbC9defGHijk')
  })

  test('case is kept', () => {
    expect(
      jobIdOf(jobUri.toUpperCase().replace('/API/EXPENSE/EXTRACT/V1.0', '/api/expense/extract/v1.0')),
    ).toBe('GJ$12ABC')
  })

  test('the address of a definition is no job', () => {
    for (const text of [definitionUri, `${definitionUri}/job`, `${definitionUri}/job/`, '']) {
      expect(jobIdOf(text)).toBeNull()
    }
  })

  test.each([
    '..',
    '.',
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    'a b',
    '',
    'a%2Fb',
    '%2e%2e',
    'a\u0000',
    'é',
    'x'.repeat(513),
  ])('an id cannot leave its place in the path: %j', text => {
    expect(definitionIdOf(`${root}/${encodeURIComponent(text)}`)).toBeNull()
    expect(() => filePath(remoteId('gWqq'), remoteId(text))).toThrow(
      expect.objectContaining({ code: 'bad-input', facts: { field: 'remoteId', sent: false } }),
    )
  })

  test('addresses have $ as it is, and everything else that means something encoded', () => {
    expect(statusPath(remoteId('a$b'), remoteId('c+d@e'))).toBe(
      '/api/expense/extract/v1.0/a$b/job/c%2Bd%40e/status',
    )
  })
})

describe('statuses', () => {
  test.each([
    ['[concur:1.5.queued]', 'Queued', 'queued'],
    ['[concur:1.5.running]', 'Running', 'running'],
    ['[concur:1.5.completed]', 'Completed', 'completed'],
    ['[concur:1.5.complete]', 'Complete', 'completed'],
    ['[concur:1.5.complete] in any case', 'COMPLETE', 'completed'],
    ['[concur:1.5.number]', '2', 'completed'],
    ['[concur:1.5.failed]', 'Failed', 'failed'],
    ['[concur:1.5.unknown]', 'Transforming', 'unknown'],
    ['[concur:1.5.unknown] another number', '3', 'unknown'],
    ['[concur:1.5.unknown] a word of the language', 'constructor', 'unknown'],
    ['[concur:1.5.unknown] none', '', 'unknown'],
  ])('%s %s', (_fact, raw, status) => {
    expect(statusOf(raw)).toBe(status)
    expect(readJob(job(`<status> ${raw}\u00a0</status>`), remoteId('a'))).toMatchObject({
      status,
      rawStatus: raw,
    })
  })

  test('[concur:1.5.number] as a number in JSON', () => {
    expect(readJob('{"status":2}', remoteId('a'))).toMatchObject({ status: 'completed', rawStatus: '2' })
  })

  test('[concur:1.5.failed] a failed job has no file-link, and [concur:1.5.no-file-link] a finished one may lack it', () => {
    expect(readJob(job('<status>Failed</status>'), remoteId('a')).hasFiles).toBe(false)
    expect(readJob(job('<status>Completed</status>'), remoteId('a')).hasFiles).toBe(false)
    expect(readJob(job('<status>Completed</status><file-link> </file-link>'), remoteId('a')).hasFiles).toBe(
      false,
    )
  })
})

describe('[concur:1.7.7] times', () => {
  const noon = Date.UTC(2011, 7, 25, 12, 25, 22)
  test.each([
    ['2011-08-25T12:25:22Z', noon, false],
    ['2011-08-25T12:25:22', noon, true],
    ['2011-08-25T12:25:22.58', noon + 580, true],
    ['2011-08-25T12:25:22.537', noon + 537, true],
    ['2011-08-25T12:25:22.5379999Z', noon + 537, false],
    ['2011-08-25T14:25:22+02:00', noon, false],
    ['2011-08-25T08:55:22-0330', noon, false],
  ])('%s', (raw, at, zoneAssumed) => {
    expect(readTime(raw)).toEqual({ raw, at, zoneAssumed })
  })

  test.each([
    '2011-08-25',
    '6/1/2030 1:02:03 PM',
    '2011-02-30T00:00:00',
    '2011-08-25T24:00:00',
    '2011-08-25T12:60:00Z',
    'soon',
  ])('what cannot be read is kept as it came: %s', raw =>
    expect(readTime(raw)).toEqual({ raw, at: null, zoneAssumed: false }),
  )

  test('no text is no time', () => expect(readTime('')).toBeNull())
})

describe('[concur:1.7.8] namespaces and prefixes make no difference', () => {
  const inside = `<id>${jobUri}</id><status>Queued</status>`
  const asked = remoteId('gJ$12abc')
  test.each([
    ['literally ...', job(inside, 'xmlns="..."')],
    [
      'with an unused prefix',
      job(inside, `xmlns="${namespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`),
    ],
    ['none', job(inside, '')],
    ['prefixed', `<c:job xmlns:c="${namespace}"><c:id>${jobUri}</c:id><c:status>Queued</c:status></c:job>`],
    ['behind a declaration and blanks', `\n <?xml version="1.0" encoding="utf-8"?>\n${job(inside)}\n`],
    ['with comments and CDATA', job(`<!-- - --><id><![CDATA[${jobUri}]]></id><status>Queued</status>`)],
    ['with text between elements', job(`<id>${jobUri}</id>\u00c2\u00a0<status>Queued</status>`)],
  ])('%s', (_name, text) => {
    expect(readJob(text, asked)).toMatchObject({ id: asked, status: 'queued' })
  })
})

test('[concur:1.7.10] JSON keys keep their hyphens', () => {
  const text = JSON.stringify({
    id: jobUri,
    'status-link': `${jobUri}/status`,
    'start-time': '2031-05-06T07:08:09.25',
    'stop-time': '2031-05-06T07:08:10Z',
    'file-link': `${jobUri}/file`,
    status: 2,
    unknown: { nested: true },
  })
  expect(readJob(text, remoteId('gJ$12abc'))).toMatchObject({
    startedAt: { at: Date.UTC(2031, 4, 6, 7, 8, 9, 250), zoneAssumed: true },
    endedAt: { at: Date.UTC(2031, 4, 6, 7, 8, 10) },
    hasFiles: true,
    status: 'completed',
    raw: { status: '2', 'file-link': `${jobUri}/file` },
  })
})

describe('what is no answer of Concur', () => {
  test.each([
    ['a web page', '<!DOCTYPE html><html><head><title>Sign in</title></head></html>', 'doctype'],
    ['a web page without a DOCTYPE', '<html><body>Sign in</body></html>', 'root'],
    ['entities of its own', '<!DOCTYPE jobs [<!ENTITY a "b">]><jobs>&a;</jobs>', 'doctype'],
    ['two documents', '<jobs/><jobs/>', 'root'],
    ['another element', '<Error><Message>no</Message></Error>', 'root'],
    ['text', 'Service unavailable', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['an object for a list', '{"Error":{"Message":"no"}}', 'no-list'],
    ['a list of texts', '["a"]', 'no-object'],
    ['deep nesting', '<jobs>'.repeat(500) + '</jobs>'.repeat(500), 'not-well-formed'],
    ['deep nesting in JSON', '['.repeat(100_000), 'not-well-formed'],
  ])('%s', (_name, text, why) => {
    expect(() => readJobs(text)).toThrow(notUnderstood(why))
    expect(() => readJobs(text)).toThrow(AppError)
  })

  test('a reference that XML does not know stays as it came; an encoded one is not resolved twice', () => {
    const named = (name: string) =>
      readDefinition(`<definition><id>${definitionUri}</id><name>${name}</name></definition>`).name
    expect(named('&nbsp;a&amp;lt;b&#x41;&#66;&#xFFFFFFFF;')).toBe('&nbsp;a&lt;bAB&#xFFFFFFFF;')
  })

  test('fields are bounded', () => {
    const [read] = readJobs(jobs(`<id>${jobUri}</id><status>${'x'.repeat(10_000)}</status>`)).jobs
    expect(read?.rawStatus).toHaveLength(4096)
  })
})
