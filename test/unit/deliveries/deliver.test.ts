import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import { deliveriesRoom, served, servedZip } from '../../fakes/deliveries-world.ts'
import { asked, folder, id, quiet, room, sae, visible } from '../../fakes/delivery-room.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

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

  it('names an archive that came without a name as it is named where it is kept', async () => {
    const archive = zipBytes([{ name: 'a.txt', data: sae }])
    const it = await room([served(archive, { 'content-type': 'application/zip' })], {
      destination: { keepArchive: true },
    })
    await it.service.request(id, asked)
    await quiet(it)
    const name = 'Standard Accounting Extract_gJ$12abc.zip'
    expect(Object.keys(visible(it)).sort()).toEqual([name, 'a.txt'])
    expect(it.receipts.rows()[0]?.content.archive?.name).toBe(name)
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
