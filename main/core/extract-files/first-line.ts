import { parseMoney } from '../money.ts'
import { cellsOf } from './cells.ts'
import type { ExtractHeader } from './types.ts'

const newline = 0x0a
const delimiters = ['|', '\t', ';', ','] as const

/** How every row of a Concur extract begins. */
export const detailRow = Buffer.from('DETAIL|')

/** Bytes that stand for the line's end, without it: from `start` to the first line feed or the end. */
export function firstLineOf(bytes: Uint8Array, start: number): Uint8Array {
  const end = bytes.indexOf(newline, start)
  return bytes.subarray(start, end < 0 ? bytes.length : end)
}

/** The delimiter that stands most often in a line, as its byte; null where there is none of them. */
export function delimiterOf(line: Uint8Array): number | null {
  const counts = delimiters.map(one => {
    const code = one.charCodeAt(0)
    return { code, count: line.reduce((sum, byte) => (byte === code ? sum + 1 : sum), 0) }
  })
  const most = counts.reduce((best, one) => (one.count > best.count ? one : best))
  return most.count > 0 ? most.code : null
}

/** The cells of one line, byte by byte: nothing is read into what is no ASCII. */
export const lineCells = (line: Uint8Array, delimiter: number | null): readonly string[] =>
  cellsOf(Buffer.from(line).toString('latin1'), delimiter === null ? null : String.fromCharCode(delimiter))

/**
 * The header line of a Concur extract file. Real ones have been seen with a currency sign before the total, in either
 * encoding, and with quotes around cells: what is no part of a number is taken off its front. Null where the first
 * line is no such header, or its count cannot be read.
 */
export function extractHeaderOf(line: Uint8Array): ExtractHeader | null {
  const [word, date, count, total, batch, ...more] = lineCells(line, '|'.charCodeAt(0))
  if (word !== 'EXTRACT' || more.length > 0) return null
  if (date === undefined || count === undefined || total === undefined || batch === undefined) return null
  if (!/^\d{1,15}$/.test(count)) return null
  return { date, rows: Number(count), total: total.replace(/^[^\d+\-.]+/, ''), batch }
}

/** The names of columns, where a line looks like that; null: it is a row. In UTF-8 where they can be that. */
export function columnTitles(cells: readonly string[]): readonly string[] | null {
  return looksLikeTitles(cells) ? cells.map(cell => textOf(Buffer.from(cell.trim(), 'latin1'))) : null
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/**
 * Whether a line looks like the names of columns: two cells or more, all different, each with a letter, none a number,
 * a date or a time. A wrong "yes" would take a file of one data row for an empty one, so it is said with care.
 */
export function looksLikeTitles(cells: readonly string[]): boolean {
  const words = cells.map(cell => cell.trim())
  const different = new Set(words.map(word => word.toLowerCase())).size === words.length
  return words.length >= 2 && different && words.every(isTitle)
}

const isTitle = (word: string): boolean =>
  /\p{L}/u.test(word) &&
  !/^\d/.test(word) &&
  !/\d{3}/.test(word) &&
  !word.includes('@') &&
  parseMoney(word) === null
