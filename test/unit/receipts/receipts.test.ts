import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryId, receiptId } from '../../../main/core/ids.ts'
import { canonicalJson, checkChain, receiptHash } from '../../../main/core/receipts/chain.ts'
import { createReceiptsService } from '../../../main/core/receipts/receipts-service.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { gatedFiles, memoryFiles } from '../../fakes/memory-files.ts'
import { aReceipt, receiptContent } from '../../fakes/receipts.ts'
import { noExports, sealedWorld } from '../../fakes/receipts-store.ts'

async function chainOf(count: number) {
  const { receipts, store } = sealedWorld()
  for (let n = 1; n <= count; n += 1) {
    const id = deliveryId(`delivery-${n}`)
    await receipts.append(id, previous => aReceipt(previous, id, { requestedBy: `user ${n}` }))
  }
  const { end } = await receipts.proof()
  return { receipts: store, check: () => checkChain(receipts.lines({ from: 1, to: count }), end) }
}

describe('canonical JSON', () => {
  it('has one spelling for one content, whatever the order it was put together in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), object => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(object))
        expect(JSON.parse(canonicalJson(object))).toEqual(JSON.parse(JSON.stringify(object)))
        expect(canonicalJson(JSON.parse(canonicalJson(object)))).toBe(canonicalJson(object))
      }),
    )
  })

  it('leaves out what is undefined', () =>
    expect(canonicalJson({ b: undefined, a: [1, null] })).toBe('{"a":[1,null]}'))
})

describe('the chain of receipts', () => {
  it('is sound as it was written', async () => {
    expect(await (await chainOf(5)).check()).toEqual([])
    expect(await (await chainOf(0)).check()).toEqual([])
  })

  it('shows a receipt that was changed, wherever it was changed', async () => {
    const paths = Object.keys(receiptContent())
    for (const key of paths) {
      const { receipts, check } = await chainOf(3)
      receipts.tamper(rows => {
        const row = rows[1]
        if (row) rows[1] = { ...row, content: { ...row.content, [key]: 'something else' } }
      })
      expect(await check()).toEqual([{ kind: 'receipt-changed', number: 2, receiptId: 'r-2' }])
    }
  })

  it('shows one whose hash was made anew', async () => {
    const { receipts, check } = await chainOf(3)
    receipts.tamper(rows => {
      const row = rows[1]
      if (!row) return
      const changed = { ...row, content: { ...row.content, requestedBy: 'somebody else' } }
      rows[1] = { ...changed, hash: receiptHash(changed) }
    })
    expect(await check()).toEqual([{ kind: 'chain-broken', number: 3, receiptId: 'r-3' }])
  })

  it('shows one that was removed, at the beginning, in the middle and at the end', async () => {
    for (const [removed, kinds] of [
      [0, ['receipt-missing', 'chain-broken']],
      [1, ['receipt-missing', 'chain-broken']],
      [2, ['receipt-missing']],
    ] as const) {
      const { receipts, check } = await chainOf(3)
      receipts.tamper(rows => rows.splice(removed, 1))
      const findings = await check()
      expect(findings).toContainEqual({ kind: 'receipt-missing', number: removed + 1, receiptId: null })
      expect(kinds).toEqual(expect.arrayContaining(findings.map(finding => finding.kind)))
    }
  })

  it('shows two that changed places', async () => {
    const { receipts, check } = await chainOf(3)
    receipts.tamper(rows => rows.reverse())
    expect(await check()).not.toEqual([])
  })
})

describe('the receipts service', () => {
  async function serviceWith(files = memoryFiles()) {
    files.put('/in/a.txt', 'a,b\n')
    const work = createFileWork(files)
    const { sha256 } = await work.hash('/in/a.txt', {
      signal: new AbortController().signal,
      onProgress: () => {},
    })
    const { receipts, store } = sealedWorld()
    const file = { path: '/in/a.txt', bytes: 4, sha256, crc32: null, rows: 1 }
    for (const id of ['delivery-1', 'delivery-2'].map(deliveryId)) {
      await receipts.append(id, previous => aReceipt(previous, id, { files: [file] }))
    }
    return { files, receipts, store, service: createReceiptsService({ receipts, files, work, ...noExports }) }
  }
  const first = receiptId('r-1')

  it('shows a receipt', async () => {
    const { service } = await serviceWith()
    const view = await service.show(first)
    expect(view).toMatchObject({
      id: 'r-1',
      number: 1,
      previousId: null,
      connectionName: 'Acme EU',
      requestedBy: 'erika',
    })
    expect(view.jobEndedAt).toEqual({ raw: 'yesterday', at: null, zoneAssumed: false })
    await expect(service.show(receiptId('nobody'))).rejects.toThrow('not-found')
  })

  it('finds where the files are', async () => {
    const { service, files } = await serviceWith()
    const found = async () => (await service.verify(first)).files.map(file => file.found)
    expect(await found()).toEqual(['there'])
    files.put('/in/a.txt', 'a,c\n')
    expect(await found()).toEqual(['changed'])
    files.put('/in/a.txt', 'longer')
    expect(await found()).toEqual(['changed'])
    await files.remove('/in/a.txt')
    expect(await found()).toEqual(['missing'])
    files.folder('/in/a.txt')
    expect(await found()).toEqual(['changed'])
  })

  it('says so where a share does not answer', async () => {
    const { receipts, files } = await serviceWith()
    const away = gatedFiles(files, () => {
      throw Object.assign(new Error('away'), { code: 'EHOSTDOWN' })
    })
    const service = createReceiptsService({
      ...noExports,
      receipts,
      files: away,
      work: createFileWork(away),
    })
    expect((await service.verify(first)).files.map(file => file.found)).toEqual(['unreachable'])
  })

  it('checks the place of a receipt in the chain, and the whole chain', async () => {
    const { service, store } = await serviceWith()
    expect((await service.verify(first)).chain).toBe('ok')
    store.tamper(rows => {
      const row = rows[0]
      if (row) rows[0] = { ...row, content: { ...row.content, requestedBy: 'somebody else' } }
    })
    expect((await service.verify(first)).chain).toBe('receipt-changed')
    expect((await service.verify(receiptId('r-2'))).chain).toBe('ok')
    store.tamper(rows => {
      const row = rows[0]
      if (row) rows[0] = { ...row, hash: receiptHash(row) }
    })
    expect((await service.verify(first)).chain).toBe('chain-broken')
    expect((await service.verify(receiptId('r-2'))).chain).toBe('chain-broken')
    const found = [{ kind: 'chain-broken', number: 2, receiptId: 'r-2' }]
    expect(await service.checkChain()).toMatchObject({ receipts: 2, findings: found, found: 1 })
  })
})
