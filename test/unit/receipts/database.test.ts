import { describe, expect, it } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { createReceiptsRepository } from '../../../main/adapters/database/repositories/receipts.ts'
import { newDelivery } from '../../../main/core/deliveries/delivery.ts'
import { deliveryId, jobId, receiptId } from '../../../main/core/ids.ts'
import { createSealKeys } from '../../../main/core/receipts/seal-keys.ts'
import { sealedReceipts } from '../../../main/core/receipts/sealed-receipts.ts'
import type { ReceiptContent } from '../../../main/core/receipts/types.ts'
import { checkWhole } from '../../../main/core/receipts/verify.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { aReceipt, aReview, exchangeProofs } from '../../fakes/receipts.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

const log = memoryLog()
const clock = fakeClock()
const idOf = (n: number) => deliveryId(`delivery-${n}`)

function processOn(database: Database, secrets: MemorySecrets) {
  const store = createReceiptsRepository(database, log)
  const leases = createLeases(database, clock, countingIds())
  const keys = createSealKeys({ secrets, leases, log, profileId: 'p1', newKey: () => 'key' })
  const receipts = sealedReceipts(store, keys)
  return {
    store,
    receipts,
    deliver: (n: number) => receipts.append(idOf(n), previous => aReceipt(previous, idOf(n))),
    found: async () => (await checkWhole(receipts)).findings,
  }
}

async function profileWith(deliveries: number) {
  const folder = tempFolder()
  const database = tempDatabase(folder)
  const { connectionId, id: definition } = aDefinition()
  await createDefinitionsRepository(database, log).save([aDefinition()])
  await createJobsRepository(database, clock, log).save([{ job: completedJob(), from: null, why: 'test' }])
  for (let n = 1; n <= deliveries; n += 1) {
    const wanted = { id: idOf(n), jobId: jobId('job-a'), definitionId: definition, connectionId, by: 'erika' }
    const delivery = newDelivery(
      { ...wanted, destination: aDestination, followsDefinition: false },
      fakeStart,
    )
    await createDeliveriesRepository(database, clock, log).save(delivery, null, 'test')
  }
  const secrets = new MemorySecrets()
  return { folder, database, secrets, ...processOn(database, secrets) }
}

const older = { name: 'a', declaredType: null, validator: null, bytes: 1, sha256: 'cc' }

/** What somebody may do who has the file and a database tool. */
function tamper(database: Database, ...statements: readonly string[]): void {
  database.transaction(tx => {
    tx.exec('DROP TRIGGER receipts_no_update')
    tx.exec('DROP TRIGGER receipts_no_delete')
    for (const sql of statements) tx.exec(sql)
  })
}

describe('receipts of two versions of the app', () => {
  it('make one chain, in which each is as it was written', async () => {
    const { database, receipts, store, found } = await profileWith(3)
    const patches: readonly Partial<ReceiptContent>[] = [
      {},
      { startExchanges: null },
      {
        startExchanges: exchangeProofs(201),
        received: [{ ...older, exchanges: exchangeProofs() }, older],
      },
    ]
    for (const [index, patch] of patches.entries())
      await receipts.append(idOf(index + 1), previous => aReceipt(previous, idOf(index + 1), patch))
    expect(await found()).toEqual([])
    for (const [index, patch] of patches.entries()) {
      const read = await store.byNumber(index + 1)
      expect(read?.content).toMatchObject(patch)
      expect(Object.hasOwn(read?.content ?? {}, 'startExchanges')).toBe('startExchanges' in patch)
    }
    // A digest that was changed, and one that was added to an older receipt.
    tamper(
      database,
      `UPDATE receipts SET content = replace(content, '"requestSha256":"aa"', '"requestSha256":"ab"') WHERE number = 3`,
      `UPDATE receipts SET content = json_set(content, '$.startExchanges', null) WHERE number = 1`,
    )
    expect((await found()).map(({ kind, number }) => [kind, number])).toEqual([
      ['receipt-changed', 1],
      ['receipt-changed', 3],
    ])
  })
})

