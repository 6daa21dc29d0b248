/**
 * The desk: what the window's door (main/ipc) and the command line may ask of the core. Services are made in
 * compose.ts; both sides call these and nothing else, so that they cannot come to differ.
 */

import type { Diagnosis } from '../../preload/contract/doctor.ts'
import type { DryRunView, FolderTrialView } from '../../preload/contract/dry-run.ts'
import type { ErrorView } from '../../preload/contract/errors.ts'
import type { ChainView, ExportFormat, ReceiptView, VerifyView } from '../../preload/contract/receipts.ts'
import type {
  DueView,
  Holiday,
  ScheduleInput,
  ScheduleView,
  Timetable,
} from '../../preload/contract/schedules.ts'
import type { ImportPlan } from '../../preload/contract/settings-file.ts'
import type { BundlePart, BundlePartKind, BundleText } from '../../preload/contract/support.ts'
import type {
  ActivityView,
  ConnectionView,
  DefinitionView,
  Destination,
  HistoryPage,
  HistoryQuery,
  HistoryRow,
  JobView,
  KeptRequest,
  ListedJobView,
  NeedView,
  NewConnection,
  NewDefinition,
  OutputMap,
  RunPlan,
  Settings,
} from '../../preload/contract/types.ts'
import type { ChecksService } from './checks/types.ts'
import type { ConnectionId, DefinitionId, DeliveryId, JobId, ReceiptId, ScheduleId } from './ids.ts'
import type { ProxyCredentialsService } from './policy/proxy-sign-in.ts'
import type { SecretBundle } from './ports.ts'
import type { Exported } from './receipts/exports.ts'
import type { VerifyStep } from './receipts/receipts-service.ts'
import type { Summary } from './schedules/summary.ts'
import type { SettingsFile } from './settings/settings-file.ts'
import type { Instant } from './time.ts'

export interface ConnectionsService {
  list(): Promise<readonly ConnectionView[]>
  /** Signs in once to prove it works, then saves; nothing is saved where that fails. */
  add(input: NewConnection): Promise<ConnectionView>
  test(id: ConnectionId): Promise<ConnectionView>
  /** New secrets: tried once, stored where that succeeds, and a refused state is cleared. */
  signIn(id: ConnectionId, secrets: SecretBundle, keep: 'keychain' | 'session'): Promise<ConnectionView>
  /** Secrets go first; the history stays. */
  remove(id: ConnectionId): Promise<void>
  /** Where folders of the server lie for this computer. Throws `not-supported` where files do not lie in folders. */
  mapFolders(id: ConnectionId, maps: readonly OutputMap[]): Promise<ConnectionView>
  /** Trusts this one certificate (SHA-256, hex) of the server, and no other; null: none. Holds from the next session on. */
  pin(id: ConnectionId, certificateSha256: string | null): Promise<ConnectionView>
}

export interface DefinitionsService {
  list(): Promise<readonly DefinitionView[]>
  refresh(id: ConnectionId): Promise<readonly DefinitionView[]>
  jobs(id: DefinitionId): Promise<{ readonly jobs: readonly JobView[]; readonly stale: ErrorView | null }>
  /** A definition that we keep. Throws `not-supported` where the server keeps them, `bad-input`, `name-taken`. */
  add(id: ConnectionId, definition: NewDefinition): Promise<DefinitionView>
  change(id: DefinitionId, definition: NewDefinition): Promise<DefinitionView>
  /** Of those that we keep. Its row stays, for the history. */
  remove(id: DefinitionId): Promise<void>
  /** Takes that back. Throws `name-taken`. */
  restore(id: DefinitionId): Promise<DefinitionView>
  favourite(id: DefinitionId, on: boolean): Promise<DefinitionView>
  saveDestination(id: DefinitionId, destination: Destination): Promise<DefinitionView>
  watch(id: DefinitionId, on: boolean): Promise<DefinitionView>
}

