import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rectangle } from '../core/desktop/bounds.ts'

/** What is needed before the database is open, or is no setting: lost, it costs a moved window and a question. */
export type Remembered = {
  readonly bounds: Rectangle | null
  readonly maximized: boolean
  /** As in the settings; here too, so that the first frame has the right colour. */
  readonly theme: 'system' | 'light' | 'dark'
  readonly askedAboutClosing: boolean
}
export type WindowMemory = {
  read(): Remembered
  remember(patch: Partial<Remembered>): void
}

/** Keeps the window's memory in a small file of the profile; a damaged one counts as none. */
export function installWindowMemory(profile: string): WindowMemory {
  const file = join(profile, 'window.json')
  let current = parsed(file)
  return {
    read: () => current,
    remember(patch) {
      current = { ...current, ...patch }
      try {
        mkdirSync(profile, { recursive: true })
        writeFileSync(`${file}.new`, JSON.stringify(current))
        renameSync(`${file}.new`, file)
      } catch {
        // A profile that cannot be written is told by the database; here it means the usual size next time.
      }
    },
  }
}

function parsed(file: string): Remembered {
  const found = readObject(file)
  const { bounds, theme } = found
  return {
    bounds: isRectangle(bounds) ? bounds : null,
    maximized: found.maximized === true,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    askedAboutClosing: found.askedAboutClosing === true,
  }
}

function readObject(file: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function isRectangle(value: unknown): value is Rectangle {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['x', 'y', 'width', 'height'].every(side => Number.isInteger(Reflect.get(value, side)))
  )
}
