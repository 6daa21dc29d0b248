import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryId, type ReceiptId, receiptId } from '../../../main/core/ids.ts'
import { chained } from '../../../main/core/receipts/chain.ts'
import { createReceiptsService } from '../../../main/core/receipts/receipts-service.ts'
import { createSealKeys } from '../../../main/core/receipts/seal-keys.ts'
import { type SealedReceipts, sealedReceipts } from '../../../main/core/receipts/sealed-receipts.ts'
import type { ChainLink, Receipt, Seal } from '../../../main/core/receipts/types.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { type LeaseTable, memoryLeases } from '../../fakes/memory-leases.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { aReceipt } from '../../fakes/receipts.ts'
import { memoryReceiptsStore, noExports, sealedWorld } from '../../fakes/receipts-store.ts'

const account = 'p1/receipts'
const deliver = (receipts: SealedReceipts, n: number) => {
  const id = deliveryId(`delivery-${n}`)
  return receipts.append(id, previous => aReceipt(previous, id, { requestedBy: `user ${n}` }))
}
const deliverMany = async (receipts: SealedReceipts, from: number, to: number) => {
  for (let n = from; n <= to; n += 1) await deliver(receipts, n)
}
function serviceOf(receipts: SealedReceipts) {
  const files = memoryFiles()
  return createReceiptsService({ receipts, files, work: createFileWork(files), ...noExports })
}
const checked = (receipts: SealedReceipts) => serviceOf(receipts).checkChain()
const stateOf = async (receipts: SealedReceipts, id: ReceiptId | string) => {
  const { chain, chainAt, unproven } = await serviceOf(receipts).verify(receiptId(id))
  return { chain, chainAt, unproven }
}
const ok = { chain: 'ok', chainAt: null, unproven: null }
const unproven = (why: string) => ({ chain: 'ok-unproven', chainAt: null, unproven: why })

async function chainOfFive() {
  const world = sealedWorld()
  await deliverMany(world.receipts, 1, 5)
  return world
}

/** The whole chain as somebody would write it who knows how it is made, and has not the key. */
function rewritten(rows: readonly Receipt[]): Receipt[] {
  const made: Receipt[] = []
  for (const { id, content } of rows)
    made.push(chained(id, { ...content, requestedBy: 'nobody' }, made.at(-1) ?? null))
  return made
}

