import { expect, test } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { migrations } from '../../../main/adapters/database/migrations/index.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { newDelivery } from '../../../main/core/deliveries/delivery.ts'
import { type Delivery, DeliveryChangedMeanwhile, type Plan } from '../../../main/core/deliveries/types.ts'
import { deliveryId } from '../../../main/core/ids.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

const staged = { staged: '/s/0', bytes: 3, sha256: 'aa', crc32: null }
const contents = [{ ...staged, original: 'a.txt', contents: null }]
const plan: Plan = {
  files: [{ ...staged, final: '/in/a.txt', rows: null, action: 'place' }],
  marker: null,
  ownFolder: null,
  warnings: [],
  placed: false,
}

async function repositoryOn(database: Database) {
  const log = memoryLog()
  await createDefinitionsRepository(database, log).save([aDefinition()])
  const jobs = createJobsRepository(database, fakeClock(), log)
  const job = completedJob()
  if (!(await jobs.find(job.id))) await jobs.save([{ job, from: null, why: 'test' }])
  return createDeliveriesRepository(database, fakeClock(), log)
}

function aDelivery(): Delivery {
  const { connectionId, id } = aDefinition()
  const wanted = {
    ...{ id: deliveryId('d'), jobId: completedJob().id, definitionId: id, connectionId, by: 'erika' },
    ...{ destination: aDestination, followsDefinition: true },
  }
  return { ...newDelivery(wanted, fakeStart), state: 'publishing', contents, plan }
}

const writes = (database: Database): unknown => database.all('SELECT part FROM written ORDER BY rowid')

function countWrites(database: Database): void {
  database.transaction(tx => {
    tx.exec('CREATE TABLE written (part TEXT)')
    tx.exec(
      'CREATE TRIGGER part_written AFTER INSERT ON delivery_parts BEGIN INSERT INTO written VALUES (NEW.part); END',
    )
  })
}

test('what was unpacked and planned is written when it changes, and not at every step', async () => {
  const database = tempDatabase()
  const deliveries = await repositoryOn(database)
  countWrites(database)
  const first = aDelivery()
  await deliveries.save(first, null, 'test')
  const placed: Delivery = { ...first, rev: 1, plan: { ...plan, placed: true } }
  await deliveries.save(placed, 'publishing', 'placed')
  expect(writes(database)).toEqual([{ part: 'contents' }, { part: 'plan' }])
  expect(await deliveries.find(first.id)).toEqual({ ...placed, rev: 2 })

  const renamed = plan.files.map(file => ({ ...file, final: '/in/a (2).txt' }))
  const changed: Delivery = { ...placed, rev: 2, contents: null, plan: { ...plan, files: renamed } }
  await deliveries.save(changed, 'publishing', 'a name was taken')
  expect(await deliveries.find(first.id)).toEqual({ ...changed, rev: 3 })
})

test('a process writes them anew where another one has written since', async () => {
  const folder = tempFolder()
  const one = await repositoryOn(tempDatabase(folder))
  const other = await repositoryOn(tempDatabase(folder))
  const first = aDelivery()
  await one.save(first, null, 'test')
  const theirs: Delivery = { ...first, rev: 1, contents: null, plan: null }
  await other.save(theirs, 'publishing', 'begun anew')
  await expect(one.save({ ...first, rev: 1 }, 'publishing', 'late')).rejects.toThrow(DeliveryChangedMeanwhile)
  // The very objects that it has written itself, two revisions ago.
  await one.save({ ...first, rev: 2 }, 'publishing', 'made again')
  expect(await other.find(first.id)).toEqual({ ...first, rev: 3 })
})

test('what did not come to be is not taken for stored', async () => {
  const database = tempDatabase()
  const deliveries = await repositoryOn(database)
  const first = aDelivery()
  await deliveries.save({ ...first, contents: null, plan: null }, null, 'test')
  await expect(deliveries.save({ ...first, rev: 1 }, 'waiting', 'another state')).rejects.toThrow(
    DeliveryChangedMeanwhile,
  )
  await deliveries.save({ ...first, rev: 1 }, 'publishing', 'planned')
  expect(await deliveries.find(first.id)).toEqual({ ...first, rev: 2 })
})

test('records of earlier versions come along', async () => {
  const folder = tempFolder()
  const before = tempDatabase(
    folder,
    migrations.filter(({ version }) => version < 11),
  )
  const { connectionId, id: definition } = aDefinition()
  const log = memoryLog()
  // As they were then: today's repositories write columns that came later.
  before.transaction(tx =>
    tx.run(
      `INSERT INTO definitions (id, connection_id, remote_id, name, kind, removed, watch)
       VALUES (?, ?, 'SAE', 'SAE', 'server', 0, 0)`,
      definition,
      connectionId,
    ),
  )
  const job = completedJob()
  await createJobsRepository(before, fakeClock(), log).save([{ job, from: null, why: 'test' }])
  const made = { downloads: [], downloaded: true, partial: null, warnings: [] }
  const rows = [
    ['new', { ...made, contents: null, plan: null }],
    ['unpacked', { ...made, contents, plan: null }],
    ['planned', { ...made, contents, plan }],
    ['placed', { ...made, contents, plan: { ...plan, placed: true } }],
  ] as const
  before.transaction(tx => {
    for (const [id, value] of rows)
      tx.run(
        `INSERT INTO deliveries (id, job_id, definition_id, connection_id, folder, destination, follows_definition,
           requested_by, state, attempts, made, created_at, updated_at, rev)
         VALUES (?, ?, ?, ?, '/in', ?, 1, 'erika', 'publishing', 0, ?, ?, ?, 1)`,
        ...[id, job.id, definition, connectionId, JSON.stringify(aDestination), JSON.stringify(value)],
        ...[fakeStart, fakeStart],
      )
  })
  const deliveries = createDeliveriesRepository(tempDatabase(folder), fakeClock(), log)
  for (const [id, value] of rows) expect(await deliveries.find(deliveryId(id))).toMatchObject(value)
})
