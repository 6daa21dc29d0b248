import { createHash } from 'node:crypto'
import type { ChainHead, ChainLink, Receipt } from './types.ts'

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

export type ChainFinding =
  | { readonly kind: 'receipt-changed' | 'chain-broken'; readonly receipt: Receipt['id'] }
  | { readonly kind: 'receipt-missing'; readonly number: number }

/** Whether a receipt is as it was written, and follows its predecessor (null: it must be the first). */
export function linkOf(
  receipt: Receipt,
  previous: Receipt | null,
): 'ok' | 'receipt-changed' | 'chain-broken' {
  if (receiptHash(receipt) !== receipt.hash) return 'receipt-changed'
  const follows =
    receipt.number === (previous?.number ?? 0) + 1 &&
    receipt.previousId === (previous?.id ?? null) &&
    receipt.previousHash === (previous?.hash ?? null)
  return follows ? 'ok' : 'chain-broken'
}

/**
 * Everything that is wrong with a chain, oldest first. `head` is where it must end: receipts that were removed from
 * its end leave no gap, so only somebody who knows the head can tell.
 */
export async function checkChain(
  chain: AsyncIterable<Receipt>,
  head: ChainHead,
): Promise<readonly ChainFinding[]> {
  const findings: ChainFinding[] = []
  const missing = (from: number, to: number) => {
    for (let number = from; number < to; number += 1) findings.push({ kind: 'receipt-missing', number })
  }
  let previous: Receipt | null = null
  for await (const receipt of chain) {
    const expected: number = (previous?.number ?? 0) + 1
    missing(expected, receipt.number)
    if (receiptHash(receipt) !== receipt.hash) findings.push({ kind: 'receipt-changed', receipt: receipt.id })
    else if (receipt.number === expected && linkOf(receipt, previous) !== 'ok')
      findings.push({ kind: 'chain-broken', receipt: receipt.id })
    previous = receipt
  }
  const end = previous?.number ?? 0
  missing(end + 1, head.count + 1)
  if (previous && end >= head.count && previous.hash !== head.hash && findings.length === 0)
    findings.push({ kind: 'chain-broken', receipt: previous.id })
  return findings
}
