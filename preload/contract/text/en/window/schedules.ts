/** Schedules: the list, the form, and the ledger of due times. */
import { counted } from '../figures.ts'

export const columns = {
  name: 'Schedule',
  when: 'When',
  next: 'Next',
  last: 'Last',
  actions: 'Actions',
} as const
export const tableOf = 'Schedules'
export const create = 'New schedule…'
export const none = 'Nothing runs by itself yet'
export const noneWhat =
  'A schedule runs one definition, or several as a set, at the times you say: every working day, or on the last working day of the month. What was missed while the computer slept is told, and caught up if you wish.'
export const paused = 'Paused'
export const notYet = 'Not yet'
export const nothingNext = 'No more'
export const pause = 'Pause'
export const resume = 'Resume'
export const pauseOf = (name: string): string => `Pause ${name}`
export const resumeOf = (name: string): string => `Resume ${name}`
export const definitions = (n: number): string => counted(n, { one: 'definition', other: 'definitions' })
export const appNote =
  'Schedules run while Extract Desk runs, in the window or in the tray, with somebody signed in to this computer. Settings has “Start with the computer”; servers use the command line.'

export const newTitle = 'New schedule'
export const tabs = { timetable: 'Timetable', ledger: 'Due times' } as const
export const remove = 'Remove…'
export const removeDialog = {
  title: (name: string): string => `Remove ${name}?`,
  what: 'It starts nothing any more. Its definitions, jobs and receipts stay.',
  confirm: 'Remove',
} as const

export const form = {
  what: 'What runs',
  when: 'When',
  rest: 'Time zone, holidays, missed times',
  holidaysInShort: (n: number): string =>
    n === 0 ? 'no holidays' : counted(n, { one: 'holiday', other: 'holidays' }),
  missedInShort: {
    once: 'missed times run once',
    ask: 'missed times are asked about',
    skip: 'missed times are left',
  },
  whatSet: 'Several are a run set: they start together, with one summary and one notification.',
  find: 'Find',
  chosen: (n: number): string =>
    n === 0 ? 'None chosen' : counted(n, { one: 'definition chosen', other: 'definitions chosen' }),
  noDestination: 'no folder chosen yet',
  nothingToChoose: 'No definition has a folder yet. Choose one under Extracts › Destination, then come back.',
  name: 'Name',
  kind: 'How often',
  kinds: {
    daily: 'Daily',
    weekly: 'On days of the week',
    'monthly-working-day': 'Monthly, on a working day',
    'monthly-day': 'Monthly, on a date',
    cron: 'Cron expression, for experts',
  },
  days: 'On',
  dayChoices: { all: 'Every day', working: 'Working days' },
  weekdays: 'Weekdays',
  noWeekday: 'Choose at least one day.',
  nth: 'Working day of the month',
  day: 'Day of the month',
  dayWhat: 'A shorter month has its last day instead.',
  lastDay: 'Last day',
  dayOff: 'If that is a weekend or a holiday',
  dayOffs: {
    keep: 'Run all the same',
    before: 'The working day before it',
    after: 'The working day after it',
  },
  expression: 'Cron expression',
  expressionWhat: 'Five fields: minute, hour, day of the month, month, day of the week. Example: 30 18 L * *',
  expressionWrong: 'This is no cron expression of five fields.',
  time: 'Time',
  timeWhat: 'Hours and minutes, such as 18:30',
  timeWrong: 'Write it as 18:30.',
  zone: 'Time zone',
  zoneWhat:
    'Where the clocks go forward over this time, it runs right after the change; where they show it twice, the first time.',
  zoneHere: (zone: string): string => `${zone} (this computer)`,
  holidays: 'Holidays',
  holidaysWhat: 'Days that are no working days, besides Saturdays and Sundays.',
  noHolidays: 'None',
  holidayCount: (n: number, from: string, to: string): string =>
    `${counted(n, { one: 'day', other: 'days' })}, ${from} to ${to}`,
  holidaysEnd: (to: string): string => `The list ends on ${to}. After that every weekday is a working day.`,
  readCalendar: 'Read a calendar (.ics)…',
  editHolidays: 'Edit the list',
  hideHolidays: 'Done',
  clearHolidays: 'Remove all',
  holidayList: 'One day a line: the date, then its name',
  holidayExample: '2026-12-25 Christmas Day',
  holidayWrong: (line: string): string => `This line does not begin with a date such as 2026-12-25: ${line}`,
  tooManyHolidays: (n: number): string => `No more than ${n} days`,
  skipHolidays: 'Not on holidays',
  missed: 'If the computer was off or asleep at that time',
  missedChoices: {
    once: 'Run once, as soon as it is on again',
    ask: 'Ask me',
    skip: 'Leave it until the next time',
  },
  production:
    'Saving is your second step for production: it starts at its times without asking again, also where the last run was never saved. A job that is queued or running is joined, never started twice.',
  preview: 'Next three times',
  previewNone: 'It would never run.',
  save: 'Save schedule',
  saved: 'Saved',
  unsaved: 'Changed, not saved yet',
} as const

export const ledger = {
  tableOf: (name: string): string => `Due times of ${name}`,
  columns: { due: 'Due', outcome: 'Outcome', what: 'What ran', note: 'Note' },
  none: 'No due time yet',
  noneWhat: 'Every due time is listed here with how it ended: run, joined, skipped or missed, and why.',
  until: (from: string, to: string): string => `${from} to ${to}`,
  nextTry: (when: string): string => `tried again ${when}`,
  openJob: (definition: string): string => `Open ${definition}`,
} as const

export const asks = {
  title: (when: string): string => `It was due ${when}, and the app could not run.`,
  what: 'Nothing was started.',
  run: 'Run now',
  leave: 'Leave it',
} as const

export const nextOf = (when: string, schedule: string): string => `Next ${when} by ${schedule}`
export const scheduleOf = 'Schedule…'
/** The tab of a definition. */
export const tab = 'Schedule'
export const next = 'Next'
export const nextInLine = (when: string): string => `next ${when}`
