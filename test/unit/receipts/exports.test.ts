import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { zipPacker } from '../../../main/adapters/zip-packer.ts'
import { AppError } from '../../../main/core/errors.ts'
import { deliveryId, receiptId } from '../../../main/core/ids.ts'
import { receiptHash } from '../../../main/core/receipts/chain.ts'
import { createExports, type Printer } from '../../../main/core/receipts/exports.ts'
import type { Receipt, Review } from '../../../main/core/receipts/types.ts'
import { aReceipt, aReview } from '../../fakes/receipts.ts'

/** Prints what it was given. */
const printer: Printer & { opened: number } = {
  opened: 0,
  open(work) {
    printer.opened += 1
    return work(async html => Buffer.from(`%PDF ${html}`))
  },
}

function receipts(count: number): readonly Receipt[] {
  const made: Receipt[] = []
  for (let n = 1; n <= count; n += 1)
    made.push(aReceipt(made.at(-1) ?? null, deliveryId(`delivery-${n}`), { requestedBy: `Ünïcödé ${n}` }))
  return made
}

function exportsOf(all: readonly Receipt[], reviews: readonly Review[] = []) {
  const make = createExports({
    find: async id => {
      const found = all.find(one => one.id === id)
      if (!found) throw new AppError('not-found')
      return found
    },
    reviews: async ({ id }) => reviews.filter(({ content }) => content.receiptId === id),
    printer,
    packer: zipPacker,
  })
  return (ids: readonly string[], format: 'json' | 'pdf' | 'zip') => make(ids.map(receiptId), format)
}

/** The files of an archive, as another library reads them. */
function unzipped(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error)
      const files = new Map<string, Buffer>()
      archive.on('entry', (entry: yauzl.Entry) => {
        archive.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed)
          const parts: Buffer[] = []
          for await (const part of stream) parts.push(part)
          files.set(entry.fileName, Buffer.concat(parts))
          archive.readEntry()
        })
      })
      archive.on('end', () => resolve(files))
      archive.on('error', reject)
      archive.readEntry()
    })
  })
}

const text = async (bytes: Promise<Uint8Array>) => Buffer.from(await bytes).toString()
/** The receipt in an exported file, if it is one whose hash holds. */
function read(json: string): Receipt {
  const { format, receipt } = JSON.parse(json)
  expect(format).toBe('extract-desk/receipt')
  expect(receiptHash(receipt)).toBe(receipt.hash)
  return receipt
}

describe('an exported receipt', () => {
  it('is JSON from which its hash is made again', async () => {
    const [first, second] = receipts(2)
    const { name, bytes } = await exportsOf(receipts(2))(['r-2'], 'json')
    expect(name).toBe('receipt-2.json')
    const receipt = read(await text(bytes()))
    expect(receipt).toEqual(second)
    expect(receipt.previousHash).toBe(first?.hash)
  })

  it('carries its reviews, whose hashes are made again too', async () => {
    const [receipt] = receipts(1)
    if (!receipt) throw new Error('There is one')
    const own = aReview(receipt, 'Ünïcödé 1')
    const other = aReview(receipt, 'otto', own)
    const make = exportsOf([receipt], [own, other])
    const { reviews } = JSON.parse(await text((await make(['r-1'], 'json')).bytes()))
    expect(reviews).toEqual([own, other])
    for (const review of reviews) expect(receiptHash(review)).toBe(review.hash)
    expect(reviews[1].content).toMatchObject({ receiptHash: receipt.hash, reviewedBy: 'otto', ownRun: false })

    const page = await text((await make(['r-1'], 'pdf')).bytes())
    expect(page).toContain('by otto · and 1 more, in the JSON file')
    const alone = await text((await exportsOf([receipt], [own])(['r-1'], 'pdf')).bytes())
    expect(alone).toContain('by Ünïcödé 1 (self-review: own run)')
  })

  it('shows in its JSON that somebody changed it', async () => {
    const { bytes } = await exportsOf(receipts(1))(['r-1'], 'json')
    const { receipt } = JSON.parse((await text(bytes())).replace('Ünïcödé 1', 'Ünïcöde 1'))
    expect(receiptHash(receipt)).not.toBe(receipt.hash)
  })

  it('is a page', async () => {
    const { name, bytes } = await exportsOf(receipts(1))(['r-1'], 'pdf')
    expect(name).toBe('receipt-1.pdf')
    expect(await text(bytes())).toMatch(/^%PDF <!doctype html>/)
  })

  it('is made when it is asked for, not before', async () => {
    const before = printer.opened
    const { bytes } = await exportsOf(receipts(1))(['r-1'], 'pdf')
    expect(printer.opened).toBe(before)
    await bytes()
    expect(printer.opened).toBe(before + 1)
  })

  it('must be there, and one', async () => {
    const make = exportsOf(receipts(2))
    await expect(make(['r-1', 'r-9'], 'zip')).rejects.toThrow('not-found')
    await expect(make(['r-1', 'r-2'], 'pdf')).rejects.toThrow('bad-input')
    await expect(make([], 'zip')).rejects.toThrow('bad-input')
  })
})

describe('several receipts', () => {
  it('are without a gap where the reviews between them are there, and not where one is missing', async () => {
    const [first] = receipts(1)
    if (!first) throw new Error('There is one')
    const review = aReview(first, 'otto')
    const second = aReceipt(review, deliveryId('delivery-2'))
    const late = aReview(first, 'ina', aReview(second, 'ina'))
    const indexOf = async (reviews: readonly Review[]) => {
      const { bytes } = await exportsOf([first, second], reviews)([first.id, second.id], 'zip')
      return JSON.parse((await unzipped(await bytes())).get('index.json')?.toString() ?? '')
    }
    const whole = await indexOf([review, late])
    expect(whole.gapless).toBe(true)
    expect(whole.receipts[0].reviews).toMatchObject([
      { number: 2, hash: review.hash, by: 'otto', ownRun: false },
      { by: 'ina' },
    ])
    expect((await indexOf([late])).gapless).toBe(false)
  })

  it('are one archive of JSON, pages and an index, in the order of the chain', async () => {
    const all = receipts(12)
    const before = printer.opened
    const ids = [...all.map(({ id }) => id).reverse(), 'r-3']
    const { name, bytes } = await exportsOf(all)(ids, 'zip')
    expect(name).toBe('receipts-1-12.zip')
    const files = await unzipped(await bytes())
    expect(printer.opened).toBe(before + 1)
    expect(files.size).toBe(25)

    const index = JSON.parse(files.get('index.json')?.toString() ?? '')
    expect(index.gapless).toBe(true)
    expect(index.receipts.map((line: { number: number }) => line.number)).toEqual(all.map(one => one.number))
    for (const { name, sha256, bytes: length } of index.files) {
      const file = files.get(name)
      expect(file?.length).toBe(length)
      expect(
        createHash('sha256')
          .update(file ?? '')
          .digest('hex'),
      ).toBe(sha256)
    }
    for (const receipt of all) {
      const entry = `receipts/${String(receipt.number).padStart(7, '0')}`
      expect(read(files.get(`${entry}.json`)?.toString() ?? '')).toEqual(receipt)
      expect(files.get(`${entry}.pdf`)?.toString()).toContain(receipt.hash)
    }
  })

  it('say where one between them was left out', async () => {
    const { name, bytes } = await exportsOf(receipts(3))(['r-1', 'r-3'], 'zip')
    expect(name).toBe('receipts-1-3.zip')
    const files = await unzipped(await bytes())
    expect(JSON.parse(files.get('index.json')?.toString() ?? '')).toMatchObject({ gapless: false })
  })
})
