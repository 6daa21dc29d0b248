import { setImmediate } from 'node:timers/promises'

/** What a run's data follow from. The calendar is the sample's own, so that the bytes never depend on today. */
export type SampleRun = Readonly<{
  seed: number
  number: number
  fill: 'ordinary' | 'empty' | 'large'
  /** About how many bytes the main file of a large run has. */
  largeBytes: number
}>

export type SampleFile = Readonly<{ name: string; chunks: () => AsyncIterable<Buffer> }>

/** One file is sent as it is, several as a zip whose entries carry `writtenAt`. */
export type SampleExtract = Readonly<{ files: readonly [SampleFile, ...SampleFile[]]; writtenAt: SampleTime }>

const CHUNK = 65_536

/** Lines as chunks of about 64 KB, with a pause after each: the server may live in the app's main process. */
export async function* chunks(
  lines: Iterable<string>,
  encoding: 'utf8' | 'latin1' = 'utf8',
): AsyncGenerator<Buffer> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < CHUNK) continue
    yield Buffer.from(text, encoding)
    text = ''
    await setImmediate()
  }
  if (text !== '') yield Buffer.from(text, encoding)
}

export async function collect(file: SampleFile): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of file.chunks()) parts.push(part)
  return Buffer.concat(parts)
}

/** Adds up in steps of a few milliseconds. */
export async function gathered<T, R>(items: Iterable<T>, start: R, add: (sum: R, item: T) => R): Promise<R> {
  let sum = start
  let n = 0
  for (const item of items) {
    sum = add(sum, item)
    n += 1
    if (n % 500 === 0) await setImmediate()
  }
  return sum
}

/** A cell in a file of this delimiter: quoted where it has to be, quotes doubled. */
export const cell = (text: string, delimiter: string): string =>
  text.includes(delimiter) || text.includes('"') || text.includes('\n')
    ? `"${text.replaceAll('"', '""')}"`
    : text

export const row = (cells: readonly string[], delimiter: string, end: string): string =>
  cells.map(text => cell(text, delimiter)).join(delimiter) + end

export type SampleTime = Readonly<{
  date: string
  stamp: string
  fields: readonly [number, number, number, number, number, number]
}>

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2026, 8, 1)

/** The run's day in the sample calendar: one day a run, from 1 September 2026. */
export const sampleDay = (number: number): number => FIRST_DAY + number * DAY_MS

export const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export const daysBefore = (ms: number, days: number): string => dateText(ms - days * DAY_MS)

/** The moment at which the run's files were written: between 9 and 17 o'clock of its day. */
export function writtenAt(number: number, minute: number, second: number): SampleTime {
  const ms = sampleDay(number) + (9 * 60 + minute) * 60_000 + second * 1_000
  const at = new Date(ms)
  return {
    date: dateText(ms),
    stamp: at.toISOString().slice(0, 19).replaceAll(/[-T:]/g, ''),
    fields: [
      at.getUTCFullYear(),
      at.getUTCMonth(),
      at.getUTCDate(),
      at.getUTCHours(),
      at.getUTCMinutes(),
      at.getUTCSeconds(),
    ],
  }
}
