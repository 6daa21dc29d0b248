/** Extracts, a definition with its jobs and destination, and the run dialog. */
import type { SystemName } from '../../../words.ts'
import { files, hours, rows } from '../figures.ts'

export const columns = {
  definition: 'Definition',
  lastJob: 'Last job',
  lastDelivery: 'Last delivery',
  rows: 'Rows',
  total: 'Total',
  destination: 'Destination',
  actions: 'Actions',
} as const
export const tableOf = 'Definitions by connection'
export const refresh = 'Refresh'
export const refreshOf = (connection: string): string => `Refresh the definitions of ${connection}`
export const none = 'The system lists no definitions for this account.'
export const noneKept = 'No definition yet. Say what is to be extracted, and run it as often as you like.'
export const removed = 'removed'
export const removedWhat = 'The system no longer lists it. Its history stays.'
export const watchedWhat = 'Watched: jobs started elsewhere are delivered too'
export const noFolder = 'No folder'
/** The system's list shows none; what fell off it may have been: never is more than is known. */
export const noneKnown = 'None listed'
/** The list of jobs was never read: nothing can be said of them. */
export const notRead = 'Not read yet'
export const allJobs = 'All jobs…'
export const allJobsOf = (connection: string): string => `All jobs of ${connection}…`
export const othersWhat =
  'Jobs of this connection that belong to no definition and that you watch by their ids. Nothing is started here.'
export const run = 'Run…'
export const saveNewest = 'Save newest…'
export const saveNewestOf = (definition: string): string => `Save newest of ${definition}…`
export const runOf = (definition: string): string => `Run ${definition}…`
export const deliverLatest = 'Deliver latest'
export const openDestination = 'Destination…'
export const watchOn = 'Watch: deliver jobs started elsewhere too'
export const watchOff = 'Stop watching'

export const jobs = 'Jobs'
export const destination = 'Destination'
export const breadcrumb = 'You are here'
export const lastRun = (when: string): string => `Last job ${when}`
export const lastRunBy = (when: string, by: string): string => `Last job ${when} by ${by}`
export const lastRunElsewhere = (when: string): string => `Last job ${when}, started elsewhere`
export const withRows = (sentence: string, n: number): string => `${sentence}, ${rows(n)}`
export const neverRun = 'Never run, as far as is known'

export const jobColumns = {
  state: 'State',
  started: 'Started',
  took: 'Took',
  by: 'Started by',
  id: 'Job id',
  note: 'Note',
} as const
export const jobsOf = (definition: string): string => `Jobs of ${definition}`
export const elsewhere = 'Elsewhere'
export const notListed = 'No longer in the system’s list'
export const jobsStale = 'The system did not answer. These are the jobs known so far.'
export const noJobs = 'No jobs yet'
export const noJobsWhat = 'Run it once, and the job is listed here with what became of it.'
export const deliver = 'Deliver'
export const deliverAgain = 'Deliver again'
export const openReceipt = 'Receipt'
export const retry = 'Retry'
export const settle = 'Settle…'
export const cancelJob = 'Cancel job…'
export const runThisAgain = 'Run this again…'
export const cannotCancel: Partial<Record<SystemName, string>> = {
  concur: 'SAP Concur cannot cancel a job: it runs to its end.',
  vault: 'Veeva Vault cannot cancel a job from outside: it runs to its end.',
}
export const filesUntil = (when: string): string => `The system removes its files on ${when}`
export const filesWere = (when: string): string => `The system removed its files on ${when}`

/** The star of a definition. */
export const favourite = {
  of: (definition: string): string => `Favourite: ${definition}`,
  on: 'A favourite: the tray offers to run it. Press to take the star away.',
  off: 'Make it a favourite: the tray offers to run it.',
  add: 'Add to favourites',
  remove: 'Remove from favourites',
  mark: 'favourite',
} as const

export const cancelDialog = {
  title: (definition: string): string => `Cancel this job of ${definition}?`,
  what: 'The system ends it, and what it has made so far is not delivered. This cannot be taken back; it can be run anew.',
  started: 'Started',
  id: 'Job id',
  confirm: 'Cancel job',
  keep: 'Let it run',
} as const

/** All jobs of a connection, whoever started them. */
export const listed = {
  tableOf: (connection: string): string => `All jobs of ${connection}`,
  what: 'The system’s own list, whoever started them.',
  name: 'Job',
  definition: 'Definition',
  ended: 'Ended',
  none: 'The system lists no jobs.',
  noneOf: 'None',
  /** A job that has a definition's name, and is not known to be a run of it. */
  namedLike: (definition: string): string => `Named like ${definition}`,
  namedLikeWhat:
    'It has the name of this definition, but asked for another period or other columns, or more than one definition asks for the same. So it cannot be told whose it is. Saved, it stands under Other jobs.',
  reading: 'Reading the system’s list…',
  watch: 'Watch',
  watchId: 'Watch a job by its id',
  watchIdWhat: 'Also one that is not listed here. It then stands under its definition, or under Other jobs.',
  watched: (definition: string): string => `Watched now. It stands under ${definition}.`,
} as const
/** Names a row's button for those who hear it without its row. */
export const actOnJob = (act: string, when: string): string => `${act}, job of ${when}`

