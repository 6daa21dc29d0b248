import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import type { RecordedRequest } from '../../../main/practice/index.ts'

/** A place that was searched, and what stands there. */
export type Searched = { readonly where: string; readonly bytes: Buffer }

/** Shorter than this it would be found by chance: a part of a number, of a hash, of a time. */
const shortest = 8

/** Each secret in every spelling in which it could stand in a file or a message. */
const spellings = (secret: string): readonly Buffer[] =>
  [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ]
    .map(text => Buffer.from(text))
    .concat(Buffer.from(secret, 'utf16le'))

/** Where a secret stands that must not stand there, by its name. */
export function found(secrets: ReadonlyMap<string, string>, places: readonly Searched[]): readonly string[] {
  return [...secrets].flatMap(([name, secret]) => {
    const wanted = spellings(secret)
    return places.flatMap(({ where, bytes }) =>
      wanted.some(one => bytes.includes(one)) ? [`${name} in ${where}`] : [],
    )
  })
}

/** Every file below a folder: the database with its write-ahead log, the logs, whatever else there is. */
export const filesBelow = (folder: string): readonly Searched[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ where: path.slice(folder.length + 1), bytes: readFileSync(path) }))

/** What was saved: an archive by its entries, which are packed in it. */
export const unpacked = (saved: ReadonlyMap<string, Uint8Array>): readonly Searched[] =>
  [...saved].flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    if (!name.endsWith('.zip')) return [{ where: name, bytes }]
    return new AdmZip(bytes)
      .getEntries()
      .map(entry => ({ where: `${name}: ${entry.entryName}`, bytes: entry.getData() }))
  })

/** The keys of living sessions, as the practice servers saw them: nobody typed them, and they open as much. */
export function sessionKeys(requests: readonly RecordedRequest[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const { system, headers, path } of requests) {
    const [, key] = (headers.authorization ?? '').split(' ')
    const values = [
      key ?? headers.authorization,
      headers['inin-icws-csrf-token'],
      headers.cookie?.split(';')[0],
    ]
    const session = /^\/icws\/(\d+)\//.exec(path)?.[1]
    for (const value of [...values.flat(), session])
      if (value !== undefined && value.length >= shortest) keys.set(`${system} key ${keys.size}`, value)
  }
  const byValue = new Map([...keys].map(([name, value]) => [value, name]))
  return new Map([...byValue].map(([value, name]) => [name, value]))
}
