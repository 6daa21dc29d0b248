import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, closed to other users, and what is missing above it. Throws what the system says. One
 * by one: Node's own `recursive` goes round for ever below a place where nothing can be made, such as /proc.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  for (const one of missing) {
    try {
      mkdirSync(one, { mode: 0o700 })
    } catch (error) {
      // Another process that starts at this moment makes the same ones.
      if (!existsSync(one)) throw error
    }
  }
}
