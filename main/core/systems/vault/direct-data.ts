/** Direct Data: files that the vault makes by itself (vault.md, 3.8). Each one that is offered counts as a job. */
import { createHash } from 'node:crypto'
import { type RemoteId, remoteId } from '../../ids.ts'
import { addMillis, hours, type Instant, instantAt, isoOf, minutes } from '../../time.ts'
import type { Period, RemoteJob, Session, Target } from '../system.ts'
import { utcInstant } from '../utc.ts'
import { at } from './addresses.ts'
import { countOf, notUnderstood, recordOf, recordsIn, textOf } from './fields.ts'
import { readTime } from './times.ts'
import type { DirectDataFile, DirectDataRequest, Envelope, ExtractType, Fields, FilePart } from './types.ts'

/** Full files begin here, whenever they were made. */
const beginning = '2000-01-01T00:00:00Z'

/** Which files are asked for; `from` and `to` hold for when a file's period ends. */
export type Window = {
  readonly type: ExtractType
  readonly from: Instant | null
  readonly to: Instant | null
}

/** The window of a definition, now. Periods are UTC, as all times of Direct Data are. */
export function windowOf(
  { extractType, startTime, stopTime, period }: DirectDataRequest,
  now: Instant,
): Window {
  const given = (text: string | undefined) =>
    text === undefined ? null : (readTime(text, false)?.at ?? null)
  if (period === undefined) return { type: extractType, from: given(startTime), to: given(stopTime) }
  const today = new Date(now)
  const [year, month, day] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()]
  const midnight = (y: number, m: number, d: number) => instantAt(Date.UTC(y, m, d))
  // getUTCDay counts from Sunday; a week begins on Monday.
  const monday = day - ((today.getUTCDay() + 6) % 7)
  const [from, to] = {
    yesterday: [midnight(year, month, day - 1), midnight(year, month, day)],
    'last-week': [midnight(year, month, monday - 7), midnight(year, month, monday)],
    'last-month': [midnight(year, month - 1, 1), midnight(year, month, 1)],
  }[period] as [Instant, Instant]
  return { type: extractType, from, to }
}

export function filesPath(session: Pick<Session, 'own'>, { type, from, to }: Window): string {
  const start = type === 'full_directdata' ? beginning : from && requestTime(from)
  const query = new URLSearchParams({ extract_type: type })
  if (start) query.set('start_time', start)
  if (to) query.set('stop_time', requestTime(to))
  return at(session, `/services/directdata/files?${query}`)
}

/** Answers have no seconds; requests have. */
const requestTime = (instant: Instant): string => `${isoOf(instant).slice(0, 19)}Z`

/** What is offered in a window. Nothing at all is usual where Direct Data is not switched on. */
export function readFiles({ fields }: Envelope, { from, to }: Window): readonly DirectDataFile[] {
  return recordsIn(fields.data ?? [], 'data')
    .map(fileOf)
    .filter(file => {
      const stop = readTime(file.stopTime ?? '', false)?.at ?? timeIn(file.name)
      return stop === null || ((from === null || stop > from) && (to === null || stop <= to))
    })
}

function fileOf(raw: Fields): DirectDataFile {
  const name = textOf(raw.name)
  if (name === null) throw notUnderstood('name')
  const error = recordOf(raw.error)
  return {
    name,
    filename: textOf(raw.filename) ?? `${name}.tar.gz`,
    startTime: textOf(raw.start_time),
    stopTime: textOf(raw.stop_time),
    parts: partsIn(raw),
    failed: error && { said: textOf(error.message) ?? '', nextRetry: textOf(error.next_retry) },
    raw,
  }
}

/** In order, and all of them: a part that is not listed would be missing in the middle of the file. */
function partsIn(raw: Fields): readonly FilePart[] {
  const details =
    raw.filepart_details === undefined ? [] : recordsIn(raw.filepart_details, 'filepart_details')
  const parts = details
    .map((part): FilePart => {
      const [name, number, bytes] = [textOf(part.name), countOf(part.filepart), countOf(part.size)]
      const md5 = textOf(part.md5checksum)?.toLowerCase() ?? ''
      if (name === null || number === null || bytes === null || !/^[0-9a-f]{32}$/.test(md5)) {
        throw notUnderstood('filepart_details')
      }
      return { name, number, bytes, md5 }
    })
    .sort((a, b) => a.number - b.number)
  const whole = parts.every(({ number }, index) => number === index + 1)
  const sum = parts.reduce((bytes, part) => bytes + part.bytes, 0)
  if (!whole || (parts.length > 0 && countOf(raw.size) !== sum)) throw notUnderstood('filepart_details')
  return parts
}

/**
 * The file as a job: completed where it is there; where the vault tries again to make it, still to come. A full file's
 * period begins in 2000, so what counts as its start, by which runs are sorted, is the period's end.
 */
export function jobOfFile(file: DirectDataFile, id: RemoteId): RemoteJob {
  const { failed, startTime, stopTime, parts, raw, name } = file
  const stopped = readTime(stopTime ?? '', false)
  const isFull = /-F$/.test(name) || raw.extract_type === 'full_directdata'
  return {
    id,
    status: failed === null ? 'completed' : failed.nextRetry === null ? 'failed' : 'queued',
    rawStatus: failed === null ? 'available' : failed.said || 'error',
    startedAt: isFull ? stopped : readTime(startTime ?? '', false),
    endedAt: failed === null ? stopped : null,
    hasFiles: parts.length > 0,
    raw: { ...raw, name },
  }
}

/**
 * The period that a file's changes are of. A full file has everything since 2000, so that none is missing before it;
 * exports of documents and objects have no period.
 */
export function periodOf({ raw }: Pick<RemoteJob, 'raw'>): Period | null {
  if (raw.extract_type !== 'incremental_directdata') return null
  const at = (value: unknown) => readTime(textOf(value) ?? '', false)?.at ?? null
  const [from, to] = [at(raw.start_time), at(raw.stop_time)]
  return from === null || to === null ? null : { from, to }
}

const namePattern = /^(\d+)-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)-(\w{1,16})$/
const idPattern = /^(\d+-\d{8}-\d{4}-\w{1,16})(?:~[0-9a-f]{8})?$/

/**
 * The file's name, and whose it is: two definitions may offer one file, and each has it for a job of its own. The name
 * alone, as somebody types it, belongs to none.
 */
export const fileJobId = (name: string, target: Target): RemoteId =>
  remoteId(`${name}~${createHash('sha256').update(target.id).digest('hex').slice(0, 8)}`)

/** The name in such an id; null where it is the id of a job. */
export const fileNameIn = (id: RemoteId): string | null => idPattern.exec(id)?.[1] ?? null

/** When a file's period ended, by its name. */
function timeIn(name: string): Instant | null {
  const [, , ...parts] = namePattern.exec(name) ?? []
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.slice(0, 5).map(Number)
  return parts.length === 0 ? null : utcInstant([year, month, day, hour, minute, 0, 0])
}

/** A window that holds one file, by its name: the periods of definitions move on, and files stay what they are. */
export function windowAround(name: string, type: ExtractType | null): Window | null {
  const stop = timeIn(name)
  const suffix = namePattern.exec(name)?.[7]
  const told = type ?? (suffix === 'F' ? 'full_directdata' : suffix === 'N' ? 'incremental_directdata' : null)
  if (stop === null || told === null) return null
  // A day is the longest period that anything but a full file has.
  return { type: told, from: addMillis(stop, -hours(25)), to: addMillis(stop, minutes(1)) }
}
