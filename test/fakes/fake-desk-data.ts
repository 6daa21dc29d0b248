import type { ReceiptView } from '../../preload/contract/receipts.ts'
import type {
  ActivityView,
  ConnectionView,
  DefinitionView,
  Destination,
  HistoryRow,
  JobView,
  Settings,
  Slices,
  StatusView,
} from '../../preload/contract/types.ts'
import { noUpdates } from '../../preload/contract/updates.ts'
import { aReceipt, manyRows } from './fake-history.ts'

/** A desk on a Friday evening at month-end. Every instant is reckoned from `now`, so that "Today" stays today. */
export function monthEnd(
  now: number,
): Slices & { readonly history: readonly HistoryRow[]; readonly receipt: ReceiptView } {
  const minutesAgo = (n: number) => now - n * 60_000
  const time = (at: number) => ({
    at,
    raw: new Date(at).toISOString().replace('.000Z', ''),
    zoneAssumed: true,
  })

  const connections: readonly ConnectionView[] = [
    connection('c-us', 'Acme US', 'production', {
      state: 'ok',
      expiresAt: now + 171 * 86_400_000,
      error: null,
    }),
    connection('c-eu', 'Acme EU', 'production', {
      state: 'expired',
      expiresAt: minutesAgo(90),
      error: {
        code: 'sign-in-expired',
        facts: {},
        said: 'bad or expired refresh token (108)',
        correlationId: 'b1f6c1b0-6f0e-4a7e-9a54-3c0c2f1a77aa',
      },
    }),
    connection('c-impl', 'Acme implementation site', 'test', {
      state: 'ok',
      expiresAt: now + 9 * 86_400_000,
      error: null,
    }),
  ]

  const erp: Destination = {
    folder: '\\\\erp\\finance\\concur\\in',
    name: '{original}{ext}',
    onConflict: 'keep-both',
    unzip: true,
    keepArchive: false,
    archiveNames: 'standard',
    allowEmpty: false,
    acceptFewerRows: false,
    marker: '{definition}.done',
  }
  const europe: Destination = { ...erp, folder: '\\\\erp-eu\\finance\\in' }

  const done = job('j-1', 'd-sae-us', 'Standard Accounting Extract US', {
    state: 'completed',
    remoteId: 'gWqq$AbC9defGHijkC9de',
    startedAt: time(minutesAgo(58)),
    endedAt: time(minutesAgo(57) + 8000),
    startedBy: 'M. Keller',
    delivery: delivery('v-1', 'j-1', { state: 'delivered', receiptId: 'r-31' }),
  })
  const running = job('j-2', 'd-card', 'Company card transactions', {
    state: 'running',
    remoteId: 'gWqq$Card7defGHijk',
    startedAt: time(minutesAgo(2)),
    startedBy: 'M. Keller',
    usualMs: 185_000,
  })
  const downloading = job('j-3', 'd-cash', 'Cash advance accounting', {
    state: 'completed',
    remoteId: 'gWqq$CashAdv11defGH',
    startedAt: time(minutesAgo(6)),
    endedAt: time(minutesAgo(1)),
    startedBy: 'M. Keller',
    delivery: delivery('v-3', 'j-3', {
      state: 'downloading',
      progress: {
        step: 'downloading',
        bytes: 412_000_000,
        totalBytes: 1_024_000_000,
        bytesPerSecond: 38_000_000,
      },
    }),
  })
  const stuck = job('j-4', 'd-sae-eu', 'Standard Accounting Extract Europe', {
    state: 'completed',
    connectionId: 'c-eu',
    remoteId: 'gEu$9StandardEurope',
    startedAt: time(minutesAgo(95)),
    endedAt: time(minutesAgo(93)),
    startedBy: 'Overnight processor',
    origin: 'elsewhere',
    delivery: delivery('v-4', 'j-4', {
      state: 'destination-unreachable',
      folder: europe.folder,
      error: { code: 'folder-unreachable', facts: { folder: europe.folder } },
    }),
  })
  const failed = job('j-5', 'd-travel', 'Travel request extract', {
    state: 'failed',
    remoteId: 'gWqq$TravelReq3defG',
    rawStatus: 'Failed',
    startedAt: time(minutesAgo(60 * 26)),
    endedAt: time(minutesAgo(60 * 26 - 4)),
    startedBy: 'M. Keller',
    error: {
      code: 'job-failed',
      facts: {},
      said: 'Extract aborted: policy group “US-Sales” has no journal entry code.',
    },
  })
  const unsaved = job('j-6', 'd-attendee', 'Attendee detail', {
    state: 'completed',
    remoteId: 'gWqq$Attendee88defG',
    startedAt: time(minutesAgo(60 * 24 * 5)),
    endedAt: time(minutesAgo(60 * 24 * 5 - 2)),
    origin: 'elsewhere',
  })

  const definitions: readonly DefinitionView[] = [
    definition('d-sae-us', 'c-us', 'Standard Accounting Extract US', {
      destination: erp,
      watch: true,
      lastJob: done,
      lastReceipt: {
        id: 'r-31',
        deliveredAt: minutesAgo(56),
        files: 3,
        bytes: 48_211_904,
        rows: 48_211,
        total: '1204331.0700',
      },
    }),
    definition('d-card', 'c-us', 'Company card transactions', {
      destination: erp,
      lastJob: running,
      lastReceipt: {
        id: 'r-30',
        deliveredAt: minutesAgo(60 * 25),
        files: 1,
        bytes: 4_120_331,
        rows: 9120,
        total: '388120.5000',
      },
    }),
    definition('d-cash', 'c-us', 'Cash advance accounting', {
      destination: erp,
      lastJob: downloading,
      lastReceipt: {
        id: 'r-22',
        deliveredAt: minutesAgo(60 * 24 * 31),
        files: 1,
        bytes: 120_331,
        rows: 214,
        total: '-1250.0000',
      },
    }),
    definition('d-travel', 'c-us', 'Travel request extract', { destination: erp, lastJob: failed }),
    definition('d-attendee', 'c-us', 'Attendee detail', { lastJob: unsaved }),
    definition('d-sae-eu', 'c-eu', 'Standard Accounting Extract Europe', {
      destination: europe,
      watch: true,
      lastJob: stuck,
      lastReceipt: {
        id: 'r-29',
        deliveredAt: minutesAgo(60 * 24 * 30),
        files: 2,
        bytes: 31_004_112,
        rows: 31_004,
        total: '902114.3300',
      },
    }),
    definition('d-vat', 'c-eu', 'Value added tax reclaim', { removed: true }),
    definition('d-impl', 'c-impl', 'Standard Accounting Extract v3', {
      destination: { ...erp, folder: 'C:\\Users\\mkeller\\Documents\\Extract test' },
    }),
  ]

  const settings: Settings = {
    theme: 'system',
    density: 'normal',
    notifications: 'all',
    closeToTray: true,
    startAtLogin: false,
    questionMarkKey: true,
    defaultFolder: '\\\\erp\\finance\\concur\\in',
    defaultName: '{original}{ext}',
    keepAnswersDays: 30,
    keepLogsDays: 90,
    keepReplacedDays: 0,
    keepRefusedDays: 0,
    againHours: 12,
    archiveFactor: 1,
    paused: false,
    pauseOnMetered: false,
    proxy: { mode: 'system' },
  }
  const status: StatusView = {
    online: true,
    metered: null,
    keychain: 'ok',
    practice: false,
    version: '0.1.0',
    profile: 'C:\\Users\\mkeller\\AppData\\Roaming\\Extract Desk',
    managed: {
      settings: [],
      allowedHosts: null,
      practice: true,
      connections: 'changeable',
      updates: { channel: null, url: null },
      unreadable: [],
    },
    update: noUpdates,
  }

  const history = manyRows(now, 100_000)
  const activity: ActivityView = {
    needs: [
      {
        id: 'n-1',
        kind: 'sign-in',
        connectionId: 'c-eu',
        definitionId: null,
        jobId: null,
        deliveryId: null,
        title: 'Acme EU',
        error: connections[1]?.signIn.error ?? null,
        facts: {},
        since: minutesAgo(90),
      },
      {
        id: 'n-2',
        kind: 'delivery',
        connectionId: 'c-eu',
        definitionId: 'd-sae-eu',
        jobId: 'j-4',
        deliveryId: 'v-4',
        title: 'Standard Accounting Extract Europe',
        error: { code: 'folder-unreachable', facts: { folder: europe.folder } },
        facts: {},
        since: minutesAgo(92),
      },
      {
        id: 'n-3',
        kind: 'near-end-of-list',
        connectionId: 'c-us',
        definitionId: 'd-attendee',
        jobId: 'j-6',
        deliveryId: null,
        title: 'Attendee detail',
        error: null,
        facts: { left: 6 },
        since: minutesAgo(60 * 24),
      },
    ],
    running: [downloading, running],
    delivered: history.filter(row => row.receiptId !== null).slice(0, 4),
  }

  return {
    connections,
    definitions,
    activity,
    schedules: [],
    settings,
    status,
    history,
    receipt: aReceipt(now),
  }
}

