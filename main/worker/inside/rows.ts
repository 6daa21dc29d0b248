import { AppError } from '../../core/errors.ts'
import { cellsOf } from '../../core/extract-files/cells.ts'
import { detailRow } from '../../core/extract-files/first-line.ts'
import { createRecords, type KeptColumn, type RecordsOptions } from '../../core/extract-files/records.ts'
import { decode, readable } from '../../core/inside/encodings.ts'
import { type Format, lineEndByte } from '../../core/inside/format.ts'
import type { Span, ViewedFile } from '../../core/inside/inside-work.ts'
import { withSource } from './source.ts'

/** More than this is read at once of no file: only a quote that is never closed makes rows so long. */
const mostBytes = 64 * 1024 * 1024
/** So much of a record's text is looked at. */
const longestRecord = 16 * 1024 * 1024

/** What createRecords is told of a file. */
export const recordsOf = (
  { dialect, detailRows }: Format,
  kept: readonly KeptColumn[],
  onRecord?: RecordsOptions['onRecord'],
): RecordsOptions => ({
  delimiter: dialect.delimiter === null ? null : dialect.delimiter.charCodeAt(0),
  lineEnd: lineEndByte(dialect.lineEnd),
  recordStart: detailRows ? detailRow : null,
  kept,
  ...(onRecord ? { onRecord } : {}),
})

/** A span's bytes, as one text whose records the parser finds. */
export type Block = {
  readonly bytes: Buffer
  readonly encoding: 'utf-8' | 'windows-1252'
  /** Nobody looks at its bytes any more: the next block may have their place. */
  leave(): void
}

/**
 * Memory of blocks that were left. New memory for each of the hundred blocks of a large file cost more than looking at
 * what is in them: the system clears every page of it first.
 */
const spare: Buffer[] = []
const mostSpare = 2
const spareBytes = 16 * 1024 * 1024
const fewBytes = 1024 * 1024

/** Reads a span. Throws `file-changed`, and `too-large` where its rows have no end. */
export const readBlock = (file: ViewedFile, span: Pick<Span, 'from' | 'to'>): Promise<Block> =>
  withSource(file.path, file.stamp, async source => {
    const bytes = span.to - span.from
    if (bytes > mostBytes) throw new AppError('too-large', { facts: { path: file.path } })
    const memory =
      bytes >= fewBytes && bytes <= spareBytes ? (spare.pop() ?? Buffer.allocUnsafe(spareBytes)) : undefined
    const read = await source.read(span.from, span.to, memory)
    return {
      ...readable(read, file.format.dialect.encoding),
      leave() {
        if (memory && spare.length < mostSpare) spare.push(memory)
      },
    }
  })

/** Whether the filter leaves the span's row with this number, from 0 in the span. */
export const isKept = ({ keep }: Pick<Span, 'keep'>, row: number): boolean =>
  keep === null || (((keep[row >> 3] ?? 0) >> (row & 7)) & 1) === 1

/** The cells of a block's records, one after the other. */
export function* rowsIn(
  { bytes, encoding }: Block,
  format: Format,
  wanted: (row: number) => boolean,
): Generator<{ readonly row: number; readonly cells: readonly string[] }> {
  const { delimiter, lineEnd } = format.dialect
  const bounds: number[] = []
  const records = createRecords(recordsOf(format, [], (start, end) => bounds.push(start, end)))
  records.push(bytes)
  records.end()
  for (let row = 0; row < bounds.length / 2; row += 1) {
    if (!wanted(row)) continue
    const [start = 0, end = 0] = [bounds[2 * row], bounds[2 * row + 1]]
    const text = decode(bytes, start, Math.min(end, start + longestRecord), encoding)
    yield { row, cells: cellsOf(text, delimiter, lineEnd === 'cr' ? 'carriage-return' : 'line-feed') }
  }
}
