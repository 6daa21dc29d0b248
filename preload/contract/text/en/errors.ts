/**
 * What a person reads when something went wrong: what happened, what is safe, what to do next. Complete by type:
 * an error code without words does not compile. The gaps are filled from the error's facts; a fact that is missing
 * leaves a sentence that is still true. The system's own words and its correlation id are shown beside these, folded.
 *
 * Facts read here: connection, definition, host, folder, file, path, field, issuer, proxy, url, hours, seconds, limit,
 * rows, expectedRows, neededBytes, freeBytes, status, version.
 */
import type { ErrorCode, ErrorFacts, ErrorView } from '../../errors.ts'
import { hours, number, rows, size } from './figures.ts'

export type ErrorText = { readonly what: string; readonly safe: string; readonly next: string }

const named = (facts: ErrorFacts, name: string): string | null => {
  const value = facts[name]
  return value === undefined || value === '' ? null : String(value)
}
const figure = (facts: ErrorFacts, name: string): number | null => {
  const value = facts[name]
  return typeof value === 'number' ? value : null
}
/** The sentence with the fact where there is one, otherwise the sentence that does without. */
const withFact = (
  facts: ErrorFacts,
  name: string,
  sentence: (value: string) => string,
  otherwise: string,
): string => {
  const value = named(facts, name)
  return value === null ? otherwise : sentence(value)
}

const nothingSent = 'Nothing was sent to the system.'
const nothingChanged = 'Nothing was changed.'
const nothingStarted = 'No job was started by this.'
const nothingInFolder = 'Nothing was put into the folder, and no file there was touched.'
const jobsGoOn = 'Jobs that run at the system go on; what they make is fetched when it is reachable again.'
const fileKept = 'The file is kept and will be delivered; nothing has to be run again.'
const triedAgain = 'It is tried again by itself. Check the network if this lasts.'

