/** History and the panel that opens beside it: receipt or job. */
import { counted, number } from '../figures.ts'

export const search = 'Search history'
export const searchHint = 'Definition, connection, job id, file name'
export const clear = 'Clear the search'
export const filter = 'Filter'
export const filters = 'Filters'
export const removeFilter = (name: string): string => `Remove filter ${name}`
export const found = (n: number): string => counted(n, { one: 'job', other: 'jobs' })
export const rowsOf = 'Jobs and deliveries'
export const columns = {
  state: 'State',
  definition: 'Definition',
  connection: 'Connection',
  when: (zone: string): string => `When (${zone})`,
  files: 'Files',
  size: 'Size',
  rows: 'Rows',
  total: 'Total',
  reviewed: 'Reviewed',
} as const
/** Of what was delivered. */
export const reviewed = {
  group: 'Review',
  yes: 'Reviewed',
  no: 'Not reviewed',
  marks: { reviewed: 'Reviewed', 'self-review': 'Self-review' },
} as const
/** A filter that is on from the start: jobs that others ran and whose files nobody here saved or asked for. */
export const passedBy = {
  group: 'Others’ jobs, not saved here',
  hidden: 'Without others’ unsaved jobs',
  hide: 'Leave them out',
  show: 'Show them too',
  noneOwn: 'Nothing was run or saved here yet',
  what: 'Jobs that others ran, and whose files nobody here saved, are left out.',
} as const
export const outcomeGroup = 'Outcome'
export const connectionGroup = 'Connection'
export const sinceGroup = 'Since'
export const outcomes = {
  delivered: 'Delivered',
  trouble: 'Failed',
  'not-saved': 'Not saved',
} as const
export const sinces = {
  today: 'Today',
  week: 'Last 7 days',
  month: 'Last 31 days',
  year: 'Last 12 months',
} as const
export const emptyTitle = 'No history yet'
export const emptyWhat =
  'Every job and every delivery is kept here, with its receipt, for as long as you use Extract Desk.'
export const nothingFound = 'Nothing found'
export const nothingFoundWhat = 'No job matches the search and the filters.'
export const clearAll = 'Clear search and filters'
export const loadingRow = 'Loading'

