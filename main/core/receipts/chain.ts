import { createHash } from 'node:crypto'
import type { ChainFinding } from '../../../preload/contract/receipts.ts'
import type { ChainEntry, ChainLine, ChainLink } from './types.ts'

type Unhashed<Content> = Omit<ChainEntry<Content>, 'hash'>

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

/** SHA-256, hex, over the canonical JSON of an entry without its own hash; the previous hash is part of it. */
export function receiptHash(entry: Unhashed<unknown>): string {
  const { id, number, previousId, previousHash, content } = entry
  const text = canonicalJson({ id, number, previousId, previousHash, content })
  return createHash('sha256').update(text).digest('hex')
}

/** The entry that follows `previous`, the first of the chain where that is null. */
export function chained<Content>(
  id: ChainLink['id'],
  content: Content,
  previous: ChainLink | null,
): ChainEntry<Content> {
  const unhashed: Unhashed<Content> = {
    id,
    number: (previous?.number ?? 0) + 1,
    previousId: previous?.id ?? null,
    previousHash: previous?.hash ?? null,
    content,
  }
  return { ...unhashed, hash: receiptHash(unhashed) }
}

/** Whether an entry is as it was written, and follows its predecessor (null: it must be the first). */
function linkOf(
  entry: ChainEntry<unknown>,
  previous: ChainLink | null,
): 'ok' | 'receipt-changed' | 'chain-broken' {
  if (receiptHash(entry) !== entry.hash) return 'receipt-changed'
  const follows =
    entry.number === (previous?.number ?? 0) + 1 &&
    entry.previousId === (previous?.id ?? null) &&
    entry.previousHash === (previous?.hash ?? null)
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
    const { id, number, hash, entry } = line
    const expected: number = (previous?.number ?? 0) + 1
    missing(expected, number)
    const link = entry ? linkOf(entry, previous) : 'receipt-changed'
    // After a gap an entry cannot follow; what is wrong there is the gap.
    const state = link === 'chain-broken' && number > expected ? 'ok' : link
    const isHead = number !== head?.number || hash === head.hash
    if (state !== 'ok' || !isHead)
      findings.push({ kind: state === 'ok' ? 'chain-broken' : state, number, receiptId: id })
    previous = line
  }
  missing((previous?.number ?? 0) + 1, (head?.number ?? 0) + 1)
  return findings
}
