/** Words for errors of what was asked, signing in, newer versions, and the profile. */
import type { ErrorCode, ErrorFacts } from '../../errors.ts'
import {
  type ErrorText,
  type ErrorWords,
  nothingChanged,
  nothingInFolder,
  nothingSent,
  nothingStarted,
  withFact,
} from './error-facts.ts'

/** How the window calls what a schema or a system calls otherwise. */
const fieldNames: Readonly<Record<string, string>> = {
  name: 'Name',
  url: 'Address',
  auth: 'Kind of sign-in',
  accessToken: 'Access token',
  remoteId: 'Job id',
  folder: 'Folder',
  marker: 'Name of the marker file',
  server: 'Proxy',
  userId: 'User',
  password: 'Password',
}

/** What an account or a server lacks, where it is known by name. */
const missingWords: Readonly<Record<string, ErrorText>> = {
  'data-extractor-feature': {
    what: 'This PureConnect server has no data extractor.',
    safe: nothingStarted,
    next: 'Ask the administrator whether the server has the ICWS feature “data-extractor”, version 2 or later.',
  },
  'icws-licence': {
    what: 'This PureConnect server has no licence for programs like this one.',
    safe: nothingStarted,
    next: 'Ask the administrator for the server licence “I3_FEATURE_ICWS_SDK”.',
  },
  'data-extractor-right': {
    what: 'The account may not use the data extractor.',
    safe: nothingStarted,
    next: 'Ask the administrator for the access “Data Extractor” in Interaction Administrator.',
  },
}

/** Whoever may not enter the vault that was asked for gets into another one, without a word from Vault. */
const wrongVault = ({ vault, vaultHost, asked }: ErrorFacts): ErrorText | null =>
  vaultHost === undefined
    ? null
    : {
        what: `The sign-in led into another vault: “${vault}” (${vaultHost}), not ${asked}.`,
        safe: 'Nothing was done there, and that session was ended.',
        next: `Check the address, or ask the administrator to let this user into ${asked}.`,
      }

/** A vault names the kind of refusal, and in its own words what is missing. */
const refusedByVault = ({ vaultType }: ErrorFacts): ErrorText | null =>
  vaultType === undefined
    ? null
    : {
        what: 'The account may not do this in the vault.',
        safe: nothingStarted,
        next: 'Ask the vault’s administrator for the permission; the vault’s own words are in the details.',
      }

/** Why a newer version was not taken. */
const nothingInstalled = 'Nothing was installed: this version stays as it is.'
const tellIt = 'Do not install this version from elsewhere. Tell IT, or whoever supports this app.'

const notTrusted = (what: string): ErrorText => ({ what, safe: nothingInstalled, next: tellIt })
const broken = (what: string): ErrorText => ({
  what,
  safe: nothingInstalled,
  next: 'It is tried again by itself. If this comes back, tell IT.',
})

const refusals: Readonly<Record<string, (facts: ErrorFacts) => ErrorText>> = {
  signature: () => notTrusted('The signature of the new version is missing or wrong.'),
  manifest: () => notTrusted('What the update server says of the new version cannot be read.'),
  'manifest-name': () =>
    notTrusted('The update server answered with the versions of another channel or platform.'),
  file: () => notTrusted('The file of the new version is not the one that was signed.'),
  size: () => broken('The file of the new version came longer or shorter than it must be.'),
  'too-large': () => broken('The update server sent far more than was asked for.'),
  'no-file': () => broken('The new version has no file for this computer.'),
  redirect: () => broken('The update server sent us elsewhere, and nothing is fetched from elsewhere.'),
  status: facts =>
    broken(
      withFact(
        facts,
        'status',
        status => `The update server answered with error ${status}.`,
        'The update server answered with an error.',
      ),
    ),
}

