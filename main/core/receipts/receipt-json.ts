import type { ChainEntry, Receipt, Review } from './types.ts'

/** What an exported receipt says of itself, so that it can be checked without us, years from now. */
const format = {
  format: 'extract-desk/receipt',
  version: 1,
  check:
    'hash, of the receipt and of each review, is the SHA-256 of the canonical JSON (keys in the order of their UTF-16 code units, no blanks) of ' +
    '{id, number, previousId, previousHash, content}; times are milliseconds since 1970-01-01 UTC',
} as const

/** A receipt as a file of its own, with its reviews so far; the hashes can be checked again from what is in it. */
export function receiptJson(receipt: Receipt, reviews: readonly Review[]): string {
  const file = { ...format, receipt: inOrder(receipt), reviews: reviews.map(inOrder) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Its parts in the order in which people read them. */
function inOrder<Content>(entry: ChainEntry<Content>): ChainEntry<Content> {
  const { id, number, previousId, previousHash, content, hash } = entry
  return { id, number, previousId, previousHash, content, hash }
}
