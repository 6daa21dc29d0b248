import { createHash } from 'node:crypto'
import { AppError } from '../errors.ts'

/**
 * The one rule by which a name that some system cannot hold is changed, on every system alike, so that a file has the
 * same name wherever it is delivered:
 *
 *   control characters, marks that turn the writing direction, < > : " | ? * \  each becomes _
 *   dots, blanks of any kind and other invisible characters at the end         each becomes _
 *   a name that Windows keeps for a device (con, nul, com1, … also before .)   gets _ before it
 *   longer than 240 bytes in UTF-8 (or 240 UTF-16 units)                       is cut, then ~ and 8 digits of its hash
 *   equal to an earlier one but for case or for how accents are written        gets ~2, ~3, … before its extension
 *
 * 240, since systems allow 255 and a group may get a suffix such as " (12)".
 */
const longest = 240

const unholdable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd<>:"|?*\\]/gu
/** Names that differ by these alone look like one; Windows itself drops blanks and dots. */
const unseenEnd = /(?<![.\p{Z}\p{Cf}])[.\p{Z}\p{Cf}]+$/u
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\.|$)/i

/** One folder or file name that every system can hold. Never empty, never `.` or `..`. */
export function safeSegment(name: string): string {
  const held = name.replace(unholdable, '_').replace(unseenEnd, end => '_'.repeat([...end].length))
  const free = device.test(held) ? `_${held}` : held
  return shortened(free === '' ? '_' : free)
}

const fits = (name: string): boolean => Buffer.byteLength(name) <= longest && name.length <= longest

function shortened(name: string): string {
  if (fits(name)) return name
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
  const [stem, extension] = split(name)
  const end = Buffer.byteLength(extension) <= 16 ? `${mark}${extension}` : mark
  const letters = [...stem]
  while (letters.length > 0 && !fits(`${letters.join('')}${end}`)) letters.pop()
  return `${letters.join('')}${end}`
}

/** A name's stem and its extension with the dot; a dot at the beginning begins no extension. */
export function split(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  return dot > name.lastIndexOf('/') + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
}

/** What two names have in common that are one file for Windows or macOS. */
export const sameFileKey = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

/** A path as an archive or a server wrote it, without the parts that mean nothing: `./a//b` is `a/b`. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')
}

/** Why a path from an archive may not be used at all; null where it may. */
export function refusal(path: string): 'leaves-the-folder' | 'absolute' | 'drive' | 'no-name' | null {
  if (path.startsWith('/')) return 'absolute'
  if (/^[A-Za-z]:/.test(path)) return 'drive'
  const parts = path.split('/')
  if (parts.includes('..')) return 'leaves-the-folder'
  return parts.every(part => part === '' || part === '.') ? 'no-name' : null
}

/**
 * Paths of a group, none of them the same file as another one on any system. A later one gets `~2`; the folder that
 * one name is and the file that another one is cannot both be, and are refused.
 */
export function distinctPaths(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  const folders = new Set(paths.flatMap(foldersOf).map(sameFileKey))
  return paths.map(path => {
    if (folders.has(sameFileKey(path))) {
      throw new AppError('unsafe-name', { facts: { file: path, reason: 'file-and-folder' } })
    }
    const [stem, extension] = split(path)
    let free = path
    for (let n = 2; taken.has(sameFileKey(free)) || (n > 2 && folders.has(sameFileKey(free))); n += 1) {
      free = `${stem}~${n}${extension}`
    }
    taken.add(sameFileKey(free))
    return free
  })
}

/** Every folder that a path goes through: `a/b/c` gives `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}
