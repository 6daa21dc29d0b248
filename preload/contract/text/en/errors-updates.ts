/** Words for errors of a newer version of the app. */
import type { ErrorCode, ErrorFacts } from '../../errors.ts'
import { type ErrorText, type ErrorWords, withFact } from './error-facts.ts'

const nothingInstalled = 'Nothing was installed: this version stays as it is.'
const triedAgain = 'It is tried again by itself. If this comes back, tell IT.'
const tellIt = 'Do not install this version from elsewhere. Tell IT, or whoever supports this app.'

const notTrusted = (what: string): ErrorText => ({ what, safe: nothingInstalled, next: tellIt })
const broken = (what: string): ErrorText => ({ what, safe: nothingInstalled, next: triedAgain })

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

export const updateErrors = {
  'update-refused': facts =>
    (refusals[String(facts.reason)] ?? (() => notTrusted('The new version was refused.')))(facts),
  'update-not-installed': () => ({
    what: 'The new version could not be installed.',
    safe: 'This version stays as it is, and so does everything it keeps.',
    next: 'Install it with the file that IT has, or try again by quitting once more.',
  }),
} satisfies Partial<Record<ErrorCode, ErrorWords>>