export interface JobsService {
  plan(id: DefinitionId): Promise<RunPlan>
  /**
   * Starts or joins, and sees to it that the result is delivered. `by` is who asked (OS account, or a schedule). `as`: the
   * id of the job that is started; however often it is called with the same one, one is started. `destination`: where
   * its files go instead of the definition's own. `finish`: what an earlier run has left undelivered is joined too.
   */
  run(
    id: DefinitionId,
    options: {
      readonly again: boolean
      readonly by: string
      readonly as?: JobId
      readonly destination?: Destination
      readonly finish?: boolean
    },
  ): Promise<{ readonly job: JobView; readonly joined: boolean }>
  /** Starts and never joins: throws `already-running` (facts: jobId, where it is known). Nothing is delivered. */
  start(id: DefinitionId, options: { readonly again: boolean; readonly by: string }): Promise<JobView>
  /** Settles a start whose outcome could not be found out. */
  settle(id: JobId, outcome: { readonly remoteId: string } | 'not-started'): Promise<JobView>
  view(id: JobId): Promise<JobView>
  /** By the system's id, as the journal has it: nothing is asked. Null: it has none. */
  known(id: ConnectionId, remoteId: string): Promise<JobView | null>
  /** The system's own fields of a job, as it last told them. */
  raw(id: JobId): Promise<Readonly<Record<string, unknown>>>
  /** The system's own list of a connection, newest first. */
  listed(id: ConnectionId): Promise<readonly ListedJobView[]>
  /** Watches a job by the system's id, whoever started it; it may belong to no definition. */
  track(id: ConnectionId, remoteId: string): Promise<JobView>
  /** Ends it at the system. Throws `not-supported` where that cannot be done. */
  cancel(id: JobId): Promise<JobView>
  /** What would run this job again; null where the job does not tell. */
  requestOf(id: JobId): Promise<KeptRequest | null>
}

export interface DeliveriesService {
  /** Delivers an ended job's files, or will when it has ended; a job already delivered there is verified instead. */
  request(
    id: JobId,
    options: { readonly again: boolean; readonly by: string; readonly destination?: Destination },
  ): Promise<JobView>
  retry(id: DeliveryId): Promise<void>
  cancel(id: DeliveryId): Promise<void>
  /** Throws where nothing could be delivered there now: the folder, the rights, the templates. Creates nothing. */
  checkDestination(destination: Destination): Promise<void>
}

/** What a destination would do, before anything is delivered to it. */
export interface DryRunsService {
  dryRun(destination: Destination, id: DefinitionId): Promise<DryRunView>
  /** Whether the folder answers, may be written to, and has room. Leaves nothing behind. */
  tryFolder(folder: string, id: DefinitionId): Promise<FolderTrialView>
}

/** Looks at the way to a system, step by step. */
export interface DoctorService {
  /** Tells each step as it is looked at, and all of them in the end. Whoever asks again stops the one before. */
  examine(id: ConnectionId, tell: (diagnosis: Diagnosis) => void): Promise<Diagnosis>
  stop(id: ConnectionId): Promise<void>
  /** The last one that was brought to an end; null: none. */
  last(id: ConnectionId): Promise<Diagnosis | null>
  /** Its text for IT. Throws `not-found` where there is none. */
  report(id: ConnectionId): Promise<Exported>
}

/** The support bundle: collected part by part, looked at, saved. One at a time: beginning another leaves the one before. */
export interface SupportService {
  /** Its id, for the other calls; they throw `cancelled` where it was left. */
  begin(): Promise<string>
  collect(id: string, kind: BundlePartKind): Promise<BundlePart>
  /** A piece of a part that was collected, from this character on. */
  read(id: string, kind: BundlePartKind, from: number): Promise<BundleText>
  /** Throws `not-found` where a part was not collected. */
  pack(id: string): Promise<Exported>
  leave(id: string): Promise<void>
}

