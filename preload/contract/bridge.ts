/**
 * The promise between main and the window: `window.desk`, a list of named functions.
 * There is no `invoke(channel)`; the window sends ids, main looks up paths and URLs.
 *
 * Two faces of one list. `WindowDesk` is what stands at `window.desk`: every call answers with an `Envelope` and
 * never rejects, because contextBridge copies of an Error its message alone and would drop the view. `DeskBridge` is
 * what renderer/bridge.ts makes of it for the rest of the window: the value, or a thrown `DeskError` (an Error
 * with `view: ErrorView`). Every `onX` returns its unsubscribe.
 */

import type { FindingCode, FindingMark, FindingView, TrendView } from './checks.ts'
import type { Diagnosis } from './doctor.ts'
import type { DryRunView, FolderTrialView } from './dry-run.ts'
import type { Envelope, ErrorView } from './errors.ts'
import type { InsideCalls, InsideProgress } from './inside.ts'
import type { ChainView, ExportFormat, ReceiptView, VerifyView } from './receipts.ts'
import type { DueView, Holiday, ScheduleInput, ScheduleView, Timetable } from './schedules.ts'
import type { ImportDone, ImportPlan } from './settings-file.ts'
import type { BundlePart, BundlePartKind, BundleText } from './support.ts'
import type {
  Change,
  ConnectionView,
  DefinitionView,
  Destination,
  HistoryPage,
  HistoryQuery,
  JobView,
  KeptRequest,
  ListedJobView,
  NewConnection,
  NewDefinition,
  OutputMap,
  Place,
  PracticeView,
  ProgressView,
  RunPlan,
  Settings,
  Snapshot,
} from './types.ts'
import type { PracticeScenario } from './words.ts'

export type DeliveryProgress = { readonly deliveryId: string; readonly progress: ProgressView }

