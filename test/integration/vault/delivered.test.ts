import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import type { RemoteJob, Target } from '../../../main/core/systems/system.ts'
import { hours } from '../../../main/core/time.ts'
import { binderBytes, documentBytes, documents } from '../../../main/practice/vault/documents.ts'
import { deliveryDesk } from './delivery-desk.ts'
import { kept, question } from './desk.ts'

type Desk = Awaited<ReturnType<typeof deliveryDesk>>

const ask = ({ vault }: Desk, name: string): Target => kept(vault.requests[name] ?? {})
const bytesOf = ({ folder }: Desk, name: string) => readFileSync(join(folder, name))

/** Starts a run of a request that the practice vault suggests, and delivers what it made. */
async function run(it: Desk, name: string, ...scenario: Parameters<Desk['ended']>[1][]) {
  const target = ask(it, name)
  return it.deliver(target, await it.ended(target, ...scenario))
}

/** The newest file that Direct Data offers of a kind. */
async function newestFile(it: Desk, target: Target): Promise<RemoteJob> {
  const { jobs } = await it.run((session, system) => system.jobs(session, question({ targets: [target] })))
  const file = jobs.find(job => job.target === target.id && job.hasFiles)
  if (!file) throw new Error('Direct Data offers a file')
  return file
}

describe('documents', () => {
  it('[vault:3.5.path] [vault:3.5.encoded] are delivered as they are, under their own names', async () => {
    const it = await deliveryDesk()
    const delivery = await run(it, 'All documents')
    expect(it.visible()).toEqual([
      '100% (final) #2 & more.txt',
      "Michael's list 8-30-25.csv",
      'Overview.html',
      'Plan A.pdf',
      'Plan A~2.pdf',
      'Prüfbericht Nr. 7.docx',
      'Settings.xml',
    ])
    for (const document of documents.slice(0, 5)) {
      expect(bytesOf(it, document.name).equals(await documentBytes(document))).toBe(true)
    }
    // Two documents have one name: the second one got another, and that is said.
    expect(delivery.state).toBe('delivered-with-warnings')
    expect((await it.receiptOf(delivery))?.warnings).toEqual([
      { code: 'name-changed', facts: { from: 'Plan A.pdf', to: 'Plan A~2.pdf' } },
    ])
  })

  it('[vault:3.5.item-failure] [vault:3.4.errors-encountered] what could not be exported stands in the receipt', async () => {
    const it = await deliveryDesk()
    const delivery = await run(it, 'A document that cannot be exported')
    expect(delivery.state).toBe('delivered-with-warnings')
    expect(it.visible()).toEqual(['Plan A.pdf'])
    expect((await it.receiptOf(delivery))?.warnings).toEqual([
      { code: 'item-missing', facts: { item: '404', said: 'The document [404] has no source file.' } },
      { code: 'system-warned', facts: { said: 'ERRORS_ENCOUNTERED' } },
    ])
  })

  it('a job that brought nothing at all has failed, in the words of the vault', async () => {
    const it = await deliveryDesk()
    const target = kept({ kind: 'documents', documents: [{ id: '404' }] })
    const job = await it.ended(target)
    expect(job).toMatchObject({ status: 'failed', rawStatus: 'ERRORS_ENCOUNTERED', hasFiles: false })
    const delivery = await it.deliver(target, job)
    expect(delivery).toMatchObject({
      state: 'file-gone',
      error: { code: 'job-failed', said: 'The document [404] has no source file.' },
    })
    expect(it.visible()).toEqual([])
  })

  it('[vault:3.5.versions] versions are exported too', async () => {
    const it = await deliveryDesk()
    expect((await run(it, 'Versions')).state).toBe('delivered')
    expect(it.visible()).toEqual(["Michael's list 8-30-25.csv", 'Plan A.pdf'])
  })

  it('[vault:3.7.ranges] a large one comes in ranges, as one file', async () => {
    const it = await deliveryDesk()
    const delivery = await run(it, 'Two documents', 'very-large')
    expect(delivery.state).toBe('delivered-with-warnings')
    const [first = ''] = it.visible()
    const bytes = bytesOf(it, first)
    expect(bytes.length).toBe(40_000_000)
    const stripe = (n: number) => Buffer.alloc(65_536, `stripe ${n} of a large practice file;`)
    for (const n of [0, 1, 255, 256, 257, 511, 512, 609]) {
      expect(bytes.subarray(n * 65_536, (n + 1) * 65_536).equals(stripe(n))).toBe(true)
    }
    const ranges = it.practice.requests
      .filter(({ path }) => path.includes('/file_staging/'))
      .map(({ headers }) => String(headers.range))
    expect(ranges).toHaveLength(6)
    for (const range of ranges) {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
      expect(Number(to) - Number(from) + 1).toBeLessThanOrEqual(50 * 1024 * 1024)
    }
  })

  it('[vault:3.7.removed] are gone three days after their export', async () => {
    const it = await deliveryDesk()
    const target = ask(it, 'Two documents')
    const job = await it.ended(target)
    await it.clock.advance(hours(73))
    expect(await it.deliver(target, job)).toMatchObject({ state: 'file-gone', error: { code: 'file-gone' } })
  })

  it('[vault:3.1.json-for-file] [vault:3.1.pages] an error or a page in place of a file is none', async () => {
    const it = await deliveryDesk()
    const target = ask(it, 'Two documents')
    const job = await it.ended(target)
    it.practice.scenario('html-instead-of-file')
    expect(await it.deliver(target, job)).toMatchObject({
      state: 'not-what-it-claims',
      error: { code: 'html-instead-of-file' },
    })
    it.practice.scenario('json-error-with-200')
    const delivery = await it.deliver(target, job)
    expect(delivery.error).toMatchObject({ code: 'server-error', said: 'The file could not be read.' })
    expect(it.visible()).toEqual([])
  })
})

