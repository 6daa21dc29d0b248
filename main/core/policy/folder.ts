import { posix, win32 } from 'node:path'

/**
 * Whether the window may name this folder as a destination. It cannot name any folder it likes: a page that was taken
 * over could have files written anywhere. So a folder counts only where the user picked it in the native dialog, or it
 * is already in use. Spellings of one folder are equal: a trailing separator, and on Windows upper and lower case.
 */
export function mayUseFolder(folder: string, known: readonly string[], platform: NodeJS.Platform): boolean {
  const spell = platform === 'win32' ? onWindows : elsewhere
  const asked = spell(folder)
  return asked !== null && known.some(one => spell(one) === asked)
}

function elsewhere(folder: string): string | null {
  return posix.isAbsolute(folder) ? trimmed(posix.normalize(folder), '/') : null
}

function onWindows(folder: string): string | null {
  // `\srv` is absolute to Node, but means another folder after a change of drive.
  const whole = /^([A-Za-z]:[\\/]|\\\\[^\\/])/.test(folder)
  return whole ? trimmed(win32.normalize(folder), '\\').toLowerCase() : null
}

function trimmed(path: string, separator: string): string {
  return path.length > 1 && path.endsWith(separator) ? path.slice(0, -1) : path
}