const texts: Record<ErrorCode, (facts: ErrorFacts) => ErrorText> = {
  'bad-input': facts => ({
    what: withFact(
      facts,
      'field',
      field => `“${field}” cannot be used as it is.`,
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
  forbidden: () => ({
    what: 'This is not allowed here.',
    safe: nothingChanged,
    next: 'Ask whoever looks after this computer or this connection.',
  }),
  'too-large': () => ({
    what: 'This is larger than can be taken.',
    safe: nothingChanged,
    next: 'Shorten it and try again.',
  }),
  'not-supported': () => ({
    what: 'This system cannot do that.',
    safe: nothingChanged,
    next: 'Nothing needs to be done.',
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
    safe: 'It was tried once and will not be tried again, so that the account is not locked.',
    next: 'Check the sign-in data with your administrator, then sign in again.',
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
  'permission-missing': () => ({
    what: 'The account may not use extracts.',
    safe: nothingStarted,
    next: 'Ask the administrator for the role “Web Services Administrator” and, for the app, the scope EXTRCT.',
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
  'secrets-missing': () => ({
    what: 'The secrets of this connection are not on this computer.',
    safe: 'The connection, its destinations and its history are kept.',
    next: 'Sign in once more.',
  }),

  offline: () => ({
    what: 'This computer is offline.',
    safe: jobsGoOn,
    next: 'Nothing: it goes on when the network is back.',
  }),
  'host-not-found': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The name ${host} cannot be found in the network.`,
      'The system’s name cannot be found in the network.',
    ),
    safe: nothingSent,
    next: 'Check the address of the connection, and whether a VPN is needed.',
  }),
  'connection-failed': facts => ({
    what: withFact(facts, 'host', host => `${host} does not answer.`, 'The system does not answer.'),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'connection-cut': () => ({
    what: 'The connection was cut in the middle.',
    safe: nothingInFolder,
    next: triedAgain,
  }),
  'timed-out': facts => ({
    what: withFact(
      facts,
      'host',
      host => `${host} took too long to answer.`,
      'The system took too long to answer.',
    ),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'proxy-sign-in': facts => ({
    what: withFact(
      facts,
      'proxy',
      proxy => `The proxy ${proxy} asks for a sign-in (407).`,
      'The company’s proxy asks for a sign-in (407).',
    ),
    safe: 'The system was not reached; its password was not tried.',
    next: 'Ask IT how this computer signs in to the proxy, then check Settings › Network.',
  }),
  'proxy-failed': facts => ({
    what: withFact(
      facts,
      'proxy',
      proxy => `The proxy ${proxy} cannot be reached.`,
      'The company’s proxy cannot be reached.',
    ),
    safe: 'The system was not reached.',
    next: 'Check Settings › Network, or ask IT which proxy this computer should use.',
  }),
  certificate: facts => ({
    what: withFact(
      facts,
      'issuer',
      issuer => `The certificate was issued by “${issuer}”, which this computer does not trust.`,
      'The system’s certificate is not trusted by this computer.',
    ),
    safe: 'No secret was sent.',
    next: 'Many companies inspect traffic with a certificate of their own: ask IT to install it on this computer.',
  }),
  'not-trusted': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The system pointed to ${host}, which does not belong to this connection.`,
      'The system pointed to an address that does not belong to this connection.',
    ),
    safe: 'Nothing was sent there.',
    next: 'Check the address of the connection with your administrator.',
  }),
  'redirect-refused': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The answer was a detour to ${host}.`,
      'The answer was a detour to another address.',
    ),
    safe: 'It was not followed, and no secret left this computer.',
    next: 'Often a sign-in page of the company network: open a browser once, then try again.',
  }),
  'rate-limited': () => ({
    what: 'The system asks to be called less often.',
    safe: jobsGoOn,
    next: 'Nothing: it is asked again after the pause it wants.',
  }),
  maintenance: () => ({
    what: 'The system is in maintenance.',
    safe: jobsGoOn,
    next: 'Nothing: it is asked again from time to time.',
  }),
  'server-error': facts => ({
    what: withFact(
      facts,
      'status',
      status => `The system failed to answer (error ${status}).`,
      'The system failed to answer.',
    ),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'request-refused': facts => ({
    what: withFact(
      facts,
      'status',
      status => `The system refused the request (error ${status}).`,
      'The system refused the request.',
    ),
    safe: nothingStarted,
    next: 'Its own words are below. Show them to the system’s administrator.',
  }),
  'answer-too-large': () => ({
    what: 'The answer is far larger than such an answer should be.',
    safe: 'It was not taken.',
    next: 'Check the address of the connection.',
  }),
  'answer-not-understood': () => ({
    what: 'The system answered something that cannot be understood.',
    safe: 'It was not guessed at: nothing was started and nothing was delivered.',
    next: 'Try again. A sign-in page of the network in between is a frequent cause.',
  }),

  'already-running': () => ({
    what: 'A job of this definition is already queued or running.',
    safe: 'No second job was started.',
    next: 'Join it: its files are delivered when it has ended.',
  }),
  'again-needed': facts => {
    const within = figure(facts, 'hours')
    return {
      what:
        within === null
          ? 'The last run is recent, or its files were never saved.'
          : `This definition ran within the last ${hours(within)}.`,
      safe: nothingStarted,
      next: 'Look at the last run first. If a new one is really wanted, say so in the second step.',
    }
  },
  'start-unknown': () => ({
    what: 'Nobody knows whether the system started the job: its answer was lost.',
    safe: 'No second start was tried, and none will be.',
    next: 'Look for the job at the system, then settle it here.',
  }),
  'job-failed': () => ({
    what: 'The job failed at the system.',
    safe: nothingInFolder,
    next: 'Its own words are below. Ask the system’s administrator before it is run again.',
  }),
  'job-gone': () => ({
    what: 'The system no longer lists this job.',
    safe: 'What was delivered from it is untouched.',
    next: 'If its files were never saved, ask the system’s administrator for them.',
  }),
  'job-timed-out': () => ({
    what: 'The job has not ended in the time allowed for it.',
    safe: 'It was not stopped and may still end at the system.',
    next: 'Join it again to go on waiting.',
  }),

  'file-gone': () => ({
    what: 'The system no longer has the files of this job.',
    safe: nothingInFolder,
    next: 'Ask the system’s administrator whether the files can be had in another way.',
  }),
  truncated: facts => {
    const expected = figure(facts, 'expectedBytes')
    const came = figure(facts, 'bytes')
    return {
      what:
        expected === null || came === null
          ? 'The file came shorter than promised.'
          : `The file came shorter than promised: ${size(came)} of ${size(expected)}.`,
      safe: nothingInFolder,
      next: 'Fetch it again.',
    }
  },
  'html-instead-of-file': () => ({
    what: 'A web page came instead of the file.',
    safe: nothingInFolder,
    next: 'Usually a sign-in or error page of the network or the system: open a browser once, then fetch it again.',
  }),
  'error-instead-of-file': () => ({
    what: 'An error message came instead of the file.',
    safe: nothingInFolder,
    next: 'Its own words are below. Fetch the file again later.',
  }),
  'damaged-archive': facts => ({
    what: withFact(
      facts,
      'file',
      file => `The archive is damaged at “${file}”.`,
      'The archive that came is damaged.',
    ),
    safe: nothingInFolder,
    next: 'Fetch it again. If it stays damaged, the system made it so: ask its administrator.',
  }),
  'unsafe-name': facts => ({
    what: withFact(
      facts,
      'file',
      file => `The archive holds a name that would leave the folder: “${file}”.`,
      'The archive holds a name that would leave the folder.',
    ),
    safe: nothingInFolder,
    next: 'Ask the system’s administrator where this file comes from.',
  }),
  'encrypted-entry': facts => ({
    what: withFact(
      facts,
      'file',
      file => `“${file}” is encrypted within the archive.`,
      'The archive holds an encrypted file.',
    ),
    safe: nothingInFolder,
    next: 'Turn off unpacking in the destination to get the archive as it is.',
  }),
  'archive-bomb': () => ({
    what: 'The archive would unpack to far more than any extract holds.',
    safe: nothingInFolder,
    next: 'Ask the system’s administrator where this file comes from.',
  }),
  'empty-extract': () => ({
    what: 'The job finished, and its extract is empty.',
    safe: nothingInFolder,
    next: 'If an empty extract is fine here, allow it in the destination and deliver the job again.',
  }),
  'fewer-rows-than-promised': facts => {
    const promised = figure(facts, 'expectedRows')
    const came = figure(facts, 'rows')
    return {
      what:
        promised === null || came === null
          ? 'The extract has fewer rows than its first line promises.'
          : `The extract’s first line promises ${rows(promised)}, and ${number(came)} came.`,
      safe: nothingInFolder,
      next: 'Fetch it again. If it stays so, ask the system’s administrator.',
    }
  },

  'no-destination': () => ({
    what: 'No folder was chosen for this definition.',
    safe: 'The job’s files stay at the system and can be delivered later.',
    next: 'Choose a folder.',
  }),
  'folder-missing': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `The folder ${folder} does not exist.`,
      'The folder does not exist.',
    ),
    safe: fileKept,
    next: 'Create the folder or choose another one. Folders are never created by themselves.',
  }),
  'folder-not-writable': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `Nothing may be written to the folder ${folder}.`,
      'Nothing may be written to the folder.',
    ),
    safe: fileKept,
    next: 'Ask IT for the right to write there, or choose another folder.',
  }),
  'folder-unreachable': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `The folder ${folder} cannot be reached.`,
      'The folder cannot be reached.',
    ),
    safe: 'The file is safe and will be delivered there when the folder is back.',
    next: 'Check the network drive or the VPN.',
  }),
  'no-space': facts => {
    const needed = figure(facts, 'neededBytes')
    const free = figure(facts, 'freeBytes')
    return {
      what:
        needed === null || free === null
          ? 'There is not enough space for the files.'
          : `There is not enough space: ${size(needed)} are needed, ${size(free)} are free.`,
      safe: nothingInFolder,
      next: 'Free some space; the delivery goes on by itself.',
    }
  },
  conflict: facts => ({
    what: withFact(
      facts,
      'path',
      path => `There already is a file at ${path}.`,
      'A file of that name is already there.',
    ),
    safe: 'It was not overwritten. The new file is kept.',
    next: 'Move the old file, or change how the destination treats existing files, then retry.',
  }),
  'file-locked': facts => ({
    what: withFact(
      facts,
      'path',
      path => `Another program holds ${path} open.`,
      'Another program holds the file open.',
    ),
    safe: 'The old file was not touched. The new one is kept.',
    next: 'Close it, for example in Excel, then retry.',
  }),
  'name-invalid': facts => ({
    what: withFact(
      facts,
      'name',
      name => `“${name}” cannot be a file name.`,
      'The name template makes a name that no file can have.',
    ),
    safe: nothingInFolder,
    next: 'Change the name template in the destination.',
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
      'version',
      version => `This profile was written by a newer version (${version}).`,
      'This profile was written by a newer version.',
    ),
    safe: nothingChanged,
    next: 'Install the newer version of Extract Desk.',
  }),
}

/** What happened, what is safe and what to do, for any error that crosses to a person. */
export const errorText = (error: Pick<ErrorView, 'code' | 'facts'>): ErrorText =>
  texts[error.code](error.facts)
