import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { windowScheme } from '../core/policy/navigation.ts'
import { pageHeaders } from '../core/policy/page-security.ts'
import { servedFile } from '../core/policy/path.ts'

/** Serves the page's files from `folder`, and nothing above or beside it. Not `file:`, whose pages may read the disk. */
export function installProtocol(folder: string): void {
  protocol.handle(windowScheme, async ({ method, url }) => {
    const file = method === 'GET' ? servedFile(url) : null
    if (file === null) return refusal(403)
    try {
      const bytes = await readFile(join(folder, ...file.path))
      return new Response(new Uint8Array(bytes), { headers: { ...pageHeaders, 'Content-Type': file.type } })
    } catch {
      return refusal(404)
    }
  })
}

const refusal = (status: number): Response => new Response(null, { status, headers: pageHeaders })
