import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../tally.ts'
import { finding } from './findings.ts'
import type { FileRecord } from './profile.ts'

/** Remembers every file that could be seen in a folder: each must be a whole one of a receipt when all is over. */
export function visibleFiles(folder: string) {
  const seen = new Map<string, string>()
  function look(): readonly Finding[] {
    return readdirSync(folder).flatMap(name => {
      const path = join(folder, name)
      const [before, now] = [seen.get(path), sha256Of(path)]
      seen.set(path, now)
      return before === undefined || before === now ? [] : [finding('wrong', `${name} was changed`)]
    })
  }
  return {
    look,
    findings(files: readonly FileRecord[]): readonly Finding[] {
      const receipts = new Map(files.map(({ path, sha256 }) => [path, sha256]))
      const changed = look()
      const strange = [...seen].filter(([path, sha256]) => receipts.get(path) !== sha256)
      const missing = [...receipts.keys()].filter(path => !seen.has(path))
      return [
        ...changed,
        ...strange.map(([path]) =>
          finding('wrong', `${path} was partial, or is nobody's: no receipt has its bytes`),
        ),
        ...missing.map(path => finding('lost', `${path} is not there`)),
      ]
    },
  }
}

const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
