import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../../main/adapters/clock.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { createReceiptsRepository } from '../../../main/adapters/database/repositories/receipts.ts'
import { nodeFiles } from '../../../main/adapters/files/node-files.ts'
import { openFileWorkers } from '../../../main/adapters/worker/file-workers.ts'
import { createDeliveries } from '../../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../../main/core/deliveries/deliveries-service.ts'
import { neverWaits } from '../../../main/core/deliveries/metered.ts'
import { createDeliveryViews } from '../../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../../main/core/deliveries/world.ts'
import { createEvents } from '../../../main/core/events.ts'
import { connectionId, definitionId, jobId, receiptId } from '../../../main/core/ids.ts'
import { createReceiptsService } from '../../../main/core/receipts/receipts-service.ts'
import { createSealKeys } from '../../../main/core/receipts/seal-keys.ts'
import { sealedReceipts } from '../../../main/core/receipts/sealed-receipts.ts'
import { readText } from '../../../main/core/systems/answer.ts'
import type { RemoteJob } from '../../../main/core/systems/system.ts'
import type { ScenarioName } from '../../../main/practice/index.ts'
import type { Destination, JobView } from '../../../preload/contract/types.ts'
import type { DeliveryState } from '../../../preload/contract/words.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { noChecks } from '../../fakes/no-checks.ts'
import { noExports } from '../../fakes/receipts-store.ts'
import { served } from '../../fakes/targets.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { buildWorker } from '../../fakes/worker-file.ts'
import { computer } from '../concur/computer.ts'

/* The practice system over HTTP, the real database, files and worker threads: everything but Electron. */

let built = ''
let program = ''
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'extract-desk-worker-'))
  program = await buildWorker(built)
}, 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

const resting: readonly DeliveryState[] = [
  'waiting',
  'unreachable',
  'needs-space',
  'needs-sign-in',
  'conflict',
]

