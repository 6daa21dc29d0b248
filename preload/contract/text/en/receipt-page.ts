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
  startRequest: 'Start request',
  fileRequest: 'File request',
  answered: 'its answer',
  hash: 'Hash of this receipt',
  previous: 'Hash of the one before',
  reviewed: 'Reviewed',
} as const
export const by = (when: string, who: string): string => `${when}, by ${who}`
/** Who and when; whether it was the run of the same account; how many more reviews there are. */
export const reviewed = (who: string, ownRun: boolean, more: number): string =>
  `${who}${ownRun ? ' (self-review: own run)' : ''}${more > 0 ? ` · and ${number(more)} more, in the JSON file` : ''}`
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
/** Of a request its method, of an answer its status; and the digest. */
export const digested = (what: string | number, sha256: string): string => `${what} · SHA-256 ${sha256}`
export const lastOf = (request: string, n: number): string => `${request} (last of ${number(n)})`
export const noAnswer = 'none came'
export const startedElsewhere = 'none of ours: the job was started elsewhere'
export const notRecorded = 'not recorded: this receipt is older than that'
export const noRequest = 'none was sent: the files lay in a folder'
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
  'Each receipt holds the hash of the entry before. To check a file, compute its SHA-256 and compare it; to check this receipt and the chain, use Verify in Extract Desk, or the receipt’s JSON file, which says how its hash is made.'
export const written = (version: string): string => `Written by Extract Desk ${version}`
