/**
 * The one table of channels. A call that is missing here does not compile (`satisfies`), and
 * main refuses to start when a channel has no handler or a handler no channel (main/ipc/register.ts).
 */
import type { Calls } from './bridge.ts'

export const channels = {
  connections: ['add', 'test', 'signIn', 'remove', 'mapFolders', 'pin', 'practise'],
  practice: ['scenario', 'choose'],
  definitions: [
    'refresh',
    'jobs',
    'add',
    'change',
    'remove',
    'restore',
    'favourite',
    'chooseFile',
    'saveDestination',
    'watch',
    'dryRun',
    'tryFolder',
  ],
  jobs: ['plan', 'run', 'settle', 'deliver', 'cancel', 'listed', 'track', 'requestOf'],
  doctor: ['examine', 'stop', 'last', 'save'],
  support: ['begin', 'collect', 'read', 'save', 'leave'],
  deliveries: ['retry', 'cancel'],
  checks: ['trend', 'ofReceipt', 'mark'],
  receipts: ['show', 'verify', 'showInFolder', 'review', 'checkChain', 'save'],
  inside: [
    'open',
    'close',
    'cancel',
    'index',
    'rows',
    'cell',
    'find',
    'filter',
    'values',
    'addUp',
    'show',
    'saveCopy',
    'showCopy',
  ],
  schedules: ['save', 'remove', 'restore', 'pause', 'answer', 'preview', 'ledger', 'chooseHolidays'],
  history: ['search'],
  settings: [
    'change',
    'proxySignIn',
    'chooseFolder',
    'showLogs',
    'exportFile',
    'chooseImport',
    'importChosen',
  ],
  updates: ['check', 'restart', 'later'],
  app: ['snapshot', 'ready', 'unsaved'],
} as const satisfies { readonly [D in keyof Calls]: readonly (keyof Calls[D])[] }

export type Domain = keyof Calls
export type CallName<D extends Domain> = keyof Calls[D] & string
export type Channel = { [D in Domain]: `${D}.${CallName<D>}` }[Domain]

/** Compile-time proof that the table is complete: a call of `Calls` that is not listed makes this fail. */
type Listed = { [D in Domain]: (typeof channels)[D][number] }
type Missing = { [D in Domain]: Exclude<CallName<D>, Listed[D]> }[Domain]
export const everyCallHasAChannel: [Missing] extends [never] ? true : Missing = true

/** Messages from main to the window. */
export const messages = {
  change: 'desk.change',
  progress: 'desk.progress',
  place: 'desk.place',
  inside: 'desk.inside',
  diagnosis: 'desk.diagnosis',
} as const
