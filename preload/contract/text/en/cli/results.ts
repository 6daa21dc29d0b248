/** What a command says of its result, where it does not print JSON. */
import { counted, files, number, size } from '../figures.ts'

export const warning = (words: string): string => `Warning: ${words}`
export const nextStep = (words: string): string => `What to do: ${words}`
export const logAt = (folder: string): string => `The log is in ${folder}.`

export const connectionAdded = (name: string): string => `${name}: signed in, and saved.`
export const connectionAddedWithoutSecrets = (name: string): string =>
  `${name}: signed in, and saved without its secrets.`
export const connectionWorks = (name: string): string => `${name}: signed in.`
export const connectionRenewed = (name: string): string => `${name}: the new secrets work, and are kept.`
export const connectionRemoved = (name: string): string =>
  `${name} was removed, its secrets first. Its history stays.`
export const definitionAdded = (name: string): string => `${name} was saved.`
export const definitionRemoved = (name: string): string => `${name} was removed. Its history stays.`

export const delivered = (n: number, bytes: number, folder: string): string =>
  `Delivered ${files(n)} (${size(bytes)}) to ${folder}`
export const alreadyDelivered = (n: number, folder: string): string =>
  `Delivered to ${folder} before: ${files(n)}; nothing was delivered again.`
export const sameBytes = (n: number, folder: string): string =>
  `The same ${files(n)} are in ${folder} already; nothing was written again.`
export const receipt = (id: string): string => `Receipt ${id}`
export const job = (id: string): string => `Job ${id}`
export const settledNotStarted = 'Settled: it was not started.'

export const missingNow = (path: string, found: string): string =>
  found === 'moved'
    ? `${path} was moved since.`
    : found === 'changed'
      ? `${path} was changed since.`
      : `${path} is no longer there.`
export const rotated =
  'The system has replaced the secrets that were given for this run. What it gave instead was not kept; the old ones may no longer work.'
export const keychainForgets =
  'The keychain of this computer took the secrets and did not keep them. The next command has to be given them: --secrets-for-this-run -'
export const unproven: Readonly<Record<string, string>> = {
  'keychain-unavailable':
    'The keychain does not answer, so it cannot be proven that nobody wrote the receipts anew.',
  'key-missing':
    'The keychain has no key for this profile, so it cannot be proven that nobody wrote the receipts anew.',
  'written-without-key': 'Some receipts were written without a key at hand; nobody vouches for those.',
}

export const verified = (receipts: number, n: number): string =>
  `${counted(receipts, { one: 'receipt', other: 'receipts' })} and ${files(n)} were checked.`
export const nothingFound = 'Everything is as it was delivered.'
export const findings = (n: number): string => counted(n, { one: 'finding', other: 'findings' })
const kinds: Readonly<Record<string, string>> = {
  changed: 'changed',
  missing: 'missing',
  moved: 'moved',
  'receipt-changed': 'the receipt was changed',
  'receipt-missing': 'a receipt is missing',
  'chain-broken': 'the chain of receipts is broken',
}
export const finding = (kind: string, receiptId: string | null, path: string | null): string =>
  [kinds[kind] ?? kind, path, receiptId === null ? null : `receipt ${receiptId}`]
    .filter(part => part !== null)
    .join(': ')
export const unreachableFile = (path: string): string => `${path} cannot be reached.`

export const exported = (counts: {
  readonly connections: number
  readonly destinations: number
  readonly schedules: number
}): string =>
  `${counted(counts.connections, { one: 'connection', other: 'connections' })}, ${counted(counts.destinations, { one: 'destination', other: 'destinations' })} and ${counted(counts.schedules, { one: 'schedule', other: 'schedules' })} were written. No secrets are among them.`
export const imported = (what: string, names: readonly string[]): string => `${what}: ${names.join(', ')}`
export const importedAdded = 'Added'
export const importedKept = 'Kept as they were'
export const importedDestinations = (n: number): string =>
  `${counted(n, { one: 'destination', other: 'destinations' })} set.`
export const importedSchedules = 'Schedules set'
export const nothingDue = 'Nothing is due.'
export const due = (schedule: string, at: string, state: string): string => `${schedule}, due ${at}: ${state}`
export const signInNeeded =
  'Connections that were added have no secrets yet: extract-desk connection sign-in NAME --secrets -'

export const more = (shown: number, all: number): string =>
  `${number(shown)} of ${number(all)} shown; --limit shows more, --search fewer.`
export const nothing = 'There is nothing to show.'
