import AdmZip from 'adm-zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API, type Bench, elements, field, openBench, postChunked } from './support.ts'

let bench: Bench
let authorization: string

beforeAll(async () => {
  bench = await openBench()
  authorization = await bench.token()
})

afterAll(() => bench.practice.close())

const get = (path: string, accept?: string) =>
  bench.call(path, { authorization, ...(accept === undefined ? {} : { accept }) })
const tail = (uri: string | undefined) => uri?.trim().replace(/>$/, '').split('/').pop()

describe('definitions', () => {
  it('are listed with and without the final slash', async () => {
    const list = await get(`${API}/`)
    expect(list.status).toBe(200)
    expect(list.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(elements(list.text, 'name')).toEqual(bench.practice.concur.definitions.map(one => one.name))
    expect((await get(API)).text).toBe(list.text)
  })

  it('have addresses at another host than the one called, some job-links without /job', async () => {
    const list = (await get(`${API}/`)).text
    const links = elements(list, 'job-link')
    expect(elements(list, 'id').every(id => id.startsWith('https://www.concursolutions.com/'))).toBe(true)
    expect(links.filter(link => link.endsWith('/job')).length).toBeGreaterThan(0)
    expect(links.filter(link => !link.endsWith('/job'))).toHaveLength(2)
  })

  it('come as JSON when asked for, with hyphens in the keys', async () => {
    const list = await get(`${API}/`, 'application/json')
    expect(list.headers.get('content-type')).toBe('application/json')
    expect(JSON.parse(list.text)[0]).toEqual({
      id: expect.stringContaining(API),
      'job-link': expect.stringContaining(API),
      name: 'Standard Accounting Extract',
    })
  })

  it('have details of their own, with $ as it is or as %24', async () => {
    const id = bench.definition('European Extract')
    const plain = await get(`${API}/${id}`)
    expect(field(plain.text, 'name')).toBe('European Extract')
    expect((await get(`${API}/${id.replaceAll('$', '%24')}`)).text).toBe(plain.text)
    expect(JSON.parse((await get(`${API}/${id}`, 'application/json')).text)).toMatchObject({
      name: 'European Extract',
    })
  })

  it('answer 404 for what is not there and 405 for what cannot be done', async () => {
    const id = bench.definition('European Extract')
    expect((await get(`${API}/gNoSuch$definition`)).status).toBe(404)
    expect((await get(`${API}/${id}/job/gNoSuch$job`)).status).toBe(404)
    expect((await get(`${API}/${id}/jobs`)).status).toBe(404)
    expect((await get(`${API}/%`)).status).toBe(404)
    // The documented job-link of this definition lacks /job: nothing is started there.
    expect((await bench.call(`${API}/${id}`, { method: 'POST', authorization })).status).toBe(405)
  })
})

describe('errors', () => {
  it('are an Error element, with a server time that has no zone', async () => {
    const answer = await get(`${API}/gNoSuch$definition`)
    expect(answer.text).toMatch(
      /^<Error><Message>[^<]+<\/Message><Server-Time>2026-11-05T\d\d:\d\d:\d\d<\/Server-Time><Id>[0-9A-F-]{36}<\/Id><\/Error>$/,
    )
  })

  it('come as JSON when asked for', async () => {
    const answer = await get(`${API}/gNoSuch$definition`, 'application/json')
    expect(JSON.parse(answer.text)).toEqual({
      Error: { Message: expect.any(String), 'Server-Time': expect.any(String), Id: expect.any(String) },
    })
  })

  it('carry a correlation id, the one sent where there is one', async () => {
    const first = await get(`${API}/`)
    const second = await get(`${API}/gNoSuch$definition`)
    const ids = [first, second].map(answer => answer.headers.get('concur-correlationid'))
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain(null)
    const sent = await bench.call(API, { authorization, headers: { 'concur-correlationid': 'mine' } })
    expect(sent.headers.get('concur-correlationid')).toBe('mine')
  })
})

describe('a run', () => {
  it('is started with 201 and a Location, and shows Queued, Running and its end', async () => {
    const definition = bench.definition('Standard Accounting Extract')
    const started = await bench.call(`${API}/${definition}/job`, {
      method: 'POST',
      authorization,
      contentType: 'application/xml',
      body: `<definition xmlns="http://www.concursolutions.com/api/expense/extract/2010/02"><id>x</id></definition>`,
    })
    expect(started.status).toBe(201)
    const location = started.headers.get('location') ?? ''
    expect(location).toMatch(
      /^https:\/\/www\.concursolutions\.com\/api\/expense\/extract\/v1\.0\/.+\/job\/.+$/,
    )
    expect(field(started.text, 'id')).toBe(location)
    expect(field(started.text, 'status')).toBe('Queued')
    expect(field(started.text, 'status-link')).toMatch(/^ https.*\/status$/)
    expect(field(started.text, 'stop-time')).toBeUndefined()
    expect(field(started.text, 'start-time')).toBe('2026-11-05T10:00:00Z')

    const path = new URL(location).pathname
    const shown = async () => {
      const [list, details, status] = await Promise.all([
        get(`${API}/${definition}/job`),
        get(path),
        get(`${path}/status`),
      ])
      return [list, details, status].map(answer => field(answer.text, 'status'))
    }
    expect(await shown()).toEqual(['Queued', 'Queued', 'Queued'])
    expect((await get(`${path}/file`)).status).toBe(404)
    bench.wait(1_500)
    expect(await shown()).toEqual(['Running', 'Running', 'Running'])
    expect(field((await get(path)).text, 'file-link')).toBeUndefined()
    bench.wait(4_000)
    expect(await shown()).toEqual(['Complete', 'Complete', 'Completed'])
    expect(tail(field((await get(`${path}/status`)).text, 'file-link'))).toBe('file')
    expect(field((await get(path)).text, 'stop-time')).toContain('2026-11-05T10:00:05')
  })

  it('gives a zip where a definition writes several files', async () => {
    const path = await bench.start(bench.definition('European Extract'), authorization)
    bench.wait(5_500)
    const file = await get(`${path}/file`)
    expect(file.headers.get('content-type')).toBe('application/zip')
    expect(file.headers.get('content-length')).toBe(String(file.bytes.length))
    const names = new AdmZip(file.bytes).getEntries().map(entry => entry.entryName)
    expect(names).toHaveLength(2)
    expect(names[0]).toMatch(/^extract_CES_SAE_v3_EU_p0012345abcd_\d{14}\.txt$/)
  })

  it('gives text/csv where there is one file, named or not', async () => {
    const cards = await bench.start(bench.definition('Card Transactions'), authorization)
    const amex = await bench.start(bench.definition('AMEX Remittance - US'), authorization)
    bench.wait(5_500)
    const named = await get(`${cards}/file`)
    expect(named.headers.get('content-type')).toBe('text/csv')
    expect(named.headers.get('content-disposition')).toMatch(
      /^attachment; filename="extract_card_transactions_.*\.csv"$/,
    )
    expect((await get(`${amex}/file`)).headers.get('content-disposition')).toBeNull()
  })

  it('is refused with 409 while one of the same definition is under way, and starts nothing', async () => {
    const definition = bench.definition('Asian Extract')
    const before = bench.practice.concur.started(definition)
    await bench.start(definition, authorization)
    const second = await bench.call(`${API}/${definition}/job`, { method: 'POST', authorization })
    expect(second.status).toBe(409)
    expect(bench.practice.concur.started(definition)).toBe(before + 1)
    expect(bench.practice.concur.started('Asian Extract')).toBe(before + 1)
    bench.wait(5_500)
    await bench.start(definition, authorization)
    expect(bench.practice.concur.started(definition)).toBe(before + 2)
    bench.wait(5_500)
  })

  it('is refused with 400 for a body that is no definition, and for a chunked one', async () => {
    const definition = bench.definition('Cash Advances')
    const path = `${API}/${definition}/job`
    const odd = await bench.call(path, { method: 'POST', authorization, body: '<job/>' })
    expect(odd.status).toBe(400)
    expect(await postChunked(`${bench.practice.concur.url}${path}`, { authorization })).toBe(400)
    expect(bench.practice.concur.started(definition)).toBe(0)
  })

  it('is a number in the JSON of the status resource once completed', async () => {
    const path = await bench.start(bench.definition('Cash Advances'), authorization)
    bench.wait(5_500)
    const json = async (of: string) => JSON.parse((await get(of, 'application/json')).text)
    expect((await json(`${path}/status`)).status).toBe(2)
    expect((await json(path)).status).toBe('Complete')
    expect(Object.keys(await json(path)).sort()).toEqual(
      ['file-link', 'id', 'start-time', 'status', 'status-link', 'stop-time'].sort(),
    )
  })
})

describe('the job list', () => {
  it('holds the last hundred only, and old jobs can still be asked for', async () => {
    const definition = bench.definition('AMEX Remittance - US')
    const first = await bench.start(definition, authorization)
    bench.wait(5_500)
    let last = first
    for (let i = 0; i < 100; i += 1) {
      last = await bench.start(definition, authorization)
      bench.wait(5_500)
    }
    const ids = elements((await get(`${API}/${definition}/job`)).text, 'id').map(tail)
    expect(ids).toHaveLength(100)
    expect(ids[0]).toBe(tail(last))
    expect(ids).not.toContain(tail(first))
    expect((await get(first)).status).toBe(200)
  })

  it('has the oldest job first for some definitions', async () => {
    const definition = bench.definition('Card Transactions')
    const path = await bench.start(definition, authorization)
    const ids = elements((await get(`${API}/${definition}/job`)).text, 'id')
    expect(tail(ids.at(-1))).toBe(tail(path))
    bench.wait(5_500)
  })
})

describe('the quirks of the real service', () => {
  const every = async () => {
    const lists = await Promise.all(
      bench.practice.concur.definitions.map(({ id }) => get(`${API}/${id}/job`)),
    )
    return lists.map(list => list.text).join('\n')
  }

  it('show in the job lists', async () => {
    const lists = await every()
    const links = elements(lists, 'status-link').filter(link => link !== '')
    expect(links.some(link => link.startsWith('https://www.concursolutions.com:443/'))).toBe(true)
    expect(links.some(link => link.includes('.com/api/extract/v1.0/'))).toBe(true)
    expect(links.some(link => link.includes('.com/api/expense/extract/v1.0/'))).toBe(true)
    expect(elements(lists, 'file-link').some(link => link.startsWith(' '))).toBe(true)
    expect(lists).toContain('</status-link>\u00a0')
    expect(lists).toContain('</status-link>\u00c2\u00a0')
    expect(elements(lists, 'id').filter(id => id === '')).toHaveLength(1)
    expect(elements(lists, 'status')).not.toContain('Completed')
  })

  it('write times with Z, without zone, with two and with three fraction digits', async () => {
    const times = elements(await every(), 'start-time')
    for (const form of [/:\d\dZ$/, /:\d\d$/, /\.\d\dZ$/, /\.\d{3}$/]) {
      expect(times.some(time => form.test(time))).toBe(true)
    }
  })

  it('show in job details: a stray > at an id, another order, another namespace', async () => {
    const definition = bench.definition('AMEX Remittance - US')
    const ids = elements((await get(`${API}/${definition}/job`)).text, 'id').map(tail)
    const details = await Promise.all(ids.slice(0, 4).map(id => get(`${API}/${definition}/job/${id}`)))
    const stray = details.filter(answer => field(answer.text, 'id')?.endsWith('>'))
    expect(stray).toHaveLength(2)
    for (const { text } of details) {
      expect(text).toContain('<job xmlns="...">')
      expect(text.indexOf('<status>')).toBeLessThan(text.indexOf('<id>'))
    }
  })

  it('accept the status under both paths, and a link as it stands is a wrong one where it is', async () => {
    const definition = bench.definition('AMEX Remittance - US')
    const id = tail(elements((await get(`${API}/${definition}/job`)).text, 'id')[0])
    const alias = await get(`/api/extract/v1.0/${definition}/job/${id}/status`)
    expect(alias.status).toBe(200)
    expect(alias.text).toBe((await get(`${API}/${definition}/job/${id}/status`)).text)
    expect((await get(`/api/extract/v1.0/${definition}/job/${id}`)).status).toBe(404)
    expect((await get(`${API}/${definition}/job/${id}%3E`)).status).toBe(404)
  })
})
