import type { Receipt } from './types.ts'

/** What an exported receipt says of itself, so that it can be checked without us, years from now. */
const format = {
  format: 'extract-desk/receipt',
  version: 1,
  check:
    'hash is the SHA-256 of the canonical JSON (keys in the order of their UTF-16 code units, no blanks) of ' +
    '{id, number, previousId, previousHash, content}; times are milliseconds since 1970-01-01 UTC',
} as const

/** A receipt as a file of its own, to be read by people too; its hash can be checked again from what is in it. */
export function receiptJson(receipt: Receipt): string {
  const { id, number, previousId, previousHash, content, hash } = receipt
  return `${JSON.stringify({ ...format, receipt: { id, number, previousId, previousHash, content, hash } }, null, 2)}\n`
}