describe('a sealed chain', () => {
  it('is proven, each receipt of it, with one key made at the first', async () => {
    const { receipts, secrets } = await chainOfFive()
    expect(await checked(receipts)).toEqual({ receipts: 5, findings: [], found: 0, unproven: null })
    for (const n of [1, 3, 5]) expect(await stateOf(receipts, `r-${n}`)).toEqual(ok)
    expect(secrets.stored.get(account)?.key).toBe('key-1')
    expect(JSON.parse(secrets.stored.get(account)?.vouched ?? '')).toMatchObject({ head: { number: 5 } })
  })

  it('shows that the newest receipt was removed', async () => {
    const { receipts, store } = await chainOfFive()
    store.tamper(rows => rows.pop())
    const missing = { kind: 'receipt-missing', number: 5, receiptId: null }
    expect(await checked(receipts)).toMatchObject({ receipts: 4, findings: [missing], found: 1 })
    expect(await stateOf(receipts, 'r-2')).toMatchObject({ chain: 'receipt-missing', chainAt: 5 })
  })

  it('shows it also where the seal from before was kept and put back', async () => {
    const { receipts, store } = await sealedAt(4)
    const old: { seal: Seal | null } = { seal: null }
    store.tamperSeal(seal => {
      old.seal = seal
      return seal
    })
    await deliver(receipts, 5)
    store.tamper(rows => rows.pop())
    store.tamperSeal(() => old.seal)
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 5, receiptId: null },
    ])
  })

  it('shows that one in the middle was removed', async () => {
    const { receipts, store } = await chainOfFive()
    store.tamper(rows => rows.splice(2, 1))
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 3, receiptId: null },
    ])
    expect(await stateOf(receipts, 'r-1')).toMatchObject({ chain: 'receipt-missing', chainAt: 3 })
    expect(await stateOf(receipts, 'r-4')).toMatchObject({ chain: 'receipt-missing', chainAt: 3 })
    expect(await stateOf(receipts, 'r-5')).toEqual(ok)
  })

  it('shows that all were removed', async () => {
    const { receipts, store } = await chainOfFive()
    store.tamper(rows => rows.splice(0))
    store.tamperSeal(() => null)
    expect((await checked(receipts)).found).toBe(5)
  })

  it('shows that all were written anew, whatever was done to the seal', async () => {
    const forged: readonly ((seal: Seal | null) => Seal | null)[] = [
      seal => seal,
      () => null,
      seal => seal && { ...seal, keyId: '0123456789abcdef', mac: 'ab'.repeat(32) },
      seal => seal && { ...seal, mac: '' },
    ]
    for (const forge of forged) {
      const { receipts, store } = await chainOfFive()
      store.tamper(rows => rows.splice(0, 5, ...rewritten(rows)))
      store.tamperSeal(forge)
      expect((await checked(receipts)).findings).toEqual([
        { kind: 'chain-broken', number: 5, receiptId: 'r-5' },
      ])
      expect(await stateOf(receipts, 'r-1')).toMatchObject({ chain: 'chain-broken', chainAt: 5 })
    }
  })

  it('shows that all were written anew with a seal for the new head', async () => {
    const { receipts, store } = await chainOfFive()
    store.tamper(rows => rows.splice(0, 5, ...rewritten(rows)))
    const end = store.rows().at(-1) as ChainLink
    store.tamperSeal(seal => seal && { ...seal, head: { id: end.id, number: 5, hash: end.hash } })
    expect((await checked(receipts)).found).toBe(1)
  })

  it('keeps showing it after more was delivered: what is broken is never sealed over', async () => {
    const removed = await chainOfFive()
    removed.store.tamper(rows => rows.pop())
    await deliverMany(removed.receipts, 6, 7)
    expect((await checked(removed.receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 5, receiptId: null },
    ])

    const anew = await chainOfFive()
    anew.store.tamper(rows => rows.splice(0, 5, ...rewritten(rows)))
    await deliverMany(anew.receipts, 6, 7)
    expect((await checked(anew.receipts)).findings).toEqual([
      { kind: 'chain-broken', number: 6, receiptId: 'r-6' },
    ])
    expect(await stateOf(anew.receipts, 'r-2')).toMatchObject({ chain: 'chain-broken', chainAt: 6 })
  })

  it('shows any one change of any one row', async () => {
    const changes: readonly ((row: Receipt) => Receipt)[] = [
      row => ({ ...row, content: { ...row.content, requestedBy: 'nobody' } }),
      row => ({ ...row, hash: row.hash.replace(/^./, first => (first === '0' ? '1' : '0')) }),
      row => ({ ...row, previousHash: null }),
      row => ({ ...row, id: receiptId('r-x') }),
      row => chained(row.id, { ...row.content, requestedBy: 'nobody' }, { ...row, number: row.number - 1 }),
    ]
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.nat(changes.length - 1), async (at, change) => {
        const { receipts, store } = await chainOfFive()
        const before = JSON.stringify(store.rows())
        store.tamper(rows => {
          const row = rows[at]
          const changed = row && changes[change]?.(row)
          if (changed) rows[at] = changed
        })
        if (JSON.stringify(store.rows()) === before) return
        expect((await checked(receipts)).found).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

async function sealedAt(count: number) {
  const world = sealedWorld()
  await deliverMany(world.receipts, 1, count)
  return world
}

describe('without the keychain', () => {
  it('a delivery has its receipt all the same, and it is not proven until the next one seals it', async () => {
    const { receipts, secrets } = await sealedAt(2)
    secrets.available = false
    await deliverMany(receipts, 3, 4)
    expect(await stateOf(receipts, 'r-4')).toEqual(unproven('keychain-unavailable'))
    expect((await checked(receipts)).unproven).toEqual({ receipts: 4, why: 'keychain-unavailable' })

    secrets.available = true
    expect(await stateOf(receipts, 'r-2')).toEqual(ok)
    expect(await stateOf(receipts, 'r-3')).toEqual(unproven('written-without-key'))
    expect((await checked(receipts)).unproven).toEqual({ receipts: 2, why: 'written-without-key' })
  })

  it('what it could not vouch for stays unproven after it was sealed, and the rest does not', async () => {
    const { receipts, secrets } = await sealedAt(2)
    for (const [from, to] of [
      [3, 4],
      [6, 6],
    ] as const) {
      secrets.available = false
      await deliverMany(receipts, from, to)
      secrets.available = true
      await deliver(receipts, to + 1)
    }
    const states = []
    for (let n = 1; n <= 7; n += 1) states.push((await stateOf(receipts, `r-${n}`)).chain)
    expect(states).toEqual(['ok', 'ok', 'ok-unproven', 'ok-unproven', 'ok', 'ok-unproven', 'ok'])
    expect((await checked(receipts)).unproven).toEqual({ receipts: 3, why: 'written-without-key' })
  })

  it('Verify still finds what is wrong in itself', async () => {
    const { receipts, secrets, store } = await chainOfFive()
    secrets.available = false
    store.tamper(rows => rows.splice(2, 1))
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 3, receiptId: null },
    ])
    store.tamper(rows => rows.splice(2, 2))
    // Removing the newest is what it cannot tell, and it says that.
    expect(await checked(receipts)).toMatchObject({
      found: 0,
      unproven: { receipts: 2, why: 'keychain-unavailable' },
    })
  })

  it('a receipt that was removed meanwhile is not replaced by the next one', async () => {
    const { receipts, secrets, store } = await sealedAt(3)
    secrets.available = false
    store.tamper(rows => rows.pop())
    await deliver(receipts, 4)
    secrets.available = true
    await deliver(receipts, 5)
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 3, receiptId: null },
    ])
  })

  it('receipts of before there were seals are sealed by the next delivery, and stay unproven', async () => {
    const { receipts, store } = sealedWorld()
    const old = deliveryId('old')
    await store.append(old, previous => aReceipt(previous, old))
    expect(await stateOf(receipts, 'r-1')).toEqual(unproven('key-missing'))
    await deliver(receipts, 2)
    expect(await stateOf(receipts, 'r-1')).toEqual(unproven('written-without-key'))
    expect(await stateOf(receipts, 'r-2')).toEqual(ok)
  })
})

