import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app, dialog } from 'electron'
import { errorText } from '../../preload/contract/text/desktop.ts'

/**
 * Makes a folder the profile: Chromium's own files go below it, and the instance lock is this profile's. Made where it
 * is missing, closed to other users. Returns whether that worked; the user is told why not.
 */
export function installProfile(profile: string): boolean {
  try {
    const chromium = join(profile, 'chromium')
    makeProfile(profile)
    mkdirSync(chromium, { recursive: true, mode: 0o700 })
    app.setPath('userData', profile)
    app.setPath('sessionData', chromium)
    return true
  } catch {
    const { what, safe, next } = errorText({ code: 'folder-not-writable', facts: { folder: profile } })
    dialog.showErrorBox(what, `${safe}\n\n${next}`)
    return false
  }
}

/**
 * Makes the folder of a profile, closed to other users, and what is missing above it. Throws what the system says. One
 * by one: Node's own `recursive` goes round for ever below a place where nothing can be made, such as /proc.
 */
export function makeProfile(profile: string): void {
  const missing: string[] = []
  for (let at = profile; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      // Another process that starts at this moment makes the same ones.
      if (!existsSync(folder)) throw error
    }
  }
}
