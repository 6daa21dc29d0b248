/** Settings: how long things are kept, settings as a file, practice, and the support bundle. */
import type { BundlePartKind } from '../../support.ts'
import { counted, days, size } from './figures.ts'

export const sections = 'Sections'
export const setByCompany = 'Set by your organisation.'
export const saved = (setting: string): string => `Saved: ${setting}`

export const defaultName = 'Name offered for new destinations'
export const defaultNameWhat =
  'A template. {original}{ext} keeps the system’s own name; a destination shows at once what a template makes of it.'
export const defaultNameWrong = 'This is no name template. What was there before stays.'

export const keep = {
  title: 'Keep',
  what: 'What is older is removed once a day. Receipts, jobs, deliveries and the journal are records: they are never removed.',
  answers: 'Answers of systems that were not understood',
  answersWhat: 'Masked, and kept for the support bundle.',
  logs: 'Logs',
  logsWhat: 'Lines that are older go, also out of the newest file.',
  refused: 'Downloads that were not what they claim to be',
  refusedWhat: 'In the hidden staging folder beside the destination, so that somebody can look at them.',
  replaced: 'Files that were replaced by a delivery',
  replacedWhat: 'As they were, in the hidden staging folder beside the destination.',
  for: (n: number): string => (n === 0 ? 'Not at all' : days(n)),
} as const

export const practice = {
  title: 'Practice',
  what: 'Simulators of all three systems inside the app, with sample data. Nothing leaves this computer.',
  practise: 'Practise…',
  running: 'The practice systems run. Each is a connection of its own; remove it there when you are done.',
  connections: 'Go to Connections',
  off: 'Practice is off.',
} as const

export const carry = {
  title: 'Carry over',
  what: 'Connections, destinations and schedules as a file for another computer. It holds no secrets: each connection is signed in to anew.',
  export: 'Export…',
  exported: (path: string): string => `Saved: ${path}`,
  import: 'Import…',
  would: (file: string): string => `What importing ${file} would do`,
  nothing: 'Nothing: everything in it is here already.',
  connectionsAdded: 'Connections added, waiting for a sign-in',
  connectionsKept: 'Connections that stay as they are',
  definitionsAdded: 'Definitions and destinations added',
  definitionsReplaced: 'Definitions and destinations replaced',
  schedulesAdded: 'Schedules added',
  schedulesReplaced: 'Schedules replaced',
  left: (n: {
    readonly connections: number
    readonly definitions: number
    readonly schedules: number
  }): string =>
    `Not in the file, and left alone: ${counted(n.connections, { one: 'connection', other: 'connections' })}, ${counted(n.definitions, { one: 'definition', other: 'definitions' })}, ${counted(n.schedules, { one: 'schedule', other: 'schedules' })}.`,
  undo: 'What is here now is kept as a file first; importing that one brings it back.',
  confirm: 'Import',
  cancel: 'Cancel',
  done: 'Imported.',
  before: (path: string): string => `What was here before is in ${path}`,
  none: 'None',
} as const

export const bundle = {
  open: 'Make a support bundle…',
  openWhat: 'You see everything that is in it before it is saved.',
  title: 'Support bundle',
  what: 'For whoever supports this app. Secrets, bank data, your name and this computer’s name are masked. No delivered file is in it.',
  collecting: (n: number, all: number): string => `Collecting ${n} of ${all}`,
  collected: (bytes: number): string => `${size(bytes)} of text. Look at what is in it, then save it.`,
  parts: 'Parts',
  part: 'Part',
  bytes: 'Size',
  lines: 'Lines',
  content: (part: string): string => `Content of ${part}`,
  more: 'Show more',
  empty: 'Nothing is in it.',
  save: 'Save…',
  saved: (path: string): string => `Saved: ${path}`,
  close: 'Close',
  cancel: 'Cancel',
  kinds: {
    about: 'Versions',
    settings: 'Settings',
    connections: 'Connections',
    policy: 'What IT has decided',
    doctor: 'Network doctor, last looks',
    answers: 'Answers that were not understood',
    jobs: 'Jobs',
    deliveries: 'Deliveries',
    'due-times': 'Due times of schedules',
    journal: 'Journal',
    logs: 'Logs',
  } satisfies Record<BundlePartKind, string>,
} as const
