import { describe, expect, it } from 'vitest'
import { isEnded, isWorking } from '../../../main/core/deliveries/delivery.ts'
import type { Delivery } from '../../../main/core/deliveries/types.ts'
import { AppError } from '../../../main/core/errors.ts'
import { jobId } from '../../../main/core/ids.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import {
  type DeliveriesAround,
  type DeliveriesSetting,
  deliveriesRoom,
  deliveriesWorld,
  type Served,
  served,
  servedZip,
} from '../../fakes/deliveries-world.ts'
import { type FakeClock, fakeClock, settled } from '../../fakes/fake-clock.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { until } from '../../fakes/until.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

const id = jobId('job-a')
const asked = { again: false, by: 'erika' }
const folder = '/srv/erp/in'
const journal = (total: string, rows: number) => `EXTRACT|2026-11-01|${rows}|${total}|7\n`
const row = (amount: string) => `DETAIL${'|'.repeat(168)}${amount}${'|'.repeat(231)}\n`
const sae = journal('30.00', 2) + row('10.00') + row('20.00')

type Room = DeliveriesAround & ReturnType<typeof deliveriesRoom> & { readonly clock: FakeClock }

async function room(files: readonly Served[], setting: Partial<DeliveriesSetting> = {}): Promise<Room> {
  const clock = fakeClock()
  const around = await deliveriesWorld({ clock, ...setting })
  around.server.files = files
  return { ...around, ...deliveriesRoom(around), clock }
}

/** Waits until nothing runs any more without the clock's doing, and what has ended is cleaned up. */
async function quiet({ deliveries }: Room): Promise<Delivery> {
  // What was asked for just now has its turn first.
  for (let turns = 0; turns < 20; turns += 1) await settled()
  return until(
    () => {
      const last = deliveries.rows().at(-1)
      const due = last?.state === 'waiting' && last.nextAttemptAt === null
      const resting =
        last && !isWorking(last.state) && !due && (!isEnded(last.state) || last.staging === null)
      return resting && last
    },
    () => deliveries.journal.join('\n'),
  )
}

const visible = ({ files }: Room) =>
  Object.fromEntries(
    [...files.below(folder)]
      .filter(([path]) => !path.includes('/.'))
      .map(([path, bytes]) => [path.slice(folder.length + 1), bytes.toString('latin1')]),
  )

