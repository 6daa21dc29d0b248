import { readdir } from 'node:fs/promises'
import type { Folders } from '../../core/receipts/moved.ts'

/** A share that went away may never answer. */
const within = 30_000

/** The port Folders on Node's own calls. */
export const nodeFolders: Folders = {
  async list(folder) {
    const late = AbortSignal.timeout(within)
    const timedOut = new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(late.reason), { once: true })
    })
    const entries = await Promise.race([readdir(folder, { withFileTypes: true }), timedOut])
    return entries.map(entry => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
    }))
  },
}
