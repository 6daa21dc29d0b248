/** What `--help` prints. The commands stand in the order in which somebody begins. */
const program = 'extract-desk'

const delivery = [
  '--to DIR               the folder; may be left out where the definition has a saved destination',
  '--name TEMPLATE        names of the files, for example {definition}_{end:yyyy-MM-dd}_{original}{ext}',
  '--on-conflict POLICY   keep-both (default), replace, skip-same or fail',
  '--keep-archive         puts the archive beside its files',
  '--no-unzip             delivers the archive as it is',
  '--marker TEMPLATE      a marker file that appears when every file is there',
  '--allow-empty          an empty extract is delivered, with a warning',
  '--timeout T            90s, 15m, 2h, 1d; 4h where left out. The job goes on; the next call joins it',
]
const secrets =
  '--secrets -            reads one JSON object with the secrets from standard input, for the keychain'
const thisRun = '--secrets-for-this-run -  the same from memory alone; nothing is stored'
const connection = '--connection N         name or id of the connection'
const definition = '--definition D         name or id of the definition'
const again = '--again                the deliberate second step, where production asks for it'

type Help = { readonly usage: string; readonly does: string; readonly options: readonly string[] }

const helps: Readonly<Record<string, Help>> = {
  'connection add': {
    usage: '--name N --system concur|icws|vault --url URL --secrets -',
    does: 'Signs in once to prove that it works, then saves the connection. Nothing is saved where that fails.',
    options: [
      '--name N               a name of your own; upper and lower case make no difference',
      '--system SYSTEM        concur, icws or vault',
      '--url URL              https; http for a practice connection on this computer alone',
      '--mark MARK            production (default), test or practice',
      '--auth KIND            the kind of sign-in, see docs/cli.md',
      '--output-map SERVER=LOCAL  where a folder of the server lies for this computer; may stand several times',
      '--certificate-sha256 HEX   the one certificate that is trusted although nobody vouches for it',
      secrets,
      thisRun,
    ],
  },
  'connection list': { usage: '', does: 'Lists the connections and how their sign-ins stand.', options: [] },
  'connection test': { usage: 'NAME', does: 'Signs in with what is stored.', options: [thisRun] },
  'connection sign-in': {
    usage: 'NAME --secrets -',
    does: 'Renews the secrets, keeps the history, and clears a refused state.',
    options: [secrets, thisRun],
  },
  'connection remove': {
    usage: 'NAME',
    does: 'Removes the secrets, then the connection. Its history stays.',
    options: [],
  },
  'definition list': {
    usage: '--connection N',
    does: 'Lists what can be extracted.',
    options: [connection, thisRun],
  },
  'definition show': {
    usage: '--connection N --definition D',
    does: 'Shows one definition.',
    options: [connection, definition],
  },
  'definition add': {
    usage: '--connection N --name D --file REQUEST.json',
    does: 'Saves what a system without definitions of its own extracts.',
    options: [
      connection,
      '--name D               its name',
      '--file REQUEST.json    what is asked of the system, see docs/cli.md',
    ],
  },
  'definition remove': {
    usage: '--connection N --definition D',
    does: 'Removes one that was added. Its history stays.',
    options: [connection, definition],
  },
  'job list': {
    usage: '--connection N [--definition D]',
    does: 'The system’s own list.',
    options: [connection, definition, thisRun],
  },
  'job show': {
    usage: '--connection N --job ID',
    does: 'One job, with the system’s own fields.',
    options: [connection, '--job ID               the system’s id, or ours', thisRun],
  },
  'job start': {
    usage: '--connection N --definition D',
    does: 'Starts a job and delivers nothing. Never joins: where one is queued or running, exit 7 with that job.',
    options: [connection, definition, again, thisRun],
  },
  'job cancel': {
    usage: '--connection N --job ID',
    does: 'Ends a job, where the system can.',
    options: [connection, '--job ID               the system’s id, or ours', thisRun],
  },
  'job settle': {
    usage: '--connection N --definition D (--job ID | --not-started)',
    does: 'Settles a start whose outcome could not be found out.',
    options: [
      connection,
      definition,
      '--job ID               it is this job of the system',
      '--not-started          the system shows no such job',
      thisRun,
    ],
  },
  deliver: {
    usage: '--connection N --job ID [--to DIR]',
    does: 'Waits until the job has ended, then saves its files. Where they were delivered before, they are checked.',
    options: [
      connection,
      '--job ID               the system’s id, or ours',
      '--again                delivers once more what was delivered there',
      ...delivery,
      thisRun,
    ],
  },
  run: {
    usage: '--connection N --definition D [--to DIR]',
    does: 'Starts, or joins the job that is queued or running, then delivers.',
    options: [connection, definition, again, ...delivery, thisRun],
  },
  'schedule list': { usage: '', does: 'Lists the schedules and when they are due.', options: [] },
  'schedule run-due': {
    usage: '',
    does: 'Runs what is due, once. For computers where no window is open.',
    options: [],
  },
  'history list': {
    usage: '[--search TEXT] [--since DATE] [--limit N]',
    does: 'Every job that was ever seen, newest first. Needs no network.',
    options: [
      '--search TEXT          words that begin what a job is found by',
      '--since DATE           2026-11-01, or a time with its zone',
      '--limit N              how many; 50 where left out',
    ],
  },
  'history show': { usage: 'RECEIPT', does: 'One receipt.', options: [] },
  verify: {
    usage: '[RECEIPT…]',
    does: 'Hashes delivered files again and checks the chain of receipts; all of them where none is named.',
    options: [],
  },
  'settings export': {
    usage: 'FILE',
    does: 'Writes connections, destinations and schedules. No secrets.',
    options: [],
  },
  'settings import': {
    usage: 'FILE',
    does: 'Takes over what such a file holds. Connections that are there stay as they are.',
    options: [],
  },
  practice: {
    usage: '[--port P] [--scenario NAME] [--seed N] [--state DIR]',
    does: 'Serves the simulator on 127.0.0.1, prints one JSON line when it listens, and runs until it is ended.',
    options: [
      '--port P               of the address; any free one where left out',
      '--scenario NAME        what it does: normal, slow, failing-job, maintenance …',
      '--seed N               everything that looks random follows from it',
      '--state DIR            jobs survive its restart',
    ],
  },
}

const everywhere = [
  '--profile DIR          another profile than the usual one',
  '--json                 one JSON document on standard output, for every exit code',
  '--quiet                no progress on standard error',
  '--help                 this',
]

const lines = (options: readonly string[]): readonly string[] => options.map(option => `  ${option}`)

/** Every command with what it does, a line each. */
export const commandLines: readonly string[] = Object.entries(helps).map(
  ([name, { does }]) => `  ${name.padEnd(22)} ${does}`,
)

export const general: readonly string[] = [
  `Usage: ${program} COMMAND …`,
  '',
  ...commandLines,
  '',
  'Everywhere:',
  ...lines(everywhere),
  '',
  `${program} COMMAND --help says what a command takes. Exit codes and JSON: docs/cli.md.`,
]

/** Null for a command that is none. */
export function commandHelp(command: string): readonly string[] | null {
  const help = helps[command]
  if (help === undefined) return null
  return [
    `Usage: ${[program, command, help.usage].filter(word => word !== '').join(' ')}`,
    '',
    help.does,
    '',
    ...lines([...help.options, ...everywhere]),
  ]
}
