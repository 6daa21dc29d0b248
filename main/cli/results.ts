/** The shapes of `--json` (docs/cli.md). Times are ISO 8601 in UTC; ids of jobs are the system's own. */
import type { WarningView } from '../../preload/contract/receipts.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import { receiptWarning } from '../../preload/contract/text/en/warnings.ts'
import type {
  ConnectionView,
  DefinitionView,
  Instant,
  JobView,
  ListedJobView,
  SystemTimeView,
} from '../../preload/contract/types.ts'
import type { JobState, JobStatus } from '../../preload/contract/words.ts'
import type { ThisRun } from '../core/connections/this-run.ts'
import type { DatedHistoryRow } from '../core/desk.ts'

export const isoTime = (at: Instant | null): string | null =>
  at === null ? null : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
const isoOf = (time: SystemTimeView | null): string | null => isoTime(time?.at ?? null)

export type Warning = { readonly code: string; readonly message: string }
export const warningOf = (warning: WarningView): Warning => ({
  code: warning.code,
  message: receiptWarning(warning),
})
/** What has to be said of secrets that were given for this run. */
export const warningsOf = (thisRun: ThisRun): readonly Warning[] =>
  thisRun.replaced() ? [{ code: 'secrets-replaced', message: text.results.rotated }] : []
/** A keychain that took the secrets and kept nothing: they end with this command. */
export const keychainWarnings = ({ signIn: { error } }: ConnectionView): readonly Warning[] =>
  error?.code === 'keychain-forgets' ? [{ code: error.code, message: text.results.keychainForgets }] : []
export const withWarnings = (document: object, warnings: readonly Warning[]): object =>
  warnings.length === 0 ? document : { ...document, warnings }

/** How a connection is signed in here: without secrets it is not, whatever the last sign-in came to. */
const signInHere = ({
  secrets,
  signIn,
}: ConnectionView): Pick<ConnectionView['signIn'], 'state' | 'expiresAt'> =>
  secrets === 'none' && signIn.state === 'ok' ? { state: 'unknown', expiresAt: null } : signIn

/** The same in the window's word. */
export function signInWord(connection: ConnectionView): string {
  const { state } = signInHere(connection)
  return connection.secrets === 'none' && state === 'unknown'
    ? text.tables.noSecrets
    : text.tables.signInStates[state]
}

export const connectionJson = (connection: ConnectionView) => {
  const { id, name, system, url, mark, auth } = connection
  const { state, expiresAt } = signInHere(connection)
  return { id, name, system, url, mark, auth, signIn: { state, expiresAt: isoTime(expiresAt) } }
}
export const definitionJson = ({
  id,
  name,
  remoteId,
  lastJob,
  lastReceipt,
  destination,
}: DefinitionView) => ({
  id,
  name,
  remoteId,
  lastJob: lastJob && jobJson(lastJob),
  lastReceipt: lastReceipt?.id ?? null,
  destination,
})

/** Our journal knows more states than a system has: what came before a status, and what ended without one. */
const statusOf: Readonly<Record<JobState, JobStatus>> = {
  intent: 'submitted',
  starting: 'submitted',
  'start-unknown': 'unknown',
  'not-started': 'cancelled',
  submitted: 'submitted',
  queued: 'queued',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'unknown',
  gone: 'unknown',
  'timed-out': 'unknown',
}

/** The part of a job that `run` and `deliver` show. */
export const jobPart = (job: JobView) => ({
  id: job.remoteId,
  status: statusOf[job.state],
  rawStatus: job.rawStatus,
  startedAt: isoOf(job.startedAt),
  endedAt: isoOf(job.endedAt),
})

export const jobJson = (job: JobView) => ({
  id: job.remoteId,
  definition: job.definitionName === '' ? null : job.definitionName,
  status: statusOf[job.state],
  rawStatus: job.rawStatus,
  startedAt: isoOf(job.startedAt),
  endedAt: isoOf(job.endedAt),
  receipt: job.delivery?.receiptId ?? null,
})

export const listedJson = (job: ListedJobView, definition: string | null) => ({
  id: job.remoteId,
  definition,
  status: job.status,
  rawStatus: job.rawStatus,
  startedAt: isoOf(job.startedAt),
  endedAt: isoOf(job.endedAt),
  receipt: job.receiptId,
})

const outcomes: Partial<Record<JobState, string>> = {
  failed: 'failed',
  cancelled: 'cancelled',
  gone: 'file-gone',
  'timed-out': 'timed-out',
  'start-unknown': 'start-unknown',
  'not-started': 'not-started',
}

export const historyJson = (row: DatedHistoryRow) => ({
  id: row.jobId,
  receipt: row.receiptId,
  connection: row.connectionName,
  definition: row.definitionName,
  job: row.remoteJobId,
  outcome: row.deliveryState ?? outcomes[row.jobState] ?? null,
  deliveredAt: isoTime(row.deliveredAt),
  files: row.files,
  bytes: row.bytes,
  rows: row.rows,
})

/** What became of it, as the window says it. */
export const historyWord = ({ deliveryState, jobState }: DatedHistoryRow): string => {
  if (deliveryState !== null) return text.tables.deliveryStates[deliveryState]
  return jobState === 'unknown' ? text.tables.statusMissing : text.tables.jobStates[jobState]
}
