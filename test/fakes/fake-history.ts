import type { ExchangeProofs, ReceiptView } from '../../preload/contract/receipts.ts'
import type { HistoryRow } from '../../preload/contract/types.ts'

const names = [
  'Standard Accounting Extract US',
  'Company card transactions',
  'Standard Accounting Extract Europe',
  'Attendee detail',
  'Travel request extract',
  'Cash advance accounting',
] as const

const outcomes: readonly Pick<HistoryRow, 'jobState' | 'deliveryState'>[] = [
  { jobState: 'completed', deliveryState: 'delivered' },
  { jobState: 'completed', deliveryState: 'delivered' },
  { jobState: 'completed', deliveryState: 'delivered-with-warnings' },
  { jobState: 'completed', deliveryState: 'delivered' },
  { jobState: 'failed', deliveryState: null },
  { jobState: 'completed', deliveryState: 'delivered' },
  { jobState: 'completed', deliveryState: 'same-bytes' },
  { jobState: 'completed', deliveryState: null },
  { jobState: 'completed', deliveryState: 'finished-empty' },
  { jobState: 'completed', deliveryState: 'not-what-it-claims' },
  { jobState: 'completed', deliveryState: 'cancelled' },
]

/** Rows that differ from one another in every column, without chance: the n-th row is always the same. */
export function manyRows(now: number, count: number): readonly HistoryRow[] {
  return Array.from({ length: count }, (_, n): HistoryRow => {
    const outcome = outcomes[(n * 7) % outcomes.length] ?? {
      jobState: 'completed',
      deliveryState: 'delivered',
    }
    const { jobState, deliveryState } = outcome
    const saved =
      deliveryState === 'delivered' ||
      deliveryState === 'delivered-with-warnings' ||
      deliveryState === 'same-bytes'
    const rows = ((n + 3) * 7919) % 60_000
    const europe = n % names.length === 2
    return {
      jobId: `h-${n}`,
      receiptId: saved ? `r-${100_031 - n}` : null,
      connectionId: europe ? 'c-eu' : 'c-us',
      connectionName: europe ? 'Acme EU' : 'Acme US',
      mark: 'production',
      definitionName: names[n % names.length] ?? names[0],
      remoteJobId: `gWqq$${(n * 99_991).toString(36)}defGHijk`,
      jobState,
      deliveryState,
      at: now - n * 5 * 3_600_000 - 3_360_000,
      files: saved ? (n % 3) + 1 : null,
      bytes: saved ? rows * 1013 : null,
      rows: saved ? rows : null,
      total: saved ? `${n % 9 === 4 ? '-' : ''}${rows * 25}.${String(n % 100).padStart(2, '0')}00` : null,
    }
  })
}

const exchanges = (method: string, status: number): ExchangeProofs => ({
  version: 1,
  recorded: [
    {
      method,
      requestSha256: `${status}be05a6c3d1f8e2b7a4c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab9f2c81d`,
      requestHeaders: ['accept'],
      answer: {
        status,
        sha256: `${status}c81d4b7e05a6c3d1f8e2b7a4c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab`,
        headers: ['content-type'],
      },
    },
  ],
  more: 0,
})

export function aReceipt(now: number): ReceiptView {
  const folder = '\\\\erp\\finance\\concur\\in'
  const at = now - 3_360_000
  return {
    id: 'r-31',
    number: 31,
    hash: '9f2c81d4b7e05a6c3d1f8e2b7a4c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab',
    previousHash: '1a7be05a6c3d1f8e2b7a4c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab9f2c81',
    previousId: 'r-30',
    connectionId: 'c-us',
    connectionName: 'Acme US',
    system: 'concur',
    mark: 'production',
    definitionName: 'Standard Accounting Extract US',
    jobId: 'j-1',
    remoteJobId: 'gWqq$AbC9defGHijkC9de',
    jobStartedAt: { at: at - 120_000, raw: '2026-11-14T18:30:02', zoneAssumed: true },
    jobEndedAt: { at: at - 52_000, raw: '2026-11-14T18:31:10', zoneAssumed: true },
    requestedBy: 'M. Keller',
    deliveredAt: at,
    outcome: 'delivered',
    folder,
    archive: {
      name: 'extract_20261114183110.zip',
      bytes: 6_120_443,
      sha256: '5d1f8e2b7a4c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab9f2c81d4b7e05a6c',
    },
    files: [
      {
        path: `${folder}\\extract_CES_SAE_v3_p0012345abcd_20261114183110.txt`,
        bytes: 46_011_904,
        sha256: 'c9d0e5f6a1b2c3d4e5f60718293a4b5c671ab9f2c81d4b7e05a6c3d1f8e2b7a4',
        crc32: '8d3fa1c2',
        rows: 48_211,
      },
      {
        path: `${folder}\\extract_attendee_detail_p0012345abcd_20261114183110.txt`,
        bytes: 1_204_112,
        sha256: 'a1b2c3d4e5f60718293a4b5c671ab9f2c81d4b7e05a6c3d1f8e2b7a4c9d0e5f6',
        crc32: '11ac90ff',
        rows: 3044,
      },
      {
        path: `${folder}\\Standard Accounting Extract US.done`,
        bytes: 0,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        crc32: null,
        rows: null,
      },
    ],
    startExchanges: exchanges('POST', 201),
    received: [{ name: 'extract_20261114183110.zip', exchanges: exchanges('GET', 200) }],
    controlTotals: [
      {
        file: `${folder}\\extract_CES_SAE_v3_p0012345abcd_20261114183110.txt`,
        headerRows: 48_211,
        headerTotal: '1204331.0700',
        rows: 48_211,
        total: '1204331.0700',
        match: true,
      },
    ],
    warnings: [],
    reviews: [],
    reviewable: true,
    followsReview: false,
    appVersion: '0.1.0',
  }
}
