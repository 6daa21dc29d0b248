import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { errorText } from '../../preload/contract/text/desktop.ts'

/**
 * Makes a folder the profile: Chromium's own files go below it, and the instance lock is this profile's. Made where it
 * is missing, closed to other users. Returns whether that worked; the user is told why not.
 */
export function installProfile(profile: string, makeFolder: (folder: string) => void): boolean {
  try {
    const chromium = join(profile, 'chromium')
    makeFolder(profile)
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
