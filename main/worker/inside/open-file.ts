import { gunzipSync } from 'node:zlib'
import { beginningOf } from '../../core/inside/format.ts'
import type { Opened } from '../../core/inside/inside-work.ts'
import { beginsAsGzip, beginsAsTar } from '../tar.ts'
import { readBlock, rowsIn } from './rows.ts'
import { type Source, withSource } from './source.ts'

const headBytes = 1024 * 1024
const sampleBytes = 64 * 1024
/** What one screen shows, and some more to scroll while the index is made. */
const firstRows = 100

/** What a file is, by its beginning and a few places further down: the same time for any length. */
export async function openFile(path: string): Promise<Opened> {
  const found = await withSource(path, null, async source => {
    const { bytes, stamp } = source
    const head = await source.read(0, headBytes)
    const nothing = { stamp, bytes, beginning: null, head }
    const kind = archiveKind(head)
    if (kind !== null) return { ...nothing, kind }
    const beginning = beginningOf(head, await samplesOf(source))
    if (beginning === null) return { ...nothing, kind: 'other' as const }
    return { ...nothing, kind: 'table' as const, beginning }
  })
  const { head, ...opened } = found
  if (opened.beginning === null) return { ...opened, rows: [], all: true }

  const { format } = opened.beginning
  const file = { path, stamp: opened.stamp, format }
  const whole = opened.bytes <= head.length
  const block = await readBlock(file, { from: format.dataAt, to: Math.max(format.dataAt, head.length) })
  const rows: (readonly string[])[] = []
  let more = false
  // Of what ends with the head nobody knows whether it has ended: it is left out.
  const cut = whole ? block.bytes.length : lastLineEnd(block.bytes)
  for (const { cells } of rowsIn({ ...block, bytes: block.bytes.subarray(0, cut) }, format, row => {
    more ||= row >= firstRows
    return row < firstRows
  }))
    rows.push(cells)
  return { ...opened, rows, all: whole && !more }
}

/** Behind the last line's end but one: the last one may stand within a quoted cell that has not ended. */
function lastLineEnd(bytes: Buffer): number {
  const last = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d))
  const before =
    last <= 0 ? -1 : Math.max(bytes.lastIndexOf(0x0a, last - 1), bytes.lastIndexOf(0x0d, last - 1))
  return before + 1
}

/** Two places further down, for the encoding: a file may begin with a megabyte of ASCII. */
async function samplesOf({ bytes, read }: Source): Promise<readonly Uint8Array[]> {
  if (bytes <= headBytes) return []
  const places = [bytes / 2, bytes - sampleBytes].map(Math.floor)
  return Promise.all(places.map(at => read(at, at + sampleBytes)))
}

function archiveKind(head: Buffer): 'zip' | 'tar' | 'gzip' | 'other' | null {
  const text = head.toString('latin1', 0, 4)
  // A workbook or a document is packed as a zip, and no archive to whoever looks at it.
  if (text === 'PK\x03\x04') return head.includes('[Content_Types].xml') ? 'other' : 'zip'
  if (text === 'PK\x05\x06') return 'zip'
  if (!beginsAsGzip(head)) return beginsAsTar(head) ? 'tar' : null
  try {
    const first = gunzipSync(head.subarray(0, sampleBytes), { finishFlush: 2 })
    return beginsAsTar(first) ? 'tar' : 'gzip'
  } catch {
    return 'gzip'
  }
}