/** Every call the window can make, by domain. The channel of a call is `domain.name`. */
export type Calls = {
  connections: {
    /** Signs in once to prove it works, then saves; nothing is saved where that fails. */
    add(input: NewConnection): Promise<ConnectionView>
    /** Signs in with what is stored and reads the definitions. */
    test(connectionId: string): Promise<ConnectionView>
    signIn(
      connectionId: string,
      secrets: Readonly<Record<string, string>>,
      keep: 'keychain' | 'session',
    ): Promise<ConnectionView>
    remove(connectionId: string): Promise<void>
    /** Where folders of the server lie for this computer, in place of what was said before. */
    mapFolders(connectionId: string, maps: readonly OutputMap[]): Promise<ConnectionView>
    /** Trusts this one certificate (SHA-256, hex) of the connection's server, and no other. Null: none any more. */
    pin(connectionId: string, certificateSha256: string | null): Promise<ConnectionView>
    /** One click: starts the simulators, connects to each, chooses a folder for what they have. */
    practise(): Promise<readonly ConnectionView[]>
  }
  practice: {
    /** What the built-in simulator does now; null where this connection is not to it, or it does not run. */
    scenario(connectionId: string): Promise<PracticeView | null>
    /** Has the simulator do this from the next request on, until the app is quit. */
    choose(connectionId: string, scenario: PracticeScenario): Promise<PracticeView>
  }
  definitions: {
    refresh(connectionId: string): Promise<readonly DefinitionView[]>
    /** The system's own list and the kept history, joined, newest first. `stale` where the system did not answer. */
    jobs(
      definitionId: string,
    ): Promise<{ readonly jobs: readonly JobView[]; readonly stale: ErrorView | null }>
    /** A definition that we keep, where the server keeps none. Checked strictly before anything is saved. */
    add(connectionId: string, definition: NewDefinition): Promise<DefinitionView>
    /** Its past runs stay what they were. */
    change(definitionId: string, definition: NewDefinition): Promise<DefinitionView>
    /** Of those that we keep. Its history stays. */
    remove(definitionId: string): Promise<void>
    /** Takes back that it was removed. Throws `name-taken` where another one has its name by now. */
    restore(definitionId: string): Promise<DefinitionView>
    /** Whether the tray offers it first. */
    favourite(definitionId: string, on: boolean): Promise<DefinitionView>
    /** Asks for a request file and reads it; null where the user thought better of it. Its system checks it when it is added. */
    chooseFile(): Promise<NewDefinition | null>
    saveDestination(definitionId: string, destination: Destination): Promise<DefinitionView>
    watch(definitionId: string, on: boolean): Promise<DefinitionView>
    /** What the destination would do with the next delivery's files: their exact paths and what stands there. */
    dryRun(destination: Destination, definitionId: string): Promise<DryRunView>
    /** Whether the folder answers, may be written to, and has room. Leaves nothing behind. */
    tryFolder(folder: string, definitionId: string): Promise<FolderTrialView>
  }
  jobs: {
    plan(definitionId: string): Promise<RunPlan>
    /** Starts, or joins the one that is queued or running, then delivers. */
    run(definitionId: string, again: boolean): Promise<JobView>
    settle(jobId: string, outcome: { readonly remoteId: string } | 'not-started'): Promise<JobView>
    deliver(jobId: string, again: boolean): Promise<JobView>
    /** Ends it at the system, where that can be done. */
    cancel(jobId: string): Promise<JobView>
    /** The system's own list of a connection, newest first. */
    listed(connectionId: string): Promise<readonly ListedJobView[]>
    /** Watches a job by the system's id, whoever started it; it may belong to no definition. */
    track(connectionId: string, remoteId: string): Promise<JobView>
    /** What would run this job again; null where the job does not tell. */
    requestOf(jobId: string): Promise<KeptRequest | null>
  }
  /** The way from this computer to a system, looked at step by step (`on.onDiagnosis` tells of each). */
  doctor: {
    /** Examines a connection; whoever asks again stops the one before. */
    examine(connectionId: string): Promise<Diagnosis>
    stop(connectionId: string): Promise<void>
    /** The last one that was brought to an end; null: none. */
    last(connectionId: string): Promise<Diagnosis | null>
    /** Asks where to save its text for IT, and saves; the path, or null where the user thought better of it. */
    save(connectionId: string): Promise<string | null>
  }
  /** The support bundle. Its parts are collected one by one; what is shown is what is saved. */
  support: {
    /** Its id. Beginning another one leaves the one before. */
    begin(): Promise<string>
    collect(bundleId: string, kind: BundlePartKind): Promise<BundlePart>
    /** A piece of a part's text, from this character on. */
    read(bundleId: string, kind: BundlePartKind, from: number): Promise<BundleText>
    /** Asks where to save it, and saves; the path, or null where the user thought better of it. */
    save(bundleId: string): Promise<string | null>
    leave(bundleId: string): Promise<void>
  }
  deliveries: {
    retry(deliveryId: string): Promise<void>
    cancel(deliveryId: string): Promise<void>
  }
  checks: {
    /** The deliveries of a definition, oldest first, and what is usual of them by now. */
    trend(definitionId: string): Promise<TrendView>
    /** What was found unusual about a delivery, with what was said to it since. */
    ofReceipt(receiptId: string): Promise<readonly FindingView[]>
    /** Says something to a finding; the delivery's findings as they are then. */
    mark(receiptId: string, code: FindingCode, as: FindingMark): Promise<readonly FindingView[]>
  }
  receipts: {
    show(receiptId: string): Promise<ReceiptView>
    verify(receiptId: string): Promise<VerifyView>
    showInFolder(receiptId: string, fileIndex: number): Promise<void>
    /** Writes into the chain, for good, that this account reviewed it; a second time nothing is added. */
    review(receiptId: string): Promise<ReceiptView>
    /** The chain of all receipts, without their files. */
    checkChain(): Promise<ChainView>
    /** Asks where to save, and saves; the path, or null where the user thought better of it. `zip` takes several. */
    save(receiptIds: readonly string[], format: ExportFormat): Promise<string | null>
  }
  /** Delivered files as tables (inside.ts). */
  inside: InsideCalls
  schedules: {
    /** Saving is the deliberate second step of every start that it makes. */
    save(input: ScheduleInput): Promise<ScheduleView>
    remove(scheduleId: string): Promise<void>
    /** Takes back that it was removed. What was due in between is not run. */
    restore(scheduleId: string): Promise<ScheduleView>
    pause(scheduleId: string, on: boolean): Promise<ScheduleView>
    /** To a due time that asks whether it shall run after all. */
    answer(scheduleId: string, dueAt: number, answer: 'run' | 'leave'): Promise<void>
    /** The next three due times. */
    preview(timetable: Timetable): Promise<readonly number[]>
    /** Its due times, newest first. */
    ledger(scheduleId: string): Promise<readonly DueView[]>
    /** Asks for a calendar file and reads the days off in it; null where the user thought better of it. */
    chooseHolidays(): Promise<readonly Holiday[] | null>
  }
  history: { search(query: HistoryQuery): Promise<HistoryPage> }
  settings: {
    change(patch: Partial<Settings>): Promise<Settings>
    /** The company's proxy: into the keychain, in place of what was there. It never comes back. */
    proxySignIn(username: string, password: string): Promise<void>
    /** The native folder picker; null where the user thought better of it. */
    chooseFolder(): Promise<string | null>
    showLogs(): Promise<void>
    /** Connections, destinations and schedules without secrets: asks where to save; the path, or null. */
    exportFile(): Promise<string | null>
    /** Asks for such a file and says what it would do; nothing is changed. Null where the user thought better of it. */
    chooseImport(): Promise<ImportPlan | null>
    /** Does it, with a copy of what was there before. Throws `not-found` where the file was not the last one chosen. */
    importChosen(): Promise<ImportDone>
  }
  updates: {
    /** Looks for a newer version now. What comes of it stands in the status. */
    check(): Promise<void>
    /** Quits, installs what is ready and starts again: at once, or when nothing runs any more. */
    restart(): Promise<void>
    /** No restart after all: it is installed at the next quit. */
    later(): Promise<void>
  }
  app: {
    snapshot(): Promise<Snapshot>
    /** The window has drawn and listens: queued places are sent. */
    ready(): Promise<void>
    /** Whether something typed would be lost if the window were closed: it is asked about first. */
    unsaved(there: boolean): Promise<void>
  }
}

export type Subscriptions = {
  onChange(listener: (change: Change) => void): () => void
  onProgress(listener: (progress: DeliveryProgress) => void): () => void
  onPlace(listener: (place: Place) => void): () => void
  onInside(listener: (progress: InsideProgress) => void): () => void
  onDiagnosis(listener: (diagnosis: Diagnosis) => void): () => void
}

export type DeskBridge = Calls & { readonly on: Subscriptions }

/** A call as it crosses contextBridge: the same arguments, its value in an envelope. */
export type Crossing<F> = F extends (...args: infer A) => Promise<infer T>
  ? (...args: A) => Promise<Envelope<T>>
  : never

export type WindowDesk = {
  readonly [D in keyof Calls]: { readonly [C in keyof Calls[D]]: Crossing<Calls[D][C]> }
} & { readonly on: Subscriptions }
