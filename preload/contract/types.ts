/**
 * What the window is shown. Plain data, safe to clone; no secret ever has a place here.
 * Instants are milliseconds since 1970 UTC; money and other decimals are strings as the file wrote them.
 */
import type { ErrorView } from './errors.ts'
import type { ManagedView } from './managed.ts'
import type { ScheduleView } from './schedules.ts'
import type { Settings } from './settings.ts'
import type { UpdateView } from './updates.ts'
import type {
  AuthKind,
  ConflictPolicy,
  ConnectionMark,
  DeliveryState,
  JobState,
  JobStatus,
  NameCodePage,
  PracticeScenario,
  SignInState,
  SystemName,
} from './words.ts'

export type { RunPlan } from './run-plan.ts'

export type { ProxySettings, Settings } from './settings.ts'

export type Instant = number

/** A time as a system wrote it: what we read it as, and its own text, since a missing zone is read as UTC. */
export type SystemTimeView = {
  readonly at: Instant | null
  readonly raw: string
  readonly zoneAssumed: boolean
}

export type SignInView = {
  readonly state: SignInState
  /** When the long-lived secret (refresh token, session) ends; null where the system does not say. */
  readonly expiresAt: Instant | null
  readonly error: ErrorView | null
}

export type ConnectionView = {
  readonly id: string
  readonly name: string
  readonly system: SystemName
  readonly url: string
  readonly mark: ConnectionMark
  readonly auth: AuthKind
  /** Where folders of the server lie for this computer. */
  readonly outputMaps: readonly OutputMap[]
  /** The one certificate (SHA-256, hex) that is trusted although nobody vouches for it. */
  readonly certificateSha256: string | null
  /** Where the secrets are: in the OS keychain, in memory until quit, or nowhere (removed or never stored). */
  readonly secrets: 'keychain' | 'session' | 'none'
  readonly signIn: SignInView
}

/** A folder as the server names it, and where it lies for this computer. */
export type OutputMap = { readonly server: string; readonly local: string }

export type Destination = {
  readonly folder: string
  /** Name template, cli.md "Files and names"; the default keeps the system's own name. */
  readonly name: string
  readonly onConflict: ConflictPolicy
  readonly unzip: boolean
  readonly keepArchive: boolean
  readonly archiveNames: NameCodePage
  readonly allowEmpty: boolean
  /** An accounting extract with fewer rows than its first line promises is delivered, with a warning. */
  readonly acceptFewerRows: boolean
  /** Template of the marker file that appears when every file of the job is there; null: none. */
  readonly marker: string | null
}

/** What a definition that we keep asks of its system (docs/cli.md, request files). */
export type KeptRequest = Readonly<Record<string, unknown>>

export type DefinitionView = {
  readonly id: string
  readonly connectionId: string
  /** The server's id of it; one of ours where we keep it. */
  readonly remoteId: string
  readonly name: string
  /** Who keeps it: the server, or we. `others`: the connection's jobs that belong to no definition. */
  readonly kind: 'server' | 'kept' | 'others'
  readonly request: KeptRequest | null
  /** Whether a run is started; else the system makes the files by itself, and a run saves the newest. */
  readonly starts: boolean
  /** The system no longer lists it, or the user removed it. Its history stays. */
  readonly removed: boolean
  readonly destination: Destination | null
  /** Deliver jobs that were started elsewhere too. */
  readonly watch: boolean
  /** The tray offers it first. */
  readonly favourite: boolean
  /** The system's list of its jobs was read at least once: without a last job there is none. */
  readonly jobsRead: boolean
  readonly lastJob: JobView | null
  readonly lastReceipt: ReceiptSummary | null
}

export type ReceiptSummary = {
  readonly id: string
  readonly deliveredAt: Instant
  readonly files: number
  readonly bytes: number
  readonly rows: number | null
  readonly total: string | null
}

export type JobView = {
  readonly id: string
  readonly connectionId: string
  readonly definitionId: string
  readonly definitionName: string
  /** The server's id; null while a start is not yet answered. */
  readonly remoteId: string | null
  readonly state: JobState
  readonly rawStatus: string | null
  readonly origin: 'here' | 'elsewhere'
  readonly startedBy: string | null
  /** When we first knew of it. */
  readonly knownAt: Instant
  readonly startedAt: SystemTimeView | null
  readonly endedAt: SystemTimeView | null
  /** How long this definition's jobs usually take, from their median; null while unknown. Milliseconds. */
  readonly usualMs: number | null
  readonly error: ErrorView | null
  readonly delivery: DeliveryView | null
  /** Whether the system still lists it. */
  readonly listed: boolean
  /** It runs, and the system lets it be cancelled. */
  readonly cancellable: boolean
  /** When the system removes its files; null: not stated, or there are none. */
  readonly filesUntil: Instant | null
}

/** A job as the system's own list shows it, and what it is to us. */
export type ListedJobView = {
  readonly remoteId: string
  /** The definition it belongs to, by our journal or by what it asks for; null: none. */
  readonly definitionId: string | null
  /** Its row in the journal; null: not there. */
  readonly jobId: string | null
  readonly name: string | null
  readonly status: JobStatus
  readonly rawStatus: string
  readonly startedAt: SystemTimeView | null
  readonly endedAt: SystemTimeView | null
  readonly receiptId: string | null
  /** The system's own fields, masked. */
  readonly raw: Readonly<Record<string, unknown>>
}

