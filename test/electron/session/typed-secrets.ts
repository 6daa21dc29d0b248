import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesWith } from '../journeys/on-disk.ts'

/** Where the session keeps what was typed: beside the home folder, which is what is searched. */
const listOf = (sessionFolder: string): string => join(sessionFolder, 'typed-secrets')

/** What stands in the same forms and is no secret. */
const open = ['username', 'userId', 'companyId', 'scheme']

/** Shorter ones stand in files by accident. */
const shortest = 8

/**
 * Remembers secrets that a test hands to the app, whichever way. Tests run in processes of their own, so they meet in a
 * file of the session.
 */
export function typed(sessionFolder: string, secrets: Readonly<Record<string, string>>): void {
  for (const [name, secret] of Object.entries(secrets)) {
    if (open.includes(name)) continue
    if (secret.length < shortest) throw new Error(`The secret ${name} is too short to be looked for`)
    appendFileSync(listOf(sessionFolder), `${JSON.stringify(secret)}\n`)
  }
}

/**
 * The files of the session's home folder that hold a secret that was typed: profiles with their databases, write-ahead
 * logs and logs, Chromium's own folders, dumps of crashes. The keyring lies there too; it is encrypted.
 */
export function filesWithTyped(sessionFolder: string): readonly string[] {
  const list = listOf(sessionFolder)
  if (!existsSync(list)) return []
  const lines = readFileSync(list, 'utf8').trimEnd().split('\n')
  return filesWith(
    join(sessionFolder, 'home'),
    [...new Set(lines)].map(line => JSON.parse(line)),
  )
}
