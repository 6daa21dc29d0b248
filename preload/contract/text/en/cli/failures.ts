import type { ErrorCode, ErrorView } from '../../../errors.ts'
import { counted } from '../figures.ts'

export { nothingChanged, nothingStarted } from '../error-facts.ts'

const program = 'extract-desk'

/** The words of a command that cannot be understood. */
export const usage = {
  next: `${program} --help lists the commands, ${program} COMMAND --help what each takes.`,
  noCommand: 'No command was named.',
  unknownCommand: (words: string) => `There is no command “${words}”.`,
  unknownOption: (option: string) => `There is no option ${option}.`,
  notHere: (option: string, command: string) => `${command} takes no ${option}.`,
  optionMissing: (option: string) => `${option} is missing.`,
  oneOf: (options: readonly string[]) => `One of ${options.join(', ')} is needed, and not more than one.`,
  valueMissing: (option: string) => `${option} needs a value.`,
  flagWithValue: (option: string) => `${option} takes no value.`,
  twice: (option: string) => `${option} stands there twice.`,
  wordMissing: (word: string) => `${word} is missing.`,
  tooMany: (word: string) => `“${word}” is one word too many.`,
  choice: (option: string, value: string, choices: readonly string[]) =>
    `${option} cannot be “${value}”. It is one of ${choices.join(', ')}.`,
  duration: (option: string, value: string) =>
    `${option} cannot be “${value}”. For example: 90s, 15m, 2h, 1d.`,
  wholeNumber: (option: string, value: string, most: number) =>
    `${option} cannot be “${value}”. It is a whole number up to ${most}.`,
  date: (option: string, value: string) => `${option} cannot be “${value}”. For example: 2026-11-01.`,
  outputMap: (value: string) => `--output-map cannot be “${value}”. It is SERVER=LOCAL.`,
  certificate: '--certificate-sha256 is 64 hexadecimal digits.',
  template: (option: string, problem: string) => `${option}: ${problem}`,
  secretsPlace: (option: string) => `${option} reads from standard input alone: ${option} -`,
  secretsNotJson: 'Standard input holds no JSON object whose values are texts.',
  secretsEmpty: 'Standard input holds no secrets.',
  fileNotRead: (file: string) => `${file} cannot be read.`,
  fileNotJson: (file: string) => `${file} holds no JSON.`,
} as const

export const missing = {
  connection: (name: string) => `There is no connection “${name}”.`,
  listConnections: `${program} connection list shows what there is.`,
  definition: (name: string, connection: string) => `${connection} has no definition “${name}”.`,
  severalDefinitions: (name: string, ids: readonly string[]) =>
    `Several definitions are called “${name}”; their ids are ${ids.join(', ')}.`,
  listDefinitions: (connection: string) =>
    `${program} definition list --connection "${connection}" shows what there is; an id may stand for a name.`,
  job: (id: string, connection: string) => `${connection} knows no job ${id}.`,
  listJobs: (connection: string) => `${program} job list --connection "${connection}" shows what there is.`,
  receipt: (id: string) => `There is no receipt ${id}.`,
  listHistory: `${program} history list shows the receipts.`,
  unsettled: (definition: string) => `No start of ${definition} is unsettled.`,
  nothingToSettle: 'There is nothing to do.',
} as const

export const notExported = {
  there: (file: string) => ({
    message: `${file} is there already. It was not touched, and nothing was written.`,
    next: 'Name another file, or move that one away.',
  }),
  failed: (file: string) => ({
    message: `${file} could not be written.`,
    next: 'Name a file in a folder that is there and may be written to.',
  }),
} as const

const reasons: Readonly<Record<string, string>> = {
  'not-a-url': 'It is no address.',
  'not-https': 'It has to begin with https: http is for a practice connection on this computer alone.',
  'not-loopback': 'A practice connection by http leads to this computer alone.',
  credentials: 'It holds a user name or a password.',
  fragment: 'It has a part behind #.',
  query: 'It has a part behind ?.',
  host: 'Its host ends with a dot.',
  newer: 'A newer version wrote it.',
  taken: 'Another program has it.',
}

/** What was asked for, by the name that it has in the words or in a file. */
export function badInput({ field, reason }: ErrorView['facts']): string {
  const named = field === undefined ? 'What was asked for' : `“${field}”`
  const why = typeof reason === 'string' ? reasons[reason] : undefined
  return [`${named} cannot be used as it is.`, ...(why === undefined ? [] : [why])].join(' ')
}

export const found = (findings: number) => ({
  code: 'findings',
  message: `${counted(findings, { one: 'thing is', other: 'things are' })} not as delivered.`,
  next: 'Look at the findings. What was changed or is missing can be delivered again from the system: --again',
})

export const interrupted = {
  code: 'interrupted',
  message: 'Interrupted. Nothing half-made is visible, and the journal knows where to go on.',
  next: 'Call it again: it goes on where it was, and starts nothing twice.',
} as const

export const said = (words: string): string => `The system said: “${words}”`

const signInAgain = `${program} connection sign-in NAME --secrets - takes new secrets.`

/** What to do at the command line, where that is something else than in the window. */
const nexts: Partial<Record<ErrorCode, string>> = {
  'not-found': `${program} COMMAND --help says what is asked for; the list commands show what there is.`,
  'bad-input': usage.next,
  'name-taken': 'Choose another name. Upper and lower case make no difference.',
  internal: 'Try again. If it comes back, show the log to whoever supports this app.',
  'sign-in-refused': `Check the secrets with your administrator. ${signInAgain}`,
  'sign-in-expired': `Get a new token from your administrator. ${signInAgain}`,
  'sign-in-locked': `Ask the system’s administrator to unlock the account. ${signInAgain}`,
  'sign-in-waiting': signInAgain,
  'secrets-missing': signInAgain,
  'keychain-unavailable': 'Unlock the keychain, or give the secrets for one run: --secrets-for-this-run -',
  'keychain-forgets': 'Give the secrets for one run: --secrets-for-this-run -',
  'already-running': `Wait for it, or join it: ${program} run … delivers its files when it has ended.`,
  'again-needed': 'Look at the last run first. If a new one is really wanted: --again',
  'start-unknown': `Look for the job at the system, then: ${program} job settle … (--job ID | --not-started)`,
  'job-timed-out': 'The same call goes on waiting.',
  'no-destination': 'Name the folder: --to DIR',
  'empty-extract': 'If an empty extract is fine here: --allow-empty',
  'encrypted-entry': 'To get the archive as it is: --no-unzip',
  'profile-locked': 'Another process is writing to this profile. Try again in a moment.',
}

/** Null: what the window says is right here as well. */
export function next({ code, facts }: ErrorView): string | null {
  if (code === 'certificate' && typeof facts.fingerprint === 'string') {
    return (
      'Ask IT to install the issuer’s certificate on this computer. ' +
      `If the system’s administrator confirms this fingerprint: --certificate-sha256 ${facts.fingerprint}`
    )
  }
  if (code === 'conflict' && facts.reason === 'one-name') {
    return 'Put {original} or {n} into the template of --name, then deliver the job again.'
  }
  return nexts[code] ?? null
}
