import { parseMoney } from '../money.ts'
import type { ExtractHeader } from './types.ts'

const [newline, quote] = [0x0a, 0x22]
const delimiters = ['|', '\t', ';', ','] as const

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

/** The cells of one line. Quotes around a cell are taken off; nothing else is read into it. */
export function cellsOf(line: Uint8Array, delimiter: number | null): readonly string[] {
  const text = Buffer.from(line).toString('latin1').replace(/\r$/, '')
  if (delimiter === null) return [text]
  const mark = String.fromCharCode(delimiter)
  const cells: string[] = []
  for (let at = 0; at <= text.length; ) {
    const end = text.charCodeAt(at) === quote ? quotedEnd(text, at) : at
    const next = text.indexOf(mark, end)
    const cell = text.slice(at, next < 0 ? text.length : next)
    cells.push(/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (next < 0) break
    at = next + 1
  }
  return cells
}

function quotedEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return end
  }
  return at
}

/**
 * The header line of a Concur extract file. Real ones have been seen with a currency sign before the total, in either
 * encoding, and with quotes around cells: what is no part of a number is taken off its front. Null where the first
 * line is no such header, or its count cannot be read.
 */
export function extractHeaderOf(line: Uint8Array): ExtractHeader | null {
  const [word, date, count, total, batch, ...more] = cellsOf(line, '|'.charCodeAt(0))
  if (word !== 'EXTRACT' || more.length > 0) return null
  if (date === undefined || count === undefined || total === undefined || batch === undefined) return null
  if (!/^\d{1,15}$/.test(count)) return null
  return { date, rows: Number(count), total: total.replace(/^[^\d+\-.]+/, ''), batch }
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
