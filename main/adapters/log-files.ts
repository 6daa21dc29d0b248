import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogFiles } from '../core/support/types.ts'
import { type Instant, isoOf } from '../core/time.ts'
import { logFileName, rotate } from './log.ts'

/** The port LogFiles over the files that adapters/log.ts writes. */
export function logFilesIn(folder: string, count: number): LogFiles {
  /** Newest first: `extract-desk.log`, `extract-desk.1.log`, … */
  const names = (): readonly string[] =>
    Array.from({ length: count }, (_, n) =>
      n === 0 ? logFileName : logFileName.replace('.log', `.${n}.log`),
    )

  async function textOf(name: string): Promise<string> {
    try {
      return await readFile(join(folder, name), 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
      throw error
    }
  }

  return {
    async read(most) {
      const read: { readonly name: string; readonly text: string }[] = []
      let left = most
      for (const name of names()) {
        if (left <= 0) break
        const text = newest(await textOf(name), left)
        left -= Buffer.byteLength(text)
        if (text !== '') read.unshift({ name, text })
      }
      return read
    },

    /** The file that is written to is put away first: what others append must not be lost. */
    async removeBefore(at) {
      if ((await readdir(folder).catch(() => [])).length === 0) return 0
      if (isOld(firstLine(await textOf(logFileName)), at)) rotate({ folder, maxBytes: 0, count })
      let removed = 0
      for (const name of names().slice(1)) {
        const text = await textOf(name)
        const lines = text.split('\n').filter(line => line !== '')
        const kept = lines.slice(linesBefore(lines, at))
        if (kept.length === lines.length) continue
        removed += lines.length - kept.length
        if (kept.length === 0) await rm(join(folder, name), { force: true })
        else {
          const draft = join(folder, `${name}.part`)
          await writeFile(draft, `${kept.join('\n')}\n`, { mode: 0o600 })
          await rename(draft, join(folder, name))
        }
      }
      return removed
    },
  }
}

/** The end of a text, from the beginning of a line. */
function newest(text: string, most: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= most) return text
  const end = bytes.subarray(bytes.length - most).toString('utf8')
  return end.slice(end.indexOf('\n') + 1)
}

const firstLine = (text: string): string => text.slice(0, text.indexOf('\n') + 1)

const stamp = /^\{"at":"([^"]{20,30})"/

/** Lines stand in the order in which they were written; one without a time belongs to the one before. */
function linesBefore(lines: readonly string[], at: Instant): number {
  const kept = lines.findIndex(line => stamp.test(line) && !isOld(line, at))
  return kept === -1 ? (lines.some(line => isOld(line, at)) ? lines.length : 0) : kept
}

const isOld = (line: string, at: Instant): boolean => {
  const written = stamp.exec(line)?.[1]
  return written !== undefined && written < isoOf(at)
}