export const runDialog = {
  title: (definition: string): string => `Run ${definition}`,
  lastRun: 'Last job',
  files: 'Files go to',
  neverRun: 'Never, as far as is known.',
  by: (name: string): string => `by ${name}`,
  elsewhere: 'started elsewhere',
  saved: (n: number, count: number | null): string =>
    count === null ? `Saved: ${files(n)}` : `Saved: ${files(n)}, ${rows(count)}`,
  consequence:
    'Running an accounting extract is more than reading: it moves its reports to “sent for payment”. The next run will not contain them again.',
  startNow: {
    title: 'This takes the place of its next scheduled run',
    what: 'Vault cancels the scheduled run of the current interval when the job is started by hand. After this it is not run again until the interval that follows.',
    confirm: 'Run instead of the scheduled run',
    confirmProduction: 'Run on production instead of the scheduled run',
  },
  newestTitle: (definition: string): string => `Save the newest files of ${definition}`,
  newestWhat:
    'Vault makes these files by itself, so that nothing is started. The newest that it offers is saved.',
  newest: 'Save newest',
  openJob: (state: string): string => `A job of this definition is already open: ${state}.`,
  openJobWhat: 'No second one is started. Join it, and its files are delivered when it has ended.',
  join: 'Join running job',
  run: 'Run',
  runProduction: 'Run on production',
  runAgain: 'Run again…',
  againTitle: 'This would run it again on production',
  againTitlePlain: 'This would run it again',
  reading: 'Looking at the last job…',
  unsavedRun: (when: string): string =>
    `The files of the last job (${when}) were not saved. A new one will not contain its reports; deliver that one instead.`,
  unsavedRunPlain: (when: string): string =>
    `The files of the last job (${when}) were not saved. If those are what you want, deliver that one instead.`,
  recentRunPlain: (when: string, within: number): string =>
    `It last ran ${when}, less than ${hours(within)} ago.`,
  recentRun: (when: string, within: number): string =>
    `It last ran ${when}, less than ${hours(within)} ago. A new job contains only what has come since.`,
  deliverThat: 'Deliver that job instead',
  confirmAgain: 'Run again on production',
  confirmAgainPlain: 'Run again',
  noFolder: 'No folder was chosen yet.',
  chooseFolder: 'Choose folder…',
  change: 'Change…',
} as const

export const form = {
  folder: 'Folder',
  folderWhat: 'A folder of this computer or a network drive. It must be there; it is never created.',
  noFolder: 'None chosen yet',
  choose: 'Choose…',
  chooseFolder: 'Choose… the folder',
  name: 'Name of each file',
  nameWhat:
    'The default keeps the system’s own name. Also: {definition} {jobId} {start:yyyy-MM-dd} {end:yyyy-MM-dd} {n}',
  conflict: 'If the file is already there',
  conflicts: {
    'keep-both': 'Keep both: the new one gets a number',
    replace: 'Replace the old one',
    'skip-same': 'Skip it where the bytes are the same, otherwise keep both',
    fail: 'Stop and ask me',
  },
  unzip: 'Unpack archives',
  keepArchive: 'Keep the archive beside its files',
  archiveNames: 'Names in archives that do not say how they are written',
  archiveNamesWhat: 'If names arrive with wrong letters, choose what the system writes.',
  codePages: {
    standard: 'Standard (code page 437)',
    'windows-1252': 'Western European (Windows-1252)',
    cp850: 'Western European, DOS (code page 850)',
    shift_jis: 'Japanese (Shift JIS)',
    'euc-kr': 'Korean (EUC-KR)',
    gbk: 'Chinese, simplified (GBK)',
    big5: 'Chinese, traditional (Big5)',
  },
  marker: 'Put a marker file beside them when all are there',
  markerName: 'Name of the marker file',
  markerDefault: '{definition}.done',
  allowEmpty: 'Accept an empty extract as delivered',
  acceptFewerRows: 'Accept fewer rows than the first line promises',
  acceptFewerRowsWhat:
    'Such a file is delivered with a warning that names both numbers. Otherwise it is not delivered: rows may be missing.',
  watch: 'Watch: deliver jobs started elsewhere too',
  watchWhat: 'By the overnight processor or by colleagues. Takes effect at once.',
  save: 'Save destination',
  saved: 'Saved',
  unsaved: 'Changed, not saved yet',
} as const