describe('the key', () => {
  it('that was lost leaves the chain unproven, not broken; a new one begins with the next receipt', async () => {
    const { receipts, secrets } = await sealedAt(3)
    secrets.stored.delete(account)
    expect(await stateOf(receipts, 'r-2')).toEqual(unproven('key-missing'))
    expect(await checked(receipts)).toMatchObject({ found: 0, unproven: { receipts: 3, why: 'key-missing' } })
    await deliver(receipts, 4)
    expect(secrets.stored.get(account)?.key).toBe('key-2')
    expect(await stateOf(receipts, 'r-2')).toEqual(unproven('written-without-key'))
    expect(await stateOf(receipts, 'r-4')).toEqual(ok)
    // From then on nothing can be written anew, not even what was unproven.
    expect((await checked(receipts)).found).toBe(0)
  })

  it('that was damaged counts as lost', async () => {
    for (const damaged of [{}, { key: 'key-1', vouched: '{' }, { other: 'x' }]) {
      const { receipts, secrets } = await sealedAt(2)
      secrets.stored.set(account, damaged)
      expect((await checked(receipts)).found).toBe(0)
      await deliver(receipts, 3)
      expect(await stateOf(receipts, 'r-3')).toEqual(ok)
    }
  })

  it('that never sealed anything says nothing against a seal that is not its own', async () => {
    const { receipts, secrets } = await sealedAt(2)
    secrets.stored.set(account, { key: 'another' })
    expect(await stateOf(receipts, 'r-1')).toEqual(unproven('key-missing'))
  })

  it('that sealed something finds a seal that is not its own', async () => {
    const { receipts, secrets, store } = await sealedAt(2)
    const noted = secrets.stored.get(account)
    await deliverMany(receipts, 3, 4)
    if (noted) secrets.stored.set(account, { ...noted, key: 'another' })
    // What the keychain noted is proven by the note; what came after it by nobody.
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'chain-broken', number: 4, receiptId: 'r-4' },
    ])
    expect(store.rows()).toHaveLength(4)
  })

  it('is made once where two processes deliver first at the same time', async () => {
    const store = memoryReceiptsStore()
    const secrets = new MemorySecrets()
    const table: LeaseTable = new Map()
    const clock = fakeClock()
    let made = 0
    const processes = [1, 2].map(() => {
      const newKey = () => {
        made += 1
        return `key-${made}`
      }
      const leases = memoryLeases(table, clock)
      const keys = createSealKeys({ secrets, leases, log: memoryLog(), profileId: 'p1', newKey })
      return sealedReceipts(store, keys)
    })
    const [first, second] = processes
    if (!first || !second) throw new Error('There are two')
    await Promise.all([deliver(first, 1), deliver(second, 2), deliver(first, 3)])
    expect(made).toBe(1)
    expect((await checked(second)).found).toBe(0)
    await deliver(second, 4)
    expect((await checked(first)).found).toBe(0)
    expect(await stateOf(first, 'r-4')).toEqual(ok)
  })
})

