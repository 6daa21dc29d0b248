import { resolve } from 'node:path'

export type StartOptions = {
  /** The folder of the profile, absolute. */
  readonly profile: string
  /** Started with the computer: in the tray, without a window. */
  readonly hidden: boolean
}

/** The word with which the system starts the app at sign-in. */
export const hiddenWord = '--hidden'

/**
 * What the command line says, of a program that was started in `folder`. Null where `--profile` stands without a
 * folder: opening the usual profile instead would run production extracts where a trial was meant. Words that are not
 * ours are Chromium's.
 */
export function startOptions(
  words: readonly string[],
  folder: string,
  usualProfile: string,
): StartOptions | null {
  const hidden = words.includes(hiddenWord)
  const at = words.findLastIndex(word => word === '--profile' || word.startsWith('--profile='))
  const word = words[at]
  if (word === undefined) return { profile: usualProfile, hidden }
  const named = word === '--profile' ? words[at + 1] : word.slice('--profile='.length)
  if (named === undefined || named === '' || named.startsWith('--')) return null
  return { profile: resolve(folder, named), hidden }
}
