/** What the desktop shows outside the window: the tray and its menu, the buttons of notifications, and the native dialogs. */
import { counted, rows } from './figures.ts'
import { moment } from './moment.ts'

/** Who started a job, where a schedule did. */
export const startedBySchedule = (name: string): string => `schedule “${name}”`

/** Words on a notification's buttons. */
export const notificationActions = { showInFolder: 'Show in folder', open: 'Open' } as const

type LastRun = { readonly at: number; readonly by: string | null; readonly rows: number | null }

/** “last Fri 14 Nov 18:30 by Ana, 48,211 rows” */
const lastRun = ({ at, by, rows: counted }: LastRun): string =>
  [`last ${moment(at)}${by === null ? '' : ` by ${by}`}`, ...(counted === null ? [] : [rows(counted)])].join(
    ', ',
  )

/** On the icon in the taskbar, where the platform has a place for it. */
export const taskbar = {
  needsYou: (needs: number) => counted(needs, { one: 'thing needs you', other: 'things need you' }),
} as const

export const tray = {
  /** Tooltip: the state at a glance. */
  idle: 'Extract Desk',
  paused: 'Extract Desk: paused',
  working: (running: number) => `Extract Desk: ${running} running`,
  needsYou: (needs: number) =>
    `Extract Desk: ${counted(needs, { one: 'thing needs you', other: 'things need you' })}`,
  /** First lines of the menu; `percent` is null while the share is not known. */
  nothingRuns: 'Nothing runs',
  runningCount: (running: number) => `◐ ${running} running`,
  runningJob: (definition: string, percent: number | null) =>
    percent === null ? definition : `${definition} · ${percent} %`,
  needsCount: (needs: number) => `▲ ${counted(needs, { one: 'needs you', other: 'need you' })}`,
  run: (definition: string) => `Run ${definition}…`,
  /** A click starts it: so the entry says what the last run was. */
  runAtOnce: (definition: string, last: LastRun | null) =>
    `Run ${definition} (${last === null ? 'never run' : lastRun(last)})`,
  /** A line of its own in the menu. */
  pausedLine: 'Paused: nothing starts by itself',
  pause: 'Pause',
  resume: 'Go on',
  open: 'Open Extract Desk',
  quit: 'Quit',
} as const

/** Native dialogs and the application menu, where Electron's own role labels do not serve. */
export const native = {
  chooseFolder: { title: 'Choose the folder for the files', button: 'Choose' },
  readJson: { title: 'Choose the request file', button: 'Open', kind: 'Request file (JSON)' },
  readCalendar: { title: 'Choose the calendar with the holidays', button: 'Open', kind: 'Calendar (.ics)' },
  saveFile: { title: 'Save the receipt', button: 'Save' },
  saveCopy: { title: 'Save a safe copy for Excel', button: 'Save' },
  /** Asked once, when the window is closed for the first time. */
  firstClose: {
    message: 'Keep Extract Desk in the tray?',
    detail: 'It goes on watching and delivering while the window is closed. You can change this in Settings.',
    keep: 'Keep it in the tray',
    quit: 'Quit',
  },
  /** Asked when the window is closed, or the app is quit, with something typed in a form. */
  unsaved: {
    message: 'Close without saving?',
    detail: 'What you entered in the window is not saved yet.',
    stay: 'Stay here',
    discard: 'Close without saving',
  },
  /** After a fault that nothing caught. */
  crashed: {
    restart: 'Start again',
    quit: 'Quit',
    written: (folder: string) => `What happened is written down in ${folder}`,
  },
  /** On the dialog that says why the profile could not be opened. */
  startFailed: { showFolder: 'Show its folder', quit: 'Quit' },
  profileNeedsFolder: 'Extract Desk: --profile needs a folder after it.',
  /** Asked when quitting while a delivery or a job is under way. */
  quitWhileWorking: (running: number) => ({
    message: `${counted(running, { one: 'job is', other: 'jobs are' })} under way`,
    detail: 'Nothing is lost: the journal knows where to go on, at the next start.',
    quit: 'Quit',
    stay: 'Stay',
  }),
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    today: 'Today',
    extracts: 'Extracts',
    history: 'History',
    schedules: 'Schedules',
    connections: 'Connections',
    settings: 'Settings…',
    showLogs: 'Show logs',
  },
} as const
