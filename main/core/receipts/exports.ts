import { createHash } from 'node:crypto'
import type { ExportFormat } from '../../../preload/contract/receipts.ts'
import { AppError } from '../errors.ts'
import type { ReceiptId } from '../ids.ts'
import { isoOf } from '../time.ts'
import { receiptJson } from './receipt-json.ts'
import { receiptPage } from './receipt-page.ts'
import { reviewView } from './reviews.ts'
import type { Receipt, Review } from './types.ts'

/** Prints pages of HTML that have no scripts and ask for nothing. */
export interface Printer {
  /** `work` is given what prints one page as a PDF; it prints one after the other. */
  open<T>(work: (print: (html: string) => Promise<Uint8Array>) => Promise<T>): Promise<T>
}

export type Packed = { readonly name: string; readonly bytes: Uint8Array }
/** Puts files into one archive. */
export interface Packer {
  pack(files: readonly Packed[]): Promise<Uint8Array>
}

export type ExportsWorld = {
  readonly find: (id: ReceiptId) => Promise<Receipt>
  readonly reviews: (receipt: Receipt) => Promise<readonly Review[]>
  readonly printer: Printer
  readonly packer: Packer
}

/** A file to be saved: what it may be called, and its bytes, which are made when they are asked for. */
export type Exported = { readonly name: string; readonly bytes: () => Promise<Uint8Array> }

type Reviewed = { readonly receipt: Receipt; readonly reviews: readonly Review[] }

/** Receipts as files, each with its reviews. Throws `not-found` for a receipt that is not there, before anything is made. */
export function createExports({ find, reviews, printer, packer }: ExportsWorld) {
  return async (ids: readonly ReceiptId[], format: ExportFormat): Promise<Exported> => {
    const all: Reviewed[] = []
    for (const id of new Set(ids)) {
      const receipt = await find(id)
      all.push({ receipt, reviews: await reviews(receipt) })
    }
    all.sort((a, b) => a.receipt.number - b.receipt.number)
    const [first] = all
    const last = all.at(-1)
    if (!first || !last || (format !== 'zip' && all.length > 1)) throw new AppError('bad-input')
    const span =
      first === last
        ? `receipt-${first.receipt.number}`
        : `receipts-${first.receipt.number}-${last.receipt.number}`
    return { name: `${span}.${format}`, bytes: () => bytesOf(all, first, format) }
  }

  function bytesOf(all: readonly Reviewed[], first: Reviewed, format: ExportFormat): Promise<Uint8Array> {
    if (format === 'json') return Promise.resolve(utf8(receiptJson(first.receipt, first.reviews)))
    return printer.open(async print => {
      if (format === 'pdf') return print(receiptPage(first.receipt, first.reviews))
      const files: Packed[] = []
      for (const { receipt, reviews } of all) {
        files.push({ name: `${nameOf(receipt)}.json`, bytes: utf8(receiptJson(receipt, reviews)) })
        files.push({ name: `${nameOf(receipt)}.pdf`, bytes: await print(receiptPage(receipt, reviews)) })
      }
      return packer.pack([{ name: 'index.json', bytes: utf8(indexOf(all, files)) }, ...files])
    })
  }
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
/** In the order of their numbers also where they are sorted by name. */
const nameOf = ({ number }: Receipt): string => `receipts/${String(number).padStart(7, '0')}`

/** What is in the archive, and by which hash; whether the chain is whole between the first receipt and the last. */
function indexOf(all: readonly Reviewed[], files: readonly Packed[]): string {
  const lines = all.map(({ receipt, reviews }) => {
    const { id, number, hash, previousHash, content } = receipt
    return {
      number,
      id,
      hash,
      previousHash,
      deliveredAt: isoOf(content.deliveredAt),
      connection: content.connection.name,
      system: content.connection.system,
      definition: content.definition.name,
      job: content.remoteJobId,
      outcome: content.outcome,
      files: content.files.length,
      bytes: content.files.reduce((sum, file) => sum + file.bytes, 0),
      reviews: reviews.map(review => ({ ...reviewView(review), at: isoOf(review.content.reviewedAt) })),
    }
  })
  // A review stands in the chain between receipts; those behind the last receipt say nothing of what is before it.
  const last = all.at(-1)?.receipt.number ?? 0
  const entries = all
    .flatMap(({ receipt, reviews }) => [receipt, ...reviews])
    .filter(({ number }) => number <= last)
    .sort((a, b) => a.number - b.number)
  const gapless = entries.every(
    ({ previousHash }, index) => index === 0 || previousHash === entries[index - 1]?.hash,
  )
  const sums = files.map(({ name, bytes }) => ({
    name,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }))
  const index = { format: 'extract-desk/receipts', version: 1, gapless, receipts: lines, files: sums }
  return `${JSON.stringify(index, null, 2)}\n`
}