export type DeliveryView = {
  readonly id: string
  readonly jobId: string
  readonly state: DeliveryState
  readonly folder: string
  readonly progress: ProgressView | null
  readonly error: ErrorView | null
  readonly nextAttemptAt: Instant | null
  readonly receiptId: string | null
  readonly updatedAt: Instant
}

export type ProgressView = {
  readonly step: 'downloading' | 'verifying' | 'unpacking' | 'publishing'
  readonly bytes: number
  readonly totalBytes: number | null
  readonly bytesPerSecond: number | null
}

/** One line of the history: a job with what became of it. */
export type HistoryRow = {
  readonly jobId: string
  readonly receiptId: string | null
  readonly connectionId: string
  readonly connectionName: string
  readonly mark: ConnectionMark
  readonly definitionName: string
  readonly remoteJobId: string | null
  readonly jobState: JobState
  readonly deliveryState: DeliveryState | null
  /** When the run began, or was first seen; under `delivered` of an activity: when it was delivered. */
  readonly at: Instant
  readonly files: number | null
  readonly bytes: number | null
  readonly rows: number | null
  readonly total: string | null
  /** Whether its newest receipt was reviewed: by another account, or only by the one whose run it was. */
  readonly reviewed?: 'reviewed' | 'self-review'
}

export type HistoryQuery = {
  readonly text: string
  readonly connectionId: string | null
  readonly outcome: 'any' | 'delivered' | 'trouble' | 'not-saved'
  readonly since: Instant | null
  /** Leaves out what others ran and nobody here saved or asked for. */
  readonly passedBy?: 'hidden'
  /** Of what was delivered: only what was reviewed, or only what was not. */
  readonly reviewed?: 'yes' | 'no'
  readonly offset: number
  readonly limit: number
}
export type HistoryPage = { readonly total: number; readonly rows: readonly HistoryRow[] }

export type NeedKind =
  | 'sign-in'
  | 'sign-in-expires'
  | 'session-only'
  | 'start-unknown'
  | 'delivery'
  | 'job-failed'
  | 'no-destination'
  | 'near-end-of-list'
  | 'files-end'
  | 'schedule-asks'
  | 'schedule-waits'
  | 'schedule-missed'
  | 'finding'

/** One thing on Today that only the user can settle. */
export type NeedView = {
  readonly id: string
  readonly kind: NeedKind
  readonly connectionId: string | null
  readonly definitionId: string | null
  readonly jobId: string | null
  readonly deliveryId: string | null
  readonly title: string
  readonly error: ErrorView | null
  readonly facts: Readonly<Record<string, string | number>>
  readonly since: Instant
}

export type ActivityView = {
  readonly needs: readonly NeedView[]
  readonly running: readonly JobView[]
  /** Delivered since yesterday 00:00 local time, newest first. */
  readonly delivered: readonly HistoryRow[]
}

export type StatusView = {
  readonly online: boolean
  /** Whether this computer's connection is metered; null: its system does not tell. */
  readonly metered: boolean | null
  readonly keychain: 'ok' | 'unavailable'
  readonly practice: boolean
  readonly version: string
  readonly profile: string
  readonly managed: ManagedView
  readonly update: UpdateView
}

/** Everything the window mirrors, in slices that change apart; history is asked for, not mirrored. */
export type Slices = {
  readonly connections: readonly ConnectionView[]
  readonly definitions: readonly DefinitionView[]
  readonly activity: ActivityView
  readonly schedules: readonly ScheduleView[]
  readonly settings: Settings
  readonly status: StatusView
}
/** Numbered: a mirror that sees a gap asks for a new snapshot. */
export type Snapshot = Slices & { readonly seq: number }
export type Change = { readonly seq: number; readonly slices: Partial<Slices> }

/** What a notification, the tray or a second start of the app asks the window to show. */
export type Place =
  | { readonly screen: 'today' | 'extracts' | 'history' | 'schedules' | 'connections' | 'settings' }
  | { readonly screen: 'schedule'; readonly scheduleId: string }
  | { readonly screen: 'receipt'; readonly receiptId: string }
  | { readonly screen: 'definition'; readonly definitionId: string }
  /** The definition, and the question whether to run it. */
  | { readonly screen: 'run'; readonly definitionId: string }
  | { readonly screen: 'connection'; readonly connectionId: string }

export type NewConnection = {
  readonly name: string
  readonly system: SystemName
  readonly url: string
  readonly mark: ConnectionMark
  readonly auth: AuthKind
  readonly secrets: Readonly<Record<string, string>>
  /** `session`: kept in memory until quit, for machines whose keychain is missing or forgets. */
  readonly keep: 'keychain' | 'session'
  readonly outputMaps?: readonly OutputMap[]
  readonly certificateSha256?: string
}

/** What a practice system does now, and what it can be made to do. */
export type PracticeView = {
  readonly scenario: PracticeScenario
  readonly offered: readonly PracticeScenario[]
}

export type NewDefinition = { readonly name: string; readonly request: KeptRequest }