describe('the seal in the database', () => {
  it('comes with its receipt or not at all', async () => {
    const { database, store, receipts, deliver, found } = await profileWith(3)
    await deliver(1)
    const before = await store.standing()
    // The seal cannot be written: neither may the receipt be.
    database.transaction(tx =>
      tx.exec(`CREATE TRIGGER cut BEFORE INSERT ON receipts_seal BEGIN SELECT RAISE(ABORT, 'cut'); END`),
    )
    await expect(deliver(2)).rejects.toThrow()
    expect(await store.standing()).toEqual(before)
    database.transaction(tx => tx.exec('DROP TRIGGER cut'))
    expect((await deliver(2)).number).toBe(2)
    expect(await found()).toEqual([])
    expect((await receipts.proof()).vouched).toMatchObject({
      head: { number: 2 },
      unproven: [],
      forged: false,
    })
  })

  it('is one row, so that none from before is left to be put back', async () => {
    const { database, deliver } = await profileWith(3)
    for (const n of [1, 2, 3]) await deliver(n)
    expect(database.all('SELECT number FROM receipts_seal')).toEqual([{ number: 3 }])
  })

  it('finds receipts that were removed, changed, damaged and written anew', async () => {
    const cases = [
      ['DELETE FROM receipts WHERE number = 3', [{ kind: 'receipt-missing', number: 3, receiptId: null }]],
      ['DELETE FROM receipts WHERE number = 2', [{ kind: 'receipt-missing', number: 2, receiptId: null }]],
      [
        `UPDATE receipts SET content = replace(content, 'erika', 'eriko') WHERE number = 3`,
        [{ kind: 'receipt-changed', number: 3, receiptId: 'r-3' }],
      ],
      [
        `UPDATE receipts SET content = json_set(content, '$.more', 1) WHERE number = 1`,
        [{ kind: 'receipt-changed', number: 1, receiptId: 'r-1' }],
      ],
      [
        `UPDATE receipts SET content = '{' WHERE number = 2`,
        [{ kind: 'receipt-changed', number: 2, receiptId: 'r-2' }],
      ],
      ['DELETE FROM receipts_seal', []],
      [`UPDATE receipts_seal SET unproven = 'x'`, []],
    ] as const
    for (const [sql, findings] of cases) {
      const { database, deliver, found } = await profileWith(3)
      for (const n of [1, 2, 3]) await deliver(n)
      tamper(database, sql)
      // A seal that is gone takes nothing with it that the keychain has noted.
      expect(await found(), sql).toEqual(findings)
    }
  })

  it('finds that an older copy of the whole database was put back', async () => {
    const { folder, database, secrets, deliver, found } = await profileWith(3)
    await deliver(1)
    const copy = tempFolder()
    database.copyTo(`${copy}/desk.db`)
    await deliver(2)
    expect(await found()).toEqual([])
    const restored = processOn(tempDatabase(copy), secrets)
    expect(folder).not.toBe(copy)
    const missing = [{ kind: 'receipt-missing', number: 2, receiptId: null }]
    expect(await restored.found()).toEqual(missing)
    await restored.deliver(3)
    expect(await restored.found()).toEqual(missing)
  })

  it('is shared by two processes that deliver in turn', async () => {
    const { folder, secrets, deliver, found } = await profileWith(6)
    const other = processOn(tempDatabase(folder), secrets)
    for (const n of [1, 3, 5]) {
      await deliver(n)
      await other.deliver(n + 1)
    }
    expect(await found()).toEqual([])
    expect((await other.receipts.proof()).vouched).toMatchObject({ head: { number: 6 }, unproven: [] })
  })
})

describe('reviews in the database', () => {
  /** Three receipts, with a review of the first one between the second and the third. */
  async function reviewed() {
    const world = await profileWith(4)
    const first = await world.deliver(1)
    await world.deliver(2)
    const review = (by: string) =>
      world.receipts.review(first.id, by, previous => aReview(first, by, previous ?? first))
    await review('otto')
    const third = await world.deliver(3)
    return { ...world, first, third, review }
  }

  it('take numbers of the one chain, are read back as written, and are sealed', async () => {
    const { receipts, store, first, third, found } = await reviewed()
    const [review, ...more] = await receipts.reviews(first.id)
    expect(more).toEqual([])
    expect(review).toEqual(aReview(first, 'otto', { ...first, ...(await receipts.byNumber(2)) }))
    expect(third).toMatchObject({ number: 4, previousId: review?.id, previousHash: review?.hash })
    expect(await receipts.isReview(review?.id ?? receiptId(''))).toBe(true)
    expect(await receipts.isReview(first.id)).toBe(false)
    expect(await receipts.head()).toEqual({ count: 4, hash: third.hash })
    expect((await store.standing()).seal?.head.number).toBe(4)
    expect(await found()).toEqual([])
  })

  it('are one for each account, by whatever process', async () => {
    const { folder, secrets, review, receipts, first, store } = await reviewed()
    const before = await store.standing()
    await review('otto')
    const other = processOn(tempDatabase(folder), secrets)
    await other.receipts.review(first.id, 'otto', previous => aReview(first, 'otto', previous ?? first))
    expect(await store.standing()).toEqual(before)
    await other.receipts.review(first.id, 'ina', previous => aReview(first, 'ina', previous ?? first))
    expect((await receipts.reviews(first.id)).map(({ number }) => number)).toEqual([3, 5])
  })

  it('cannot be changed or removed through the app', async () => {
    const { database } = await reviewed()
    for (const sql of ['DELETE FROM receipt_reviews', "UPDATE receipt_reviews SET hash = 'x'"])
      expect(() => database.transaction(tx => tx.run(sql))).toThrow('append-only')
  })

  it.each([
    ["UPDATE receipt_reviews SET content = replace(content, 'otto', 'ina')", 'receipt-changed'],
    ["UPDATE receipt_reviews SET receipt_id = 'r-2'", 'receipt-changed'],
    ["UPDATE receipt_reviews SET content = '{'", 'receipt-changed'],
    ['DELETE FROM receipt_reviews', 'receipt-missing'],
  ])('show what was done to them: %s', async (sql, kind) => {
    const { database, found } = await reviewed()
    database.transaction(tx => {
      tx.exec('DROP TRIGGER receipt_reviews_no_update')
      tx.exec('DROP TRIGGER receipt_reviews_no_delete')
      tx.exec(sql)
    })
    expect((await found()).map(one => [one.kind, one.number])).toEqual([[kind, 3]])
  })
})