function connection(
  id: string,
  name: string,
  mark: ConnectionView['mark'],
  signIn: ConnectionView['signIn'],
): ConnectionView {
  return {
    id,
    name,
    system: 'concur',
    url:
      mark === 'test'
        ? 'https://www-us-impl.api.concursolutions.com'
        : 'https://www-us2.api.concursolutions.com',
    mark,
    auth: 'refresh-token',
    outputMaps: [],
    certificateSha256: null,
    secrets: 'keychain',
    signIn,
  }
}

function definition(
  id: string,
  connectionId: string,
  name: string,
  more: Partial<DefinitionView>,
): DefinitionView {
  return {
    id,
    connectionId,
    remoteId: `remote-${id}`,
    name,
    kind: 'server',
    request: null,
    starts: true,
    removed: false,
    destination: null,
    watch: false,
    favourite: false,
    jobsRead: true,
    lastJob: null,
    lastReceipt: null,
    ...more,
  }
}

function job(id: string, definitionId: string, definitionName: string, more: Partial<JobView>): JobView {
  return {
    id,
    connectionId: 'c-us',
    definitionId,
    definitionName,
    remoteId: null,
    state: 'queued',
    rawStatus: null,
    origin: 'here',
    startedBy: null,
    knownAt: more.startedAt?.at ?? 0,
    startedAt: null,
    endedAt: null,
    usualMs: null,
    error: null,
    delivery: null,
    listed: true,
    cancellable: false,
    filesUntil: null,
    ...more,
  }
}

function delivery(
  id: string,
  jobId: string,
  more: Partial<NonNullable<JobView['delivery']>>,
): NonNullable<JobView['delivery']> {
  return {
    id,
    jobId,
    state: 'waiting',
    folder: '\\\\erp\\finance\\concur\\in',
    progress: null,
    error: null,
    nextAttemptAt: null,
    receiptId: null,
    updatedAt: 0,
    ...more,
  }
}