describe('cut', () => {
  const points = ['before the key', 'after the key', 'in the transaction', 'before the note'] as const

  it.each(points)('%s, the next start finds the chain sound and goes on', async point => {
    for (const already of [0, 2]) {
      const { store, secrets, receipts } = await sealedAt(already)
      const cut = () => {
        throw new Error('cut')
      }
      const get = secrets.get.bind(secrets)
      const set = secrets.set.bind(secrets)
      if (point === 'before the key') secrets.get = cut
      if (point === 'after the key') store.interrupt = cut
      if (point === 'in the transaction') {
        store.interrupt = where => {
          if (where === 'after') cut()
        }
      }
      let sets = 0
      if (point === 'before the note') {
        secrets.set = async (name, bundle) => {
          sets += 1
          // Where there is no key yet, the first write makes it.
          if (sets > (already === 0 ? 1 : 0)) cut()
          await set(name, bundle)
        }
      }
      await deliver(receipts, already + 1).catch(() => {})
      store.interrupt = () => {}

      const again = sealedWorld(store, secrets)
      secrets.get = get
      secrets.set = set
      expect((await checked(again.receipts)).found).toBe(0)
      // The delivery is finished: its receipt is the one that is there, or is written now.
      await deliver(again.receipts, already + 1)
      expect(store.rows()).toHaveLength(already + 1)
      await deliver(again.receipts, already + 2)
      expect(await checked(again.receipts)).toMatchObject({ receipts: already + 2, found: 0 })
      if (point !== 'before the key') expect((await checked(again.receipts)).unproven).toBeNull()
    }
  })

  it('before the note, a removed receipt is still found by the seal', async () => {
    const { store, secrets, receipts } = await sealedAt(2)
    const set = secrets.set.bind(secrets)
    secrets.set = async () => {
      throw new Error('cut')
    }
    await deliver(receipts, 3)
    secrets.set = set
    store.tamper(rows => rows.pop())
    expect((await checked(receipts)).findings).toEqual([
      { kind: 'receipt-missing', number: 3, receiptId: null },
    ])
  })
})

describe('verifying everything', () => {
  it('tells of the chain first, then of the files of each receipt, and can be ended', async () => {
    const { receipts } = await sealedAt(3)
    const ending = new AbortController()
    const steps = []
    for await (const step of serviceOf(receipts).verifyAll(ending.signal)) steps.push(step)
    expect(steps.map(step => (step.step === 'chain' ? 'chain' : step.number))).toEqual(['chain', 1, 2, 3])
    expect(steps[1]).toMatchObject({ files: [{ path: '/srv/erp/in/a.txt', found: 'missing' }] })
    ending.abort()
    const all = async () => {
      for await (const step of serviceOf(receipts).verifyAll(ending.signal)) steps.push(step)
    }
    await expect(all()).rejects.toThrow()
  })
})
