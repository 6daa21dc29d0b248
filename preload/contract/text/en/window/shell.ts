/** The frame of the window: rail, search, status line, first start. */
import { counted } from '../figures.ts'

export const app = 'Extract Desk'
export const rail = 'Screens'
export const today = 'Today'
export const extracts = 'Extracts'
export const history = 'History'
export const schedules = 'Schedules'
export const connections = 'Connections'
export const settings = 'Settings'
export const windowTitle = (screen: string): string => `${screen} – Extract Desk`
export const practiceBand = 'Practice: nothing leaves this computer'
export const needsYou = (n: number): string =>
  counted(n, { one: 'thing needs you', other: 'things need you' })
export const connectionNeedsYou = 'needs you'

export const openPalette = 'Search or run…'
export const palette = 'Search or run'
export const paletteField = 'Run or open a definition, go to a screen'
export const paletteEmpty = 'Nothing of that name'
export const paletteGo = (screen: string): string => `Go to ${screen}`
export const paletteRun = (definition: string): string => `Run ${definition}…`
export const paletteOpen = (definition: string): string => `Open ${definition}`
export const paletteSchedule = (schedule: string): string => `Open schedule ${schedule}`
export const paletteConnection = (connection: string): string => `Open connection ${connection}`

export const online = 'Online'
export const offline = 'Offline'
export const signedIn = (n: number, all: number): string =>
  n === all ? `${n} signed in` : `${n} of ${all} signed in`
export const running = (n: number): string => `${n} running`
export const nothingRuns = 'nothing running'
export const paused = 'paused'
export const meteredPause = 'metered: large downloads wait'
export const keychainAway = 'keychain unavailable'
export const version = (v: string): string => `Version ${v}`

export const loading = 'Reading the journal…'
export const failed = 'Extract Desk cannot show its records'
export const tryAgain = 'Try again'
export const cancel = 'Cancel'
export const close = 'Close'
export const back = 'Back'
export const save = 'Save'
export const details = 'Details'
export const more = (name: string): string => `More for ${name}`
export const detailCode = 'Code'
export const detailSaid = 'The system said'
export const detailCorrelation = 'Correlation id'
export const copy = 'Copy'
export const copied = 'Copied'
/** Holds what is shown, so that it can be asked for by voice. */
export const copyOf = (what: string, shown: string): string => `Copy ${what} ${shown}`

export const leave = {
  title: 'Leave without saving?',
  what: 'What you entered on this page is not saved yet.',
  stay: 'Stay here',
  discard: 'Leave without saving',
} as const

export const firstRun = {
  title: 'Welcome to Extract Desk',
  lead: 'Runs accounting extracts, saves their files whole, and keeps a receipt for each.',
  practiceOff: 'Practice is off: set by your organisation.',
  practise: 'Practise first',
  practiseWhat:
    'One click: SAP Concur, Genesys PureConnect and Veeva Vault, simulated on this computer with sample data. Everything works; nothing leaves this computer.',
  connect: 'Connect a system',
  connectWhat:
    'SAP Concur, Genesys PureConnect or Veeva Vault. The form says what you need and where each value is found.',
}

export const announce = {
  jobState: (definition: string, state: string): string => `${definition}: ${state}`,
  delivered: (definition: string): string => `${definition} delivered`,
  needsYou: (title: string, what: string): string => `${title} needs you. ${what}`,
}
