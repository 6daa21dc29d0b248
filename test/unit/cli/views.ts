import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import type {
  ConnectionView,
  DefinitionView,
  DeliveryView,
  Destination,
  JobView,
} from '../../../preload/contract/types.ts'

const at = (text: string) => ({ at: Date.parse(text), raw: text, zoneAssumed: false })

export const aConnection: ConnectionView = {
  id: 'connection-1',
  name: 'Acme EU',
  system: 'concur',
  url: 'https://eu.example',
  mark: 'production',
  auth: 'refresh-token',
  outputMaps: [],
  certificateSha256: null,
  secrets: 'keychain',
  signIn: { state: 'ok', expiresAt: Date.parse('2027-05-01T10:00:00.500Z'), error: null },
}

export const aDestination: Destination = {
  folder: '/srv/erp/in',
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
}

export const aDelivery: DeliveryView = {
  id: 'delivery-1',
  jobId: 'job-1',
  state: 'delivered',
  folder: '/srv/erp/in',
  progress: null,
  error: null,
  nextAttemptAt: null,
  receiptId: 'r-1',
  updatedAt: 20,
}

export const aJob: JobView = {
  id: 'job-1',
  connectionId: aConnection.id,
  definitionId: 'definition-1',
  definitionName: 'Standard Accounting Extract',
  remoteId: 'gWqq$1',
  state: 'completed',
  rawStatus: 'Completed',
  origin: 'here',
  startedBy: 'ana',
  knownAt: 1,
  startedAt: at('2026-11-01T18:30:02Z'),
  endedAt: at('2026-11-01T18:31:10Z'),
  usualMs: null,
  error: null,
  delivery: aDelivery,
  listed: true,
  cancellable: false,
  filesUntil: null,
}

export const running: JobView = {
  ...aJob,
  state: 'running',
  rawStatus: 'Running',
  endedAt: null,
  delivery: null,
}

export const aDefinition: DefinitionView = {
  id: 'definition-1',
  connectionId: aConnection.id,
  remoteId: 'gDef$1',
  name: 'Standard Accounting Extract',
  kind: 'server',
  request: null,
  starts: true,
  removed: false,
  destination: aDestination,
  watch: false,
  favourite: false,
  jobsRead: true,
  lastJob: aJob,
  lastReceipt: { id: 'r-1', deliveredAt: 2, files: 1, bytes: 3, rows: 4, total: null },
}

export const aReceipt: ReceiptView = {
  id: 'r-1',
  number: 1,
  hash: 'aa',
  previousHash: null,
  previousId: null,
  connectionId: aConnection.id,
  connectionName: aConnection.name,
  system: 'concur',
  mark: 'production',
  definitionName: aDefinition.name,
  jobId: 'job-1',
  remoteJobId: 'gWqq$1',
  jobStartedAt: aJob.startedAt,
  jobEndedAt: aJob.endedAt,
  requestedBy: 'ana',
  deliveredAt: Date.parse('2026-11-01T18:31:12.250Z'),
  outcome: 'delivered',
  folder: '/srv/erp/in',
  received: [],
  archive: null,
  files: [{ path: '/srv/erp/in/a.txt', bytes: 48_211, sha256: 'ab', crc32: null, rows: 12 }],
  controlTotals: [],
  warnings: [{ code: 'file-empty', facts: { file: 'b.txt' } }],
  reviews: [],
  reviewable: true,
  followsReview: false,
  appVersion: '0.1.0',
}