export interface ReceiptsService {
  show(id: ReceiptId): Promise<ReceiptView>
  /** Writes into the chain, for good, that this account reviewed it; a second time nothing is added. */
  review(id: ReceiptId): Promise<ReceiptView>
  /** Hashes its files again, and follows the chain from it to its head. */
  verify(id: ReceiptId): Promise<VerifyView>
  checkChain(): Promise<ChainView>
  /**
   * The whole chain, and every file of every receipt in it. It may take hours: what is found is told as it is found,
   * and `signal` ends it.
   */
  verifyAll(signal: AbortSignal): AsyncIterable<VerifyStep>
  /** One receipt, or as `zip` any number of them. Its bytes are made when they are asked for. */
  export(ids: readonly ReceiptId[], format: ExportFormat): Promise<Exported>
}

/** A line of the history with the time of its delivery. */
export type DatedHistoryRow = HistoryRow & { readonly deliveredAt: Instant | null }

export interface HistoryService {
  search(query: HistoryQuery): Promise<HistoryPage>
  list(query: HistoryQuery): Promise<{ readonly total: number; readonly rows: readonly DatedHistoryRow[] }>
}

export interface SettingsService {
  get(): Promise<Settings>
  change(patch: Partial<Settings>): Promise<Settings>
}

export type ImportedSettings = {
  /** The file that holds what was there before: importing it brings that back. */
  readonly before: string
  /** By name: those that were not there, and those that stay as they were. */
  readonly connections: { readonly added: readonly string[]; readonly kept: readonly string[] }
  readonly definitions: number
  readonly destinations: number
  readonly schedules: readonly string[]
}

/** Carries connections, definitions with their destinations, and schedules to another profile. No secrets. */
export interface SettingsFilesService {
  export(): Promise<SettingsFile>
  /** What importing it would do; nothing is changed. Throws as import does. */
  plan(file: unknown): Promise<Omit<ImportPlan, 'file'>>
  /** Everything is checked before anything is written. Throws `bad-input`, `name-taken`. */
  import(file: unknown): Promise<ImportedSettings>
}

export interface SchedulesService {
  list(): Promise<readonly ScheduleView[]>
  /**
   * Saving is the deliberate second step of every start that it makes. Throws `bad-input`, `not-found`, `name-taken`, or
   * `no-destination`: nobody is there to choose a folder when it is due.
   */
  save(input: ScheduleInput): Promise<ScheduleView>
  /** The ledger stays. */
  remove(id: ScheduleId): Promise<void>
  /** Takes that back; what was due in between is not run. Throws `name-taken`. */
  restore(id: ScheduleId): Promise<ScheduleView>
  pause(id: ScheduleId, on: boolean): Promise<ScheduleView>
  /** To a due time that asks. */
  answer(id: ScheduleId, dueAt: Instant, answer: 'run' | 'leave'): Promise<void>
  /** The next three due times. Throws `bad-input`, naming what makes no sense. */
  preview(timetable: Timetable): Promise<readonly Instant[]>
  /** Its due times, newest first. */
  ledger(id: ScheduleId): Promise<readonly DueView[]>
  /**
   * Starts what is due, once, and what still waits; where another process is at it, its outcome is waited for. The due
   * times that this concerned. Their jobs go on: whoever wants their files waits for them.
   */
  runDue(): Promise<readonly DueView[]>
  /** What schedules need of the user. */
  needs(): Promise<readonly NeedView[]>
  /** What this job is told with, once all of it is over; null: by itself. */
  summaryOf(job: JobId): Promise<Summary | null>
  /** The days off in a calendar file (.ics). Throws `bad-input`. */
  holidays(text: string): Promise<readonly Holiday[]>
}

export interface ActivityService {
  /** What needs you, what runs, what was delivered since yesterday. */
  view(): Promise<ActivityView>
}

export type Desk = {
  readonly checks: ChecksService
  readonly connections: ConnectionsService
  readonly definitions: DefinitionsService
  readonly jobs: JobsService
  readonly deliveries: DeliveriesService
  readonly dryRuns: DryRunsService
  readonly receipts: ReceiptsService
  readonly history: HistoryService
  readonly settings: SettingsService
  readonly settingsFiles: SettingsFilesService
  readonly proxyCredentials: ProxyCredentialsService
  readonly activity: ActivityService
  readonly schedules: SchedulesService
  readonly doctor: DoctorService
  readonly support: SupportService
}
