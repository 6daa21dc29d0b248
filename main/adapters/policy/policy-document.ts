import { execFile } from 'node:child_process'
import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where IT writes what it has decided, by platform (docs/policy.md). */
export const policyPlaces = {
  linux: '/etc/extract-desk/policy.json',
  darwin: '/Library/Managed Preferences/com.extractdesk.app.plist',
  win32: 'HKLM\\SOFTWARE\\Policies\\Extract Desk',
} as const

/**
 * The document as it stands, not yet checked; null where there is none. What is there and cannot be read is not
 * nothing: the text itself is returned then, which is no document.
 *
 * @param administrator the account that the file of Linux must belong to
 */
export async function readPolicyDocument(
  platform: NodeJS.Platform,
  places: Readonly<Record<keyof typeof policyPlaces, string>> = policyPlaces,
  administrator = 0,
): Promise<unknown> {
  if (platform === 'win32') return fromRegistry(places.win32)
  if (platform === 'darwin') return fromProfile(places.darwin)
  return fromFile(places.linux, administrator)
}

/** A file that somebody else than the administrator could have written decides nothing here: it is taken as unreadable. */
async function fromFile(path: string, administrator: number): Promise<unknown> {
  const facts = await look(path)
  if (facts === null) return null
  if (facts === 'hidden') return facts
  if (facts.uid !== administrator || (facts.mode & 0o022) !== 0) return 'not the administrator’s'
  return document(await readFile(path, 'utf8').catch(() => ''))
}

/** macOS lays a configuration profile's settings down there, where only the system writes. */
async function fromProfile(path: string): Promise<unknown> {
  if ((await look(path)) === null) return null
  const { stdout } = await run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', path]).catch(() => ({
    stdout: '',
  }))
  return document(stdout)
}

/** One text value, `Policy`, holds the same JSON as the file of the other platforms. */
async function fromRegistry(key: string): Promise<unknown> {
  const system = process.env.SystemRoot ?? 'C:\\Windows'
  try {
    const { stdout } = await run(`${system}\\System32\\reg.exe`, ['query', key, '/v', 'Policy'])
    return document(registryText(stdout))
  } catch (error) {
    // 1: there is no such value. Whatever else went wrong, nobody knows what it says.
    return error instanceof Error && 'code' in error && error.code === 1 ? null : 'unreadable'
  }
}

/** Null where nothing is there; `hidden` where that cannot be seen, which is not the same. */
async function look(path: string): Promise<Stats | null | 'hidden'> {
  try {
    return await stat(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'ENOENT' ? null : 'hidden'
  }
}

/** The value out of what `reg query` prints: name, type and text, apart by four blanks. */
export const registryText = (printed: string): string =>
  /^\s+Policy\s{4}REG_(?:EXPAND_)?SZ\s{4}(.*)$/im.exec(printed)?.[1]?.trim() ?? ''

function document(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
