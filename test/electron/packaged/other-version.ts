import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getRawHeader } from '@electron/asar'

type Header = {
  readonly files: Readonly<Record<string, { size: number; offset: string; integrity?: unknown }>>
}

/**
 * Makes another version of an installed app: what its package.json says of it, and nothing else. The new text is appended
 * to the archive and its header told so; laying the whole archive out and packing it again would not find what
 * electron-builder left out of it on purpose.
 *
 * @param app the folder of the program
 */
export function otherVersion(app: string, about: Readonly<Record<string, unknown>>): void {
  const archive = join(app, 'resources/app.asar')
  const { header, headerSize } = getRawHeader(archive)
  const { files } = header as unknown as Header
  const entry = files['package.json']
  if (entry === undefined) throw new Error(`${archive} has no package.json`)
  const data = readFileSync(archive).subarray(8 + headerSize)
  const now = JSON.parse(data.subarray(Number(entry.offset), Number(entry.offset) + entry.size).toString())
  const bytes = Buffer.from(JSON.stringify({ ...now, ...about }))
  entry.offset = String(data.length)
  entry.size = bytes.length
  // Linux does not check it; the platforms that do make their own packages.
  delete entry.integrity
  writeFileSync(archive, Buffer.concat([headerBytes(JSON.stringify(header)), data, bytes]))
}

/** As Chromium's Pickle writes it: the length of what follows, then a text in a payload that ends at a multiple of four. */
function headerBytes(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const padded = Math.ceil(length / 4) * 4
  const bytes = Buffer.alloc(16 + padded)
  bytes.writeUInt32LE(4, 0)
  bytes.writeUInt32LE(8 + padded, 4)
  bytes.writeUInt32LE(4 + padded, 8)
  bytes.writeUInt32LE(length, 12)
  bytes.write(text, 16)
  return bytes
}
