/** The printed receipt: what an auditor reads who has never seen the window. */
import type { ReceiptView } from '../../receipts.ts'
import { counted, number } from './figures.ts'

export const title = (n: number): string => `Receipt ${number(n)}`
export const lead = 'Proof of one delivery, written when the last of its files was in its folder.'
export const outcomes: Readonly<Record<ReceiptView['outcome'], string>> = {
  delivered: 'Delivered',
  'delivered-with-warnings': 'Delivered, with warnings',
  'same-bytes': 'Delivered before: the same bytes were there',
}
export const marks = { production: 'Production', test: 'Test', practice: 'Practice' } as const
export const labels = {
  definition: 'Definition',
  connection: 'Connection',
  address: 'Address',
  job: 'Job at the system',
  started: 'Started',
  ended: 'Ended',
  requested: 'Requested',
  delivered: 'Delivered',
  folder: 'Folder',
  archive: 'Archive received',
  marker: 'Marker file',
  answer: 'Job answer, SHA-256',
  hash: 'Hash of this receipt',
  previous: 'Hash of the one before',
} as const
export const by = (when: string, who: string): string => `${when}, by ${who}`
export const status = (raw: string): string => `status at the system: ${raw}`
export const systemTime = (utc: string, raw: string): string => `${utc} (the system wrote: ${raw})`
export const files = (n: number): string => `Files (${number(n)})`
export const fileColumns = {
  name: 'Name below the folder',
  bytes: 'Bytes',
  rows: 'Rows',
  crc: 'CRC-32',
} as const
export const sha = 'SHA-256'
export const moreFiles = (n: number): string =>
  `and ${counted(n, { one: 'more file', other: 'more files' })}, each listed in the receipt’s JSON file`
export const totals = 'Control totals'
export const totalsColumns = {
  file: 'File',
  promised: 'First line promises',
  counted: 'Rows add up to',
  match: 'They match',
  differ: 'They differ',
} as const
export const rowsAndTotal = (rows: number, total: string): string => `${number(rows)} / ${total}`
export const moreTotals = (n: number): string =>
  `and ${counted(n, { one: 'more file', other: 'more files' })} with totals, in the receipt’s JSON file`
export const warnings = 'Warnings'
export const moreWarnings = (n: number): string =>
  `and ${counted(n, { one: 'more warning', other: 'more warnings' })}, in the receipt’s JSON file`
export const chain = 'Chain of receipts'
export const first = 'none: this is the first receipt'
export const howToCheck =
  'Each receipt holds the hash of the one before. To check a file, compute its SHA-256 and compare it; to check this receipt and the chain, use Verify in Extract Desk, or the receipt’s JSON file, which says how its hash is made.'
export const written = (version: string): string => `Written by Extract Desk ${version}`