export const receipt = {
  title: (n: number): string => `Receipt ${number(n)}`,
  panel: 'Receipt',
  job: 'Job',
  jobId: 'Job id',
  started: 'Started',
  ended: 'Ended',
  delivered: 'Delivered',
  requestedBy: 'Requested by',
  folder: 'Folder',
  archive: 'Archive',
  files: 'Files',
  /** Every file is hashed as it is written, and nothing is published that was not checked. */
  checkedAtDelivery: (when: string): string => `as checked and hashed at its delivery, ${when}`,
  notSince: 'Not looked at since its delivery. Verify hashes the files where they are now.',
  verifiedAt: 'Hashed again by Verify:',
  findings: {
    there: 'there, unchanged',
    moved: 'moved, unchanged',
    changed: 'changed since',
    missing: 'no longer there',
    unreachable: 'cannot be reached',
  },
  movedTo: (path: string): string => `Now at ${path}`,
  totals: 'Control totals',
  totalsColumns: { source: '', rows: 'Rows', total: 'Total' },
  header: 'First line promises',
  counted: 'Rows add up to',
  match: 'They match',
  differ: 'They differ',
  chain: 'Chain',
  follows: (n: number): string => `No. ${number(n)}, follows the one before`,
  openPrevious: (n: number): string => `Receipt ${number(n)}`,
  followsReview: (n: number): string => `No. ${number(n)}, follows a review, no. ${number(n - 1)}`,
  first: (n: number): string => `No. ${number(n)}, the first`,
  reviewedBy: (who: string): string => `Reviewed by ${who}`,
  selfReview: 'Self-review: the same account had asked for this delivery.',
  review: {
    mark: 'Mark as reviewed',
    what: 'The review is written into the chain of receipts, with the name of your account and the time. It is kept for good: it cannot be changed or taken back.',
    done: 'Marked as reviewed.',
  },
  chainFindings: {
    ok: 'unbroken up to its sealed end',
    'ok-unproven': 'unbroken, but not proven',
    'receipt-changed': 'this receipt was changed',
    'receipt-missing': 'a receipt is missing',
    'chain-broken': 'broken',
  },
  chainAt: {
    'receipt-changed': (n: number): string => `No. ${number(n)} is not as it was written.`,
    'receipt-missing': (n: number): string => `No. ${number(n)} was removed.`,
    'chain-broken': (n: number): string =>
      `No. ${number(n)} does not fit the others: it, or what it follows, was changed or written anew.`,
  },
  unproven: {
    'keychain-unavailable':
      'The keychain does not answer. Whether the newest receipts were removed, or all of them written anew, can be told only with the key that is kept there.',
    'key-missing':
      'The keychain does not have the key that these receipts were sealed with. Nothing contradicts them, but whether the newest were removed, or all of them written anew, cannot be told.',
    'written-without-key':
      'It was written while no key was at hand in the keychain. Nothing contradicts it, but whether it was written anew before the next one was sealed cannot be told.',
  },
  warnings: 'Warnings',
  hash: 'Hash of this receipt',
  requests: 'Requests and answers',
  requestsAre: 'The digest of what was asked and of the head of each answer. Secrets were left out first.',
  startRequest: 'Start of the job',
  startedElsewhere: 'started elsewhere: none of our requests',
  notRecorded: 'not recorded: this receipt is older than that',
  noRequest: 'no request: the file lay in a folder',
  request: 'request',
  answered: (status: number): string => `answered ${status}`,
  answer: 'answer',
  noAnswer: 'no answer came',
  moreRequests: (n: number): string =>
    `and ${counted(n, { one: 'more request', other: 'more requests' })}; the JSON file has those that were recorded`,
  version: (v: string): string => `Written by Extract Desk ${v}`,
  showInFolder: 'Show in folder',
  lookInside: 'Look inside',
  lookInsideOf: (name: string): string => `Look inside ${name}`,
  showFile: (name: string): string => `Show ${name} in its folder`,
  verify: 'Verify',
  verifying: 'Hashing the files…',
  deliverAgain: 'Deliver again',
  asked: 'It is delivered again; a new receipt follows.',
  export: 'Export',
  exportAs: { pdf: 'PDF, one page', json: 'JSON', zip: 'Archive of both' },
  exporting: 'Saving…',
  saved: (path: string): string => `Saved as ${path}`,
  close: 'Close the panel',
  sha: 'SHA-256',
} as const

/** What can be done with all receipts, from History. */
export const receipts = {
  menu: 'Receipts',
  check: 'Check the chain of receipts',
  checking: 'Reading every receipt…',
  title: 'Chain of receipts',
  none: 'There are no receipts yet.',
  ok: (n: number): string =>
    `${counted(n, { one: 'receipt', other: 'receipts' })}: unbroken up to the sealed end. None was changed and none removed.`,
  inOrder: (n: number): string =>
    `${counted(n, { one: 'receipt', other: 'receipts' })}: nothing contradicts them.`,
  wrong: (n: number): string => `${counted(n, { one: 'finding', other: 'findings' })} in the chain.`,
  more: (n: number): string => `and ${number(n)} more`,
  unproven: (n: number): string => `${counted(n, { one: 'receipt is', other: 'receipts are' })} not proven.`,
  unprovenWhy: {
    'keychain-unavailable':
      'The keychain does not answer. Whether the newest receipts were removed, or all of them written anew, can be told only with the key that is kept there.',
    'key-missing':
      'The keychain does not have the key that they were sealed with. Whether the newest were removed, or all of them written anew, cannot be told. The next delivery makes a new key.',
    'written-without-key':
      'They were written while no key was at hand in the keychain. Whether they were written anew before the next one was sealed cannot be told.',
  },
  files: 'The files are not part of this: Verify in a receipt hashes them again.',
  export: (most: number): string => `Export the receipts found (the newest ${number(most)})`,
  exporting: 'Printing receipts…',
  nothing: 'None of the jobs found has a receipt.',
  close: 'Close',
} as const

export const job = {
  title: 'Job without a receipt',
  state: 'State',
  known: 'Known since',
  started: 'Started',
  ended: 'Ended',
  filesUntil: 'Files until',
  by: 'Started by',
  id: 'Job id',
  system: 'The system’s word',
  open: 'Open definition',
  deliver: 'Deliver',
  notSavedWhat: 'This job finished, and its files were not saved from here.',
  loading: 'Reading the job…',
} as const