describe('a delivery', () => {
  it('puts a file into the folder under its own name, with a receipt, and leaves nothing else', async () => {
    const it = await room([
      served(sae, { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="x.txt"' }),
    ])
    await it.service.request(id, asked)
    const delivery = await quiet(it)
    expect(delivery.state).toBe('delivered')
    expect(visible(it)).toEqual({ 'x.txt': sae })
    expect([...it.files.below('/srv').keys()]).toEqual(['/srv/erp/in/x.txt'])
    const [receipt] = it.receipts.rows()
    expect(receipt?.id).toBe(delivery.receiptId)
    expect(receipt?.content).toMatchObject({
      outcome: 'delivered',
      requestedBy: 'erika',
      remoteJobId: 'gJ$12abc',
      files: [{ path: '/srv/erp/in/x.txt', bytes: sae.length, rows: 2, crc32: null }],
      controlTotals: [{ headerRows: 2, headerTotal: '30.00', rows: 2, total: '30.00', match: true }],
      warnings: [],
    })
    expect(it.published.filter(event => event.kind === 'delivered')).toHaveLength(1)
  })

  it('journals every step before it is taken', async () => {
    const it = await room([servedZip(zipBytes([{ name: 'a.txt', data: sae }]))])
    await it.service.request(id, asked)
    await quiet(it)
    expect(it.deliveries.journal.map(entry => entry.split(':')[0])).toEqual([
      'new → waiting',
      'waiting → downloading',
      'downloading → downloading',
      'downloading → verifying',
      'verifying → unpacking',
      'unpacking → publishing',
      'publishing → publishing',
      'publishing → publishing',
      'publishing → delivered',
      'delivered → delivered',
    ])
  })

  it('unpacks an archive with its folders, and notes what it came from', async () => {
    const archive = zipBytes([
      { name: 'main/CES_SAE.txt', data: sae },
      { name: 'side.csv', data: 'Name,Amount\nx,1\n' },
    ])
    const it = await room([servedZip(archive, 'all.zip')], { destination: { marker: '{original}.done' } })
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered')
    const files = visible(it)
    expect(Object.keys(files).sort()).toEqual(['all.done', 'main/CES_SAE.txt', 'side.csv'])
    const [receipt] = it.receipts.rows()
    expect(receipt?.content.archive).toMatchObject({ name: 'all.zip', bytes: archive.length })
    expect(receipt?.content.files.map(file => file.crc32)).toEqual([expect.any(String), expect.any(String)])
    expect(files['all.done']).toBe(
      (receipt?.content.files ?? [])
        .map(file => `${file.sha256} ${file.bytes} ${file.path.slice(folder.length + 1)}\n`)
        .join(''),
    )
  })

  it('keeps the archive beside the files, or as it is', async () => {
    const archive = zipBytes([{ name: 'a.txt', data: sae }])
    const beside = await room([servedZip(archive)], { destination: { keepArchive: true } })
    await beside.service.request(id, asked)
    await quiet(beside)
    expect(Object.keys(visible(beside)).sort()).toEqual(['a.txt', 'extract.zip'])
    const whole = await room([servedZip(archive)], { destination: { unzip: false } })
    await whole.service.request(id, asked)
    await quiet(whole)
    expect(visible(whole)).toEqual({ 'extract.zip': archive.toString('latin1') })
    expect(whole.receipts.rows()[0]?.content.controlTotals).toEqual([])
  })

  it.each([
    [sae, 'Standard Accounting Extract_gJ$12abc.txt'],
    ['Name,Amount\nx,1\n', 'Standard Accounting Extract_gJ$12abc.csv'],
  ])('names a file that came without a name', async (body, name) => {
    const it = await room([served(body)])
    await it.service.request(id, asked)
    await quiet(it)
    expect(Object.keys(visible(it))).toEqual([name])
  })

  it('delivers what is wanted by itself, when the job has ended', async () => {
    const it = await room([served(sae)], { job: { state: 'running', hasFiles: false } })
    await it.service.request(id, asked)
    expect(it.deliveries.rows()).toEqual([])
    const job = await it.jobs.find(id)
    if (!job) throw new Error('The job is there')
    expect(job.wanted?.by).toBe('erika')
    await it.jobs.save([
      { job: { ...job, state: 'completed', hasFiles: true }, from: 'running', why: 'test' },
    ])
    it.runner.kick()
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('does not deliver a second time to the same folder, unless told to', async () => {
    const it = await room([served(sae)])
    await it.service.request(id, asked)
    const first = await quiet(it)
    const answer = await it.service.request(id, asked)
    expect(answer.delivery).toMatchObject({ id: first.id, state: 'delivered', receiptId: first.receiptId })
    expect(it.deliveries.journal.at(-1)).toContain('1 of 1 files are there')
    await it.service.request(id, { ...asked, again: true })
    expect((await quiet(it)).id).not.toBe(first.id)
    expect(Object.keys(visible(it))).toHaveLength(2)
    expect(it.receipts.rows().map(receipt => receipt.number)).toEqual([1, 2])
  })

  it('tells how far it is, and no more often than ten times a second', async () => {
    const it = await room([served(sae)])
    await it.service.request(id, asked)
    await quiet(it)
    const steps = it.published.flatMap(event =>
      event.kind === 'delivery-progress' ? [event.progress.step] : [],
    )
    expect(steps).toEqual(['downloading', 'verifying', 'publishing'])
    expect((await it.world.views.deliveryOf(id))?.progress).toBeNull()
  })
})

describe('what is not what it claims to be', () => {
  const html = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>'
  const cases: readonly (readonly [string, Served, string, string])[] = [
    [
      'a web page',
      served(html, { 'content-type': 'text/html' }),
      'not-what-it-claims',
      'html-instead-of-file',
    ],
    ['a web page that says it is a csv', served(`  \n${html}`), 'not-what-it-claims', 'html-instead-of-file'],
    [
      'a web page that says it is a zip',
      servedZip(Buffer.from(html)),
      'not-what-it-claims',
      'html-instead-of-file',
    ],
    [
      'an error in JSON',
      served('{"Error":{"Message":"no"}}', { 'content-type': 'application/json' }),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    [
      'an error in JSON that says it is a csv',
      served('{"code":5}'),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    [
      'an error in XML',
      served('<?xml version="1.0"?><Error><Message>no</Message></Error>', {
        'content-type': 'application/xml',
      }),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    ['text that says it is a zip', servedZip(Buffer.from('a,b\n')), 'not-what-it-claims', 'damaged-archive'],
    [
      'an archive that says it is a text',
      served(zipBytes([{ name: 'a' }])),
      'not-what-it-claims',
      'damaged-archive',
    ],
    [
      'a damaged archive',
      servedZip(zipBytes([{ name: 'a', crc32: 1 }])),
      'not-what-it-claims',
      'damaged-archive',
    ],
    [
      'a name that leaves the folder',
      servedZip(zipBytes([{ name: '../a' }])),
      'not-what-it-claims',
      'unsafe-name',
    ],
    [
      'an encrypted file',
      servedZip(zipBytes([{ name: 'a', flags: 0x0801 }])),
      'not-what-it-claims',
      'encrypted-entry',
    ],
    [
      'fewer rows than promised',
      served(journal('30', 3) + row('10') + row('20')),
      'not-what-it-claims',
      'fewer-rows-than-promised',
    ],
    ['an empty extract', served(journal('0', 0)), 'finished-empty', 'empty-extract'],
    ['nothing at all', served(''), 'finished-empty', 'empty-extract'],
    ['an archive without files', servedZip(zipBytes([])), 'finished-empty', 'empty-extract'],
    [
      'an archive of header lines',
      servedZip(zipBytes([{ name: 'a', data: journal('0', 0) }])),
      'finished-empty',
      'empty-extract',
    ],
  ]
  it.each(cases)('%s', async (_name, file, state, code) => {
    const it = await room([file])
    await it.service.request(id, asked)
    for (let tries = 0; (await quiet(it)).state === 'waiting' && tries < 3; tries += 1)
      await it.clock.advance(seconds(5))
    const delivery = await quiet(it)
    expect([delivery.state, delivery.error?.code]).toEqual([state, code])
    expect(visible(it)).toEqual({})
    expect([...it.files.below('/srv')]).toEqual([])
    expect(it.receipts.rows()).toEqual([])
    expect(it.published.filter(event => event.kind === 'needs-you')).toHaveLength(1)
  })

  it('is fetched once more before it is held against the system', async () => {
    const it = await room([served('<html>', { 'content-type': 'text/csv' })])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({ state: 'waiting', error: { code: 'html-instead-of-file' } })
    it.server.files = [served(sae)]
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('an empty extract is delivered with a warning where that is allowed', async () => {
    const it = await room([served(journal('0', 0))], { destination: { allowEmpty: true } })
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings).toEqual([{ code: 'empty-extract', facts: { files: 1 } }])
  })

  it('other differences from the header line are warnings', async () => {
    const it = await room([served(journal('31', 1) + row('10') + row('20'))])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings.map(warning => warning.code)).toEqual([
      'more-rows-than-promised',
      'total-differs',
    ])
    expect(it.receipts.rows()[0]?.content.controlTotals[0]?.match).toBe(false)
  })
})

describe('a download that is cut', () => {
  const etag = { 'content-type': 'text/csv', etag: '"v1"' }

  it('goes on behind what came, where the server can', async () => {
    const it = await room([{ ...served(sae, etag), cutAfter: 100, ranges: true }])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({ state: 'waiting', partial: { bytes: 100, validator: '"v1"' } })
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.server.asked).toEqual([null, { from: 100, validator: '"v1"' }])
    expect(Object.values(visible(it))).toEqual([sae])
  })

  it('begins anew where the server answers with the whole file', async () => {
    const it = await room([{ ...served(sae, etag), cutAfter: 100 }])
    await it.service.request(id, asked)
    await quiet(it)
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.values(visible(it))).toEqual([sae])
  })

  it('asks for no range without a validator', async () => {
    const it = await room([{ ...served(sae), cutAfter: 100, ranges: true }])
    await it.service.request(id, asked)
    await quiet(it)
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.server.asked).toEqual([null, null])
  })

  it('shorter than promised without a sign of it is no file', async () => {
    const it = await room([
      served(sae, { 'content-type': 'text/csv', 'content-length': String(sae.length + 1) }),
    ])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({
      state: 'waiting',
      error: { code: 'truncated', facts: { expectedBytes: sae.length + 1, bytes: sae.length } },
    })
  })

  it('no length is compared where the body was compressed on the way', async () => {
    const it = await room([
      served(sae, { 'content-type': 'text/csv', 'content-length': '7', 'content-encoding': 'gzip' }),
    ])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('again and again is unreachable, and is tried at long intervals until it works', async () => {
    const it = await room([served(sae)])
    it.server.refusals.push(...Array.from({ length: 6 }, () => new AppError('connection-cut')))
    await it.service.request(id, asked)
    for (let waited = 0; (await quiet(it)).state !== 'delivered' && waited < 60; waited += 1) {
      await it.clock.advance(minutes(1))
    }
    const cuts = it.deliveries.journal.filter(entry => entry.endsWith(': connection-cut'))
    expect(cuts.map(entry => entry.replace(/^.* → (.*):.*$/, '$1'))).toEqual([
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'unreachable',
      'unreachable',
    ])
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.published.filter(event => event.kind === 'needs-you')).toHaveLength(1)
  })
})

describe('what is in the way is said, and goes on by itself when it is cured', () => {
  it('the sign-in: when it is renewed', async () => {
    const it = await room([served(sae)])
    it.server.refusals.push(new AppError('sign-in-waiting'))
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('needs-sign-in')
    await it.clock.advance(1000)
    const connection = await it.world.connections.find((await quiet(it)).connectionId)
    if (!connection) throw new Error('The connection is there')
    Object.assign(connection.signIn, { changedAt: it.clock.now() })
    it.world.events.publish({ kind: 'connections-changed' })
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('the folder: it is never created', async () => {
    const files = memoryFiles()
    const it = await room([served(sae)], { files })
    await files.removeTree('/srv/erp/in')
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({
      state: 'destination-unreachable',
      error: { code: 'folder-missing' },
    })
    expect(it.server.asked).toEqual([])
    files.folder('/srv/erp/in')
    await it.clock.advance(seconds(15))
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('the space: before anything is written', async () => {
    let free = 100
    const it = await room([served(sae)], { files: memoryFiles({ space: () => free }) })
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({
      state: 'needs-space',
      error: { code: 'no-space', facts: { freeBytes: 100, neededBytes: Math.ceil(sae.length * 1.1) } },
    })
    free = 1_000_000
    await it.clock.advance(seconds(30))
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('a file of that name, where the destination wants it so', async () => {
    const it = await room([served(sae)], { destination: { name: 'sae.txt', onConflict: 'fail' } })
    it.files.put(`${folder}/sae.txt`, 'old')
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({
      state: 'conflict',
      error: { facts: { path: `${folder}/sae.txt` } },
    })
    await it.files.remove(`${folder}/sae.txt`)
    await it.clock.advance(seconds(15))
    expect((await quiet(it)).state).toBe('delivered')
    expect(visible(it)).toEqual({ 'sae.txt': sae })
  })

  it('a template for one file, where there are several: nothing is published, and another one works', async () => {
    const it = await room([servedZip(zipBytes([{ name: 'a' }, { name: 'b' }]))], {
      destination: { name: 'sae.txt' },
    })
    await it.service.request(id, asked)
    const first = await quiet(it)
    expect(first).toMatchObject({
      state: 'conflict',
      nextAttemptAt: null,
      error: { facts: { reason: 'one-name' } },
    })
    expect(visible(it)).toEqual({})
    const { destination } = first
    await it.service.cancel(first.id)
    await it.service.request(id, { ...asked, destination: { ...destination, name: 'sae-{n}.txt' } })
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.keys(visible(it)).sort()).toEqual(['sae-1.txt', 'sae-2.txt'])
  })

  it('a completed job without files: for a minute it may still be about to name them', async () => {
    const it = await room([])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('waiting')
    await it.clock.advance(seconds(59))
    expect((await quiet(it)).state).toBe('waiting')
    await it.clock.advance(seconds(11))
    expect(await quiet(it)).toMatchObject({ state: 'file-gone', error: { code: 'file-gone' } })
  })
})

describe('being stopped', () => {
  it('a cancelled delivery leaves nothing behind, and begins anew when asked to', async () => {
    const it = await room([{ ...served(sae, { 'content-type': 'text/csv', etag: '"v1"' }), cutAfter: 100 }])
    await it.service.request(id, asked)
    const { id: delivery } = await quiet(it)
    await it.service.cancel(delivery)
    expect((await quiet(it)).state).toBe('cancelled')
    expect([...it.files.below('/srv')]).toEqual([])
    await it.service.retry(delivery)
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('a cancelled download stops receiving', async () => {
    const it = await room([])
    let received = () => {}
    const begun = new Promise<void>(resolve => {
      received = resolve
    })
    const endless = (async function* () {
      for (;;) {
        received()
        yield Buffer.from('a,b\n')
        await new Promise(resolve => setImmediate(resolve))
      }
    })()
    it.server.files = [served(sae)]
    const { world } = it
    const sessions: typeof world.sessions = {
      with: (connection, work) =>
        world.sessions.with(connection, (session, system) =>
          work(session, { ...system, open: async () => ({ status: 200, headers: {}, body: endless }) }),
        ),
    }
    const other = deliveriesRoom({ world: { ...world, sessions } })
    await other.service.request(id, asked)
    await begun
    const [running] = it.deliveries.rows()
    if (!running) throw new Error('There is a delivery')
    await other.service.cancel(running.id)
    expect(it.deliveries.rows()[0]?.state).toBe('cancelled')
    expect((await endless.next()).done).toBe(true)
    expect([...it.files.below('/srv')]).toEqual([])
  })

  it('the end of the app leaves a delivery where the next start goes on', async () => {
    const it = await room([{ ...served(sae, { 'content-type': 'text/csv', etag: '"v1"' }), cutAfter: 100 }])
    await it.service.request(id, asked)
    await quiet(it)
    await it.runner.stopAndDrain()
    await it.clock.advance(minutes(10))
    expect((await quiet(it)).state).toBe('waiting')
    const next = deliveriesRoom(it)
    await next.runner.recover()
    expect((await quiet({ ...it, ...next })).state).toBe('delivered')
  })
})