export const accessErrors = {
  'bad-input': facts => ({
    what: withFact(
      facts,
      'field',
      field => `“${fieldNames[field] ?? field}” cannot be used as it is.`,
      'Something that was entered cannot be used.',
    ),
    safe: nothingChanged,
    next: 'Correct it and try again.',
  }),
  'not-found': () => ({
    what: 'What was asked for is no longer there.',
    safe: nothingChanged,
    next: 'Go back to the list; it shows what there is now.',
  }),
  'name-taken': facts => ({
    what: withFact(
      facts,
      'name',
      name => `There already is a connection called “${name}”.`,
      'There already is a connection with this name.',
    ),
    safe: 'Nothing was saved.',
    next: 'Choose another name. Upper and lower case make no difference.',
  }),
  forbidden: facts => {
    if (facts.reason === 'publishing') {
      return {
        what: 'The files are being put into the folder at this moment.',
        safe: 'They will be there as a whole.',
        next: 'Wait a moment; it can no longer be cancelled.',
      }
    }
    if (facts.reason === 'managed-host') {
      return {
        what: withFact(
          facts,
          'host',
          host => `Your company does not allow this computer to reach ${host} with Extract Desk.`,
          'Your company does not allow this address.',
        ),
        safe: 'Nothing was sent.',
        next: 'Ask IT to allow it; Settings shows what is allowed.',
      }
    }
    if (facts.reason === 'managed-connections') {
      return {
        what: 'Your company looks after the connections of this computer.',
        safe: nothingChanged,
        next: 'Ask IT to add or remove one. Signing in again is up to you.',
      }
    }
    if (facts.reason === 'managed-practice') {
      return {
        what: 'Your company has switched practice off on this computer.',
        safe: nothingChanged,
        next: 'Ask IT if you need it.',
      }
    }
    if (facts.reason === 'managed') {
      return {
        what: 'This setting is managed by your company.',
        safe: nothingChanged,
        next: 'Ask IT if it has to be another one.',
      }
    }
    return {
      what: withFact(
        facts,
        'folder',
        folder => `The folder ${folder} was not chosen by you here.`,
        'This is not allowed here.',
      ),
      safe: nothingChanged,
      next:
        facts.folder === undefined
          ? 'Try again in a moment, or ask whoever looks after this computer.'
          : 'Choose the folder with the button.',
    }
  },
  'too-large': () => ({
    what: 'This is larger than can be taken.',
    safe: nothingChanged,
    next: 'Shorten it and try again.',
  }),
  'not-supported': facts => ({
    what:
      facts.status === 410 ? 'The system no longer offers this (error 410).' : 'This system cannot do that.',
    safe: nothingChanged,
    next: 'There is nothing to do.',
  }),
  cancelled: () => ({
    what: 'It was cancelled.',
    safe: nothingInFolder,
    next: 'Deliver the job again whenever you want its files.',
  }),
  internal: () => ({
    what: 'Extract Desk made a mistake.',
    safe: 'What was delivered before is untouched, and the journal knows where to go on.',
    next: 'Try again. If it comes back, open the logs in Settings and send them to whoever supports this app.',
  }),

  'sign-in-refused': facts => ({
    what: withFact(
      facts,
      'connection',
      name => `${name} refused the sign-in.`,
      'The system refused the sign-in.',
    ),
    safe:
      facts.before === true
        ? 'It was refused with these very data before, so they were not sent again: the account is not locked by this.'
        : 'It was tried once and will not be tried again, so that the account is not locked.',
    next:
      facts.before === true
        ? 'Type other sign-in data. If these were put right at the system since, quit Extract Desk and start it again.'
        : 'Check the sign-in data with your administrator, then sign in again.',
  }),
  'sign-in-expired': () => ({
    what: 'The sign-in has expired.',
    safe: 'Jobs, destinations and history are kept.',
    next: 'Get a new token from your administrator and sign in again.',
  }),
  'sign-in-locked': () => ({
    what: 'The account is locked or disabled at the system.',
    safe: 'Nothing more is tried from here until you sign in again.',
    next: 'Ask the system’s administrator to unlock the account, then sign in again.',
  }),
  'sign-in-waiting': () => ({
    what: 'This connection waits for a new sign-in.',
    safe: nothingSent,
    next: 'Sign in again; everything that waits goes on by itself.',
  }),
  'permission-missing': facts =>
    missingWords[String(facts.missing)] ??
    wrongVault(facts) ??
    refusedByVault(facts) ??
    (facts.grant === undefined
      ? {
          what: 'The account may not use extracts.',
          safe: nothingStarted,
          next: 'Ask the administrator for the role “Web Services Administrator” (Concur Standard: “Can Administer”) and, for the app, the scope EXTRCT.',
        }
      : {
          what: 'The app may not keep its sign-in.',
          safe: nothingChanged,
          next: `Ask the administrator to allow the grant “${facts.grant}” for the app.`,
        }),
  'session-expired': () => ({
    what: 'The session ended while it was used.',
    safe: nothingStarted,
    next: 'Try again; a new session is opened.',
  }),
  'keychain-unavailable': () => ({
    what: 'The keychain of this computer does not answer.',
    safe: 'No secret was written anywhere else.',
    next: 'Unlock the keychain, or sign in and keep the secrets until you quit.',
  }),
  'keychain-forgets': () => ({
    what: 'The keychain of this computer does not keep what it is given.',
    safe: 'No secret was written anywhere else. A sign-in stays in memory until you quit.',
    next: 'Sign in again after the next start, or ask IT for a keychain that lasts.',
  }),
  'secrets-missing': () => ({
    what: 'The secrets of this connection are not on this computer.',
    safe: 'The connection, its destinations and its history are kept.',
    next: 'Sign in once more.',
  }),

  'update-refused': facts =>
    (refusals[String(facts.reason)] ?? (() => notTrusted('The new version was refused.')))(facts),
  'update-not-installed': () => ({
    what: 'The new version could not be installed.',
    safe: 'This version stays as it is, and so does everything it keeps.',
    next: 'Install it with the file that IT has, or try again by quitting once more.',
  }),

  'profile-locked': () => ({
    what: 'Another Extract Desk works on this profile.',
    safe: nothingChanged,
    next: 'Use the window that is already open, or close it first.',
  }),
  'profile-damaged': () => ({
    what: 'The records of this profile are damaged.',
    safe: 'Delivered files are untouched.',
    next: 'Restore the profile folder from a backup, or ask whoever supports this app.',
  }),
  'profile-newer': facts => ({
    what: withFact(
      facts,
      'found',
      found => `This profile was written by a newer version (records of version ${found}).`,
      'This profile was written by a newer version.',
    ),
    safe: nothingChanged,
    next: 'Install the newer version of Extract Desk. IT can also bring back a copy from the folder “backups”.',
  }),
} satisfies Partial<Record<ErrorCode, ErrorWords>>
