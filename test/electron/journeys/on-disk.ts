import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const sha256Of = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex')

/** Every file below a folder, hidden ones too. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => lstatSync(path).isFile())
}

/** The files below a folder whose bytes hold one of the texts, in whichever way a program may write it down. */
export function filesWith(folder: string, texts: readonly string[]): readonly string[] {
  const forms = texts.flatMap(text => {
    const bytes = Buffer.from(text, 'utf8')
    // A database or a dump of memory may hold text as UTF-16.
    return [bytes, Buffer.from(text, 'utf16le'), Buffer.from(bytes.toString('base64').replace(/=+$/, ''))]
  })
  return filesBelow(folder).filter(file => {
    const bytes = readFileSync(file)
    return forms.some(form => bytes.includes(form))
  })
}

/** The running processes whose command line or surroundings hold one of the texts. */
export function processesWith(texts: readonly string[]): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid =>
      ['cmdline', 'environ'].some(name => {
        const words = readOrNothing(`/proc/${pid}/${name}`)
        return texts.some(text => words.includes(text))
      }),
    )
}

/** A process may end while it is looked at. */
function readOrNothing(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