describe('binders and the Loader', () => {
  it('[vault:3.6.results] a binder is unpacked like any archive', async () => {
    const it = await deliveryDesk()
    expect((await run(it, 'Binder')).state).toBe('delivered')
    const archive = new AdmZip(await binderBytes('454'))
    expect(it.visible()).toEqual(
      archive
        .getEntries()
        .map(entry => entry.entryName)
        .sort(),
    )
  })

  it('[vault:3.9.loader-results] each object of a Loader extract is a file', async () => {
    const it = await deliveryDesk()
    const delivery = await run(it, 'Products')
    expect(delivery.state).toBe('delivered')
    expect(it.visible()).toEqual(['product__v.csv'])
    expect(it.text('product__v.csv').split('\n').slice(0, 2)).toEqual([
      'id,name__v',
      'V0B000000000001,product__v name__v 1',
    ])
  })

  it('[vault:3.9.empty-body] an object that failed has no file, and the receipt says so', async () => {
    const it = await deliveryDesk()
    const object = (name: string) => ({ object: name, fields: ['id'] })
    const target = kept({ kind: 'loader', objects: [object('product__v'), object('broken__c')] })
    const delivery = await it.deliver(target, await it.ended(target))
    expect(delivery.state).toBe('delivered-with-warnings')
    expect(it.visible()).toEqual(['product__v.csv'])
    expect((await it.receiptOf(delivery))?.warnings).toContainEqual({
      code: 'item-missing',
      facts: { item: 'broken__c', said: 'ERRORS_ENCOUNTERED' },
    })
  })
})

describe('a download that is cut', () => {
  it.each(['Two documents', 'Everything, daily'])('%s: goes on, and what comes out is whole', async name => {
    const it = await deliveryDesk()
    const target = ask(it, name)
    const job = name === 'Two documents' ? await it.ended(target) : await newestFile(it, target)
    it.practice.scenario('truncated-download')
    const delivering = it.deliver(target, job)
    await it.practice.waitFor(({ outcome, system }) => system === 'vault' && outcome === 'dropped')
    it.practice.scenario('normal')
    const delivery = await delivering
    expect(delivery.state).toBe('delivered')
    if (name === 'Two documents') {
      for (const document of documents.slice(0, 2)) {
        expect(bytesOf(it, document.name).equals(await documentBytes(document))).toBe(true)
      }
    } else expect(it.visible()).toHaveLength(4)
  })
})

describe('Direct Data', () => {
  it('[vault:3.8.parts] [vault:3.8.inside] its parts become one archive, which is unpacked', async () => {
    const it = await deliveryDesk()
    const target = ask(it, 'Everything, daily')
    const file = await newestFile(it, target)
    const delivery = await it.deliver(target, file)
    expect(delivery.state).toBe('delivered')
    expect(it.visible()).toEqual([
      'Document/document_version__sys.csv',
      'Metadata/metadata_full.csv',
      'Object/product__v.csv',
      'manifest.csv',
    ])
    const [, , , rows] = it.text('manifest.csv').split('\n')[1]?.split(',') ?? []
    expect(it.text('Object/product__v.csv').split('\n')).toHaveLength(Number(rows) + 2)
    const asked = it.practice.requests.filter(({ path }) => /directdata\/files\/[^/]+-F\.\d{3}$/.test(path))
    expect(asked.length).toBeGreaterThan(1)
    expect(delivery.downloads[0]?.name).toMatch(/^9001-\d{8}-0100-F\.tar\.gz$/)
  })

  it('[vault:3.8.md5] a part whose MD5 is wrong is never delivered', async () => {
    const it = await deliveryDesk()
    const target = ask(it, 'Everything, daily')
    const file = await newestFile(it, target)
    it.practice.scenario('damaged-zip')
    expect(await it.deliver(target, file)).toMatchObject({
      state: 'not-what-it-claims',
      error: { code: 'damaged-archive', facts: { reason: 'its MD5 is wrong' } },
    })
    expect(it.visible()).toEqual([])
  })
})