async function desk(definition = 'Standard Accounting Extract', patch: Partial<Destination> = {}) {
  const it = await computer(clock, { speed: 1000, largeBytes: 20_000_000 })
  const { service: connections, sessions } = it.start()
  const connection = connectionId((await connections.add(it.connection())).id)
  const parent = mkdtempSync(join(tmpdir(), 'extract-desk-out-'))
  const folder = join(parent, 'in')
  mkdirSync(folder)
  const destination: Destination = { ...aDestination, folder, ...patch }
  const database = tempDatabase()
  const log = memoryLog()
  const ids = countingIds()
  const row = await it.repository.find(connection)
  if (!row) throw new Error('The connection was saved')
  await createConnectionsRepository(database, clock, log).save(row, 'test')
  const remote = await sessions.with(connection, (session, system) => system.definitions(session))
  const found = remote.find(one => one.name === definition)
  if (!found) throw new Error(`The practice system has no ${definition}`)
  const known = aDefinition({
    id: definitionId('d'),
    connectionId: connection,
    remoteId: found.id,
    name: found.name,
    destination,
  })
  const definitions = createDefinitionsRepository(database, log)
  await definitions.save([known])
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const leases = createLeases(database, clock, ids)
  const receipts = sealedReceipts(
    createReceiptsRepository(database, log),
    createSealKeys({ secrets: new MemorySecrets(), leases, log, profileId: 'p1', newKey: () => 'key' }),
  )
  const work = openFileWorkers(program)
  const views = createDeliveryViews(deliveries)
  const events = createEvents(error => {
    throw error
  })
  const world: DeliveriesWorld = {
    ...{ deliveries, receipts, jobs, definitions, sessions, work, views, clock, ids, events, log },
    connections: createConnectionsRepository(database, clock, log),
    leases,
    checks: noChecks,
    files: nodeFiles,
    mask: text => text,
    keep: async () => ({ replaced: 0, refused: 0 }),
    archiveFactor: async () => 1,
    metered: neverWaits,
    paused: async () => false,
    profileId: 'p1',
    appVersion: '0.1.0',
    want: async () => {},
    viewJob: async id => ({ id, delivery: await views.deliveryOf(id) }) as unknown as JobView,
  }
  const runner = createDeliveries(world)
  const service = createDeliveriesService(world, runner)
  endings.push(async () => {
    await runner.stopAndDrain()
    await work.close()
    rmSync(parent, { recursive: true, force: true })
  })

  async function startJob(scenario: ScenarioName = 'normal'): Promise<RemoteJob> {
    it.practice.scenario(scenario)
    const started = await sessions.with(connection, (session, system) =>
      system.start(session, served(known.remoteId)),
    )
    let job = started
    while (job.status !== 'completed') {
      job = await sessions.with(connection, (session, system) =>
        system.job(session, served(known.remoteId), started.id),
      )
    }
    return job
  }

  let count = 0
  /** Delivers a run, and resolves when its delivery has ended or waits. */
  async function deliver(remoteJob: RemoteJob) {
    count += 1
    const id = jobId(`job-${count}`)
    const { startedAt, endedAt, rawStatus } = remoteJob
    const ends = { connectionId: connection, definitionId: known.id, remoteId: remoteJob.id }
    const job = completedJob({ id, ...ends, startedAt, endedAt, rawStatus })
    await jobs.save([{ job, from: null, why: 'test' }])
    const rested = rest()
    await service.request(id, { again: false, by: 'test' })
    return rested
  }

  /** The next delivery that comes to rest. */
  function rest() {
    return new Promise<Awaited<ReturnType<typeof deliveries.find>>>(resolve => {
      const stop = events.subscribe(async event => {
        if (event.kind !== 'delivery-changed') return
        const now = await deliveries.find(event.deliveryId)
        if (!now || (resting.includes(now.state) && now.error === null)) return
        const working = ['downloading', 'verifying', 'unpacking', 'publishing'].includes(now.state)
        if (working) return
        stop()
        resolve(now)
      })
    })
  }

  const fileOf = (job: RemoteJob) =>
    sessions.with(connection, async (session, system) => {
      const [file] = (await system.files(session, served(known.remoteId), { ...job, hasFiles: true })).files
      if (!file) throw new Error('The job has a file')
      const answer = await system.open(session, served(known.remoteId), job.id, file, null)
      return Buffer.from(
        await readText({ ...answer, headers: { 'content-type': 'text/plain; charset=latin1' } }, 1e9),
        'latin1',
      )
    })

  const visible = () => readdirSync(folder).sort()
  return { ...it, world, runner, service, deliver, startJob, rest, fileOf, folder, visible, receipts }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('the practice system, delivered', () => {
  it('a zip: every file is what adm-zip finds in it, and balances', async () => {
    const it = await desk('Standard Accounting Extract', { marker: '{definition}_{start:yyyyMMdd}.done' })
    const job = await it.startJob()
    const delivery = await it.deliver(job)
    expect(delivery?.state).toBe('delivered')
    const zip = new AdmZip(await it.fileOf(job))
    const inside = zip.getEntries().map(entry => entry.entryName)
    const marker = it.visible().find(name => name.endsWith('.done'))
    expect(it.visible()).toEqual([...inside, marker].sort())
    for (const name of inside) {
      expect(sha256(readFileSync(join(it.folder, name)))).toBe(
        sha256(zip.getEntry(name)?.getData() ?? Buffer.alloc(0)),
      )
    }
    const receipt = await it.receipts.find(delivery?.receiptId ?? receiptId(''))
    expect(receipt?.content.controlTotals).toHaveLength(1)
    expect(receipt?.content.controlTotals[0]?.match).toBe(true)
    expect(receipt?.content.files.map(file => file.rows).every(rows => rows !== null && rows > 0)).toBe(true)
    expect(receipt?.content).toMatchObject({ remoteJobId: job.id, jobStartedAt: job.startedAt, warnings: [] })
    const [exchange] = receipt?.content.received[0]?.exchanges?.recorded ?? []
    expect(exchange).toMatchObject({ method: 'GET', answer: { status: 200 } })
    expect(exchange?.requestHeaders).not.toContain('authorization')
    expect(exchange?.requestHeaders).toContain('concur-correlationid')
    await it.runner.stopAndDrain()
    expect(readdirSync(join(it.folder, '..'))).toEqual(['in'])
  })

  it.each(['European Extract', 'Asian Extract', 'Card Transactions'])(
    '%s: whatever its encoding and line ends, every byte as it came',
    async name => {
      const it = await desk(name)
      const job = await it.startJob()
      expect((await it.deliver(job))?.state).toBe('delivered')
      const body = await it.fileOf(job)
      const whole =
        body.subarray(0, 2).toString() === 'PK'
          ? new AdmZip(body).getEntries().map(entry => entry.getData())
          : [body]
      const delivered = it.visible().map(file => sha256(readFileSync(join(it.folder, file))))
      expect(delivered.sort()).toEqual(whole.map(sha256).sort())
    },
  )

  it('a large one, streamed', async () => {
    const it = await desk('Standard Accounting Extract')
    const job = await it.startJob('very-large')
    const delivery = await it.deliver(job)
    expect(delivery?.state).toBe('delivered')
    const receipt = await it.receipts.find(delivery?.receiptId ?? receiptId(''))
    expect(Math.max(...(receipt?.content.files.map(file => file.bytes) ?? []))).toBeGreaterThan(15_000_000)
    expect(receipt?.content.controlTotals[0]?.match).toBe(true)
  })

  it('the receipt finds what was changed and what is gone', async () => {
    const it = await desk()
    const delivery = await it.deliver(await it.startJob())
    const service = createReceiptsService({
      ...noExports,
      receipts: it.receipts,
      files: nodeFiles,
      work: it.world.work,
    })
    const id = delivery?.receiptId ?? receiptId('')
    const { files } = await service.show(id)
    expect((await service.verify(id)).files.map(file => file.found)).toEqual(['there', 'there', 'there'])
    const [first, second] = files
    if (!first || !second) throw new Error('There are three files')
    const bytes = readFileSync(first.path)
    bytes[0] = (bytes[0] ?? 0) ^ 1
    writeFileSync(first.path, bytes)
    rmSync(second.path)
    const verified = await service.verify(id)
    expect(verified.files.map(file => file.found)).toEqual(['changed', 'missing', 'there'])
    expect(verified.chain).toBe('ok')
  })

  const refusals: readonly (readonly [ScenarioName, DeliveryState, string])[] = [
    ['damaged-zip', 'not-what-it-claims', 'damaged-archive'],
    ['html-instead-of-file', 'not-what-it-claims', 'html-instead-of-file'],
    ['json-error-with-200', 'not-what-it-claims', 'error-instead-of-file'],
  ]
  it.each(refusals)('%s: %s, after a second look', async (scenario, state, code) => {
    const it = await desk()
    const job = await it.startJob()
    it.practice.scenario(scenario)
    const first = await it.deliver(job)
    expect([first?.state, first?.error?.code]).toEqual(['waiting', code])
    const second = await it.rest()
    expect([second?.state, second?.error?.code]).toEqual([state, code])
    expect(it.visible()).toEqual([])
  })

  it('an empty extract is finished, and not a file', async () => {
    const it = await desk()
    const delivery = await it.deliver(await it.startJob('empty-extract'))
    expect([delivery?.state, delivery?.error?.code]).toEqual(['finished-empty', 'empty-extract'])
    expect(it.visible()).toEqual([])
  })

  it('a download that is cut is fetched again', async () => {
    const it = await desk()
    const job = await it.startJob()
    it.practice.scenario('truncated-download')
    const first = await it.deliver(job)
    expect([first?.state, first?.error?.code]).toEqual(['waiting', 'connection-cut'])
    expect(it.visible()).toEqual([])
    it.practice.scenario('normal')
    expect((await it.rest())?.state).toBe('delivered')
  })

  it('a job without a file link is asked again', async () => {
    const it = await desk()
    const job = await it.startJob()
    it.practice.scenario('missing-file-link')
    const first = await it.deliver(job)
    expect([first?.state, first?.error?.code]).toEqual(['waiting', 'file-gone'])
    it.practice.scenario('normal')
    if (first) await it.service.retry(first.id)
    expect((await it.rest())?.state).toBe('delivered')
  })

  it('a token that ends in the middle is renewed', async () => {
    const it = await desk()
    const job = await it.startJob()
    it.practice.scenario('expired-token')
    expect((await it.deliver(job))?.state).toBe('delivered')
  })

  it('a template, into folders by month', async () => {
    const it = await desk('Card Transactions', {
      name: '{start:yyyy}/{connection}_{n}{ext}',
      onConflict: 'replace',
    })
    const job = await it.startJob()
    expect((await it.deliver(job))?.state).toBe('delivered')
    const year = job.startedAt?.raw.slice(0, 4) ?? ''
    expect(readdirSync(join(it.folder, year))).toEqual(['Practice_1.csv'])
  })
})
