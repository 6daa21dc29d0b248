import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import type { DefinitionView, JobView, NeedView } from '../../../preload/contract/types.ts'

export const jobOf = (named: Partial<JobView> = {}): JobView => ({
  id: 'j-1',
  connectionId: 'c-1',
  definitionId: 'd-1',
  definitionName: 'SAE US',
  remoteId: 'r1',
  state: 'running',
  rawStatus: 'Running',
  origin: 'here',
  startedBy: 'ana',
  knownAt: 1,
  startedAt: null,
  endedAt: null,
  usualMs: null,
  error: null,
  delivery: null,
  listed: true,
  cancellable: false,
  filesUntil: null,
  ...named,
})

export const downloading = (bytes: number, totalBytes: number | null): JobView =>
  jobOf({
    state: 'completed',
    delivery: {
      id: 'v-1',
      jobId: 'j-1',
      state: 'downloading',
      folder: '/srv/in',
      progress: { step: 'downloading', bytes, totalBytes, bytesPerSecond: null },
      error: null,
      nextAttemptAt: null,
      receiptId: null,
      updatedAt: 1,
    },
  })

export const definitionOf = (
  id: string,
  ranAt: number | null,
  named: Partial<DefinitionView> = {},
): DefinitionView => ({
  id,
  connectionId: 'c-1',
  name: `Extract ${id}`,
  kind: 'server',
  request: null,
  starts: true,
  removed: false,
  destination: {
    folder: '/srv/in',
    name: '{original}{ext}',
    onConflict: 'keep-both',
    unzip: true,
    keepArchive: false,
    archiveNames: 'standard',
    allowEmpty: false,
    acceptFewerRows: false,
    marker: null,
  },
  watch: false,
  lastJob: ranAt === null ? null : jobOf({ definitionId: id, knownAt: ranAt }),
  lastReceipt: null,
  ...named,
})

export const needOf = (id: string, named: Partial<NeedView> = {}): NeedView => ({
  id,
  kind: 'delivery',
  connectionId: 'c-1',
  definitionId: 'd-1',
  jobId: 'j-1',
  deliveryId: 'v-1',
  title: `SAE ${id}`,
  error: { code: 'folder-unreachable', facts: { folder: '\\\\erp\\in' } },
  facts: {},
  since: 1,
  ...named,
})

export const receiptOf = (id: string, named: Partial<ReceiptView> = {}): ReceiptView => ({
  id,
  number: 1,
  hash: 'h',
  previousHash: null,
  previousId: null,
  connectionId: 'c-1',
  connectionName: 'Acme US',
  system: 'concur',
  mark: 'production',
  definitionName: `SAE ${id}`,
  jobId: 'j-1',
  remoteJobId: 'r1',
  jobStartedAt: null,
  jobEndedAt: null,
  requestedBy: 'ana',
  deliveredAt: 1,
  outcome: 'delivered',
  folder: '/srv/in',
  archive: null,
  files: [
    { path: '/srv/in/a.txt', bytes: 1, sha256: '', crc32: null, rows: 48_000 },
    { path: '/srv/in/b.txt', bytes: 1, sha256: '', crc32: null, rows: 211 },
    { path: '/srv/in/done', bytes: 0, sha256: '', crc32: null, rows: null },
  ],
  controlTotals: [{ file: 'a.txt', headerRows: 1, headerTotal: '1', rows: 1, total: '1', match: true }],
  warnings: [],
  appVersion: '0.1.0',
  ...named,
})
