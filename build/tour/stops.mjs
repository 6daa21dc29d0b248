/**
 * One screen of the tour: which view of test/electron/look it shows, in which theme, and what is to be seen there.
 *
 * @typedef {{ view: string, dark?: true, title: string, text: string }} Stop
 */

/** @type {readonly Stop[]} In the order of a first day. */
export const stops = [
  {
    ...{ view: 'today', title: 'Today' },
    text: 'What needs you, what runs, what was delivered since yesterday, and what is due next. If nothing needs you, it says so in one line.',
  },
  {
    ...{ view: 'extracts', title: 'Extracts' },
    text: 'All definitions by connection: the last job, the last delivery with its rows and totals, the next due time, the destination. Run stands at every row; a star puts it into the tray.',
  },
  {
    ...{ view: 'run', title: 'Before a run' },
    text: 'An extract moves papers at the system, so the app says first when the last run was, by whom and with how many records. Production asks for a second step of its own.',
  },
  {
    ...{ view: 'definition-jobs', title: 'A definition' },
    text: 'The system’s own list and the kept history as one; beside it the trend of its rows and totals, its destination, its schedules and the checks against the past.',
  },
  {
    ...{ view: 'definition-destination', title: 'A destination' },
    text: 'The folder, the name template with its preview, what happens if a file is there already, and the marker file. The exact paths of the next delivery are shown before anything is written.',
  },
  {
    ...{ view: 'history', title: 'History' },
    text: 'Every job and delivery ever seen, searched as you type, also without a network. Filters are words that can be taken away.',
  },
  {
    ...{ view: 'receipt', title: 'A receipt' },
    text: 'The proof of one delivery: times, the server’s id, each file with its size, rows and SHA-256, the totals against the file’s own header, where the files are now, and its place in the chain.',
  },
  {
    ...{ view: 'receipt', dark: true, title: 'The same in dark' },
    text: 'Both themes, forced colours and text at 200 % are tested on every screen.',
  },
  {
    ...{ view: 'schedule', title: 'A schedule' },
    text: 'Daily to yearly, the last working day, or a cron expression, in a time zone of its own; the next three times are always in sight.',
  },
  {
    ...{ view: 'schedule-due-times', title: 'What became of each due time' },
    text: 'The ledger: run, joined, skipped or missed, each with its reason.',
  },
  {
    ...{ view: 'connection', title: 'A connection' },
    text: 'Who is signed in and until when, the folders of its server, its certificate, and the network doctor.',
  },
  {
    ...{ view: 'add-connection', title: 'Connect a system' },
    text: 'Each field says where its value is found. Checking runs step by step and says what is wrong before anything is saved.',
  },
  {
    ...{ view: 'new-definition-vault', title: 'A new definition' },
    text: 'What PureConnect and Vault extract is kept in the app: from a form, a request file, or an earlier job.',
  },
  {
    ...{ view: 'settings', title: 'Settings' },
    text: 'Everything takes effect at once. What IT has fixed is shown, and cannot be changed.',
  },
  {
    ...{ view: 'palette', title: 'The palette' },
    text: 'Ctrl K, or Cmd K: run, go, or do anything by its name.',
  },
  {
    ...{ view: 'shortcuts', title: 'Shortcuts' },
    text: 'F1 shows every key. Nothing in the window needs a mouse.',
  },
]

/** The picture of a stop, below docs. @param {Stop} stop */
export const pictureOf = ({ view, dark }) => `screenshots/tour/${view}${dark ? '-dark' : ''}.png`

/** docs/tour.md. @param {readonly Stop[]} all */
export function tourPage(all) {
  return [
    '# A tour',
    '',
    'Every screen, on the practice systems with their sample data. The pictures and this page are made by `npm run tour`, which',
    'drives the real app.',
    ...all.flatMap(stop => [
      '',
      `## ${stop.title}`,
      '',
      stop.text,
      '',
      `![${stop.title}](${pictureOf(stop)})`,
    ]),
    '',
  ].join('\n')
}
