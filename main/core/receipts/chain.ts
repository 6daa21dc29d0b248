import { createHash } from 'node:crypto'
import type { ChainFinding } from '../../../preload/contract/receipts.ts'
import type { ChainLine, ChainLink, Receipt } from './types.ts'

type Unhashed = Omit<Receipt, 'hash'>

/**
 * JSON with one spelling: keys in the order of their code units, no blanks, `undefined` left out. The same content
 * gives the same bytes, however the object was put together and wherever it was stored in between.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(one => canonicalJson(one ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256, hex, over the canonical JSON of a receipt without its own hash; the previous hash is part of it. */
export function receiptHash({ id, number, previousId, previousHash, content }: Unhashed): string {
  const text = canonicalJson({ id, number, previousId, previousHash, content })
  return createHash('sha256').update(text).digest('hex')
}

/** The receipt that follows `previous`, the first of the chain where that is null. */
export function chained(id: Receipt['id'], content: Receipt['content'], previous: ChainLink | null): Receipt {
  const unhashed: Unhashed = {
    id,
    number: (previous?.number ?? 0) + 1,
    previousId: previous?.id ?? null,
    previousHash: previous?.hash ?? null,
    content,
  }
  return { ...unhashed, hash: receiptHash(unhashed) }
}

/** Whether a receipt is as it was written, and follows its predecessor (null: it must be the first). */
function linkOf(receipt: Receipt, previous: ChainLink | null): 'ok' | 'receipt-changed' | 'chain-broken' {
  if (receiptHash(receipt) !== receipt.hash) return 'receipt-changed'
  const follows =
    receipt.number === (previous?.number ?? 0) + 1 &&
    receipt.previousId === (previous?.id ?? null) &&
    receipt.previousHash === (previous?.hash ?? null)
  return follows ? 'ok' : 'chain-broken'
}

/** A gap can be as wide as somebody who made up a number wants; so many of its numbers are told. */
const mostToldOfGap = 1000

/**
 * Everything that is wrong with a chain, or with its end behind `before`; oldest first. `head` is where it is known to
 * have come to, at least: receipts that were removed from its end leave no gap, and a chain that was written anew from
 * its beginning is sound in itself.
 */
export async function checkChain(
  lines: AsyncIterable<ChainLine>,
  head: Pick<ChainLink, 'number' | 'hash'> | null,
  before: ChainLink | null = null,
): Promise<readonly ChainFinding[]> {
  const findings: ChainFinding[] = []
  const missing = (from: number, to: number) => {
    for (let number = from; number < Math.min(to, from + mostToldOfGap); number += 1)
      findings.push({ kind: 'receipt-missing', number, receiptId: null })
  }
  let previous = before
  for await (const line of lines) {
    const { id, number, hash, receipt } = line
    const expected: number = (previous?.number ?? 0) + 1
    missing(expected, number)
    const link = receipt ? linkOf(receipt, previous) : 'receipt-changed'
    // After a gap a receipt cannot follow; what is wrong there is the gap.
    const state = link === 'chain-broken' && number > expected ? 'ok' : link
    const isHead = number !== head?.number || hash === head.hash
    if (state !== 'ok' || !isHead)
      findings.push({ kind: state === 'ok' ? 'chain-broken' : state, number, receiptId: id })
    previous = line
  }
  missing((previous?.number ?? 0) + 1, (head?.number ?? 0) + 1)
  return findings
}
