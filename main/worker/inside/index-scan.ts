import type { WorkOptions } from '../../core/deliveries/file-work.ts'
import { AppError } from '../../core/errors.ts'
import { type ColumnSum, createColumnSum, longestAmount, noSum } from '../../core/extract-files/column-sum.ts'
import { createJournal } from '../../core/extract-files/journal.ts'
import { createRecords, type KeptColumn } from '../../core/extract-files/records.ts'
import { narrowed, unitBytes } from '../../core/inside/encodings.ts'
import type { Beginning } from '../../core/inside/format.ts'
import { type Indexed, rowsPerMark, type ViewedFile } from '../../core/inside/inside-work.ts'
import { recordsOf } from './rows.ts'
import { withSource } from './source.ts'

const pieceBytes = 2 * 1024 * 1024

/**
 * One pass over the whole file: where its rows are, how wide the widest is, and what the asked columns and the journal
 * of an accounting extract come to. Memory grows with the number of rows alone, by an eighth of a byte each.
 */
export function indexFile(
  file: ViewedFile,
  header: Beginning['header'],
  columns: readonly number[],
  { signal, onProgress }: WorkOptions,
): Promise<Indexed> {
  return withSource(file.path, file.stamp, async source => {
    const { format } = file
    const unit = unitBytes(format.dialect.encoding)
    const summing = sumsOf(columns, header !== null)
    const marks: number[] = []
    let rows = 0
    const records = createRecords({
      ...recordsOf(format, summing.kept, start => {
        if (rows % rowsPerMark === 0) marks.push(format.dataAt + start * unit)
        rows += 1
      }),
      measured: true,
    })
    for await (const piece of source.pieces(format.dataAt, pieceBytes)) {
      if (signal.aborted) throw new AppError('cancelled')
      records.push(narrowed(piece, format.dialect.encoding))
      onProgress(piece.length)
    }
    records.end()
    return {
      rows,
      marks: Float64Array.from(marks),
      widest: records.widest,
      sums: summing.sums(),
      journal: header && summing.journal(header),
    }
  })
}

/** Sums of columns, and of the journal's; one of them may be asked for twice, and the journal's be among them. */
function sumsOf(columns: readonly number[], withJournal: boolean) {
  const sums = new Map([...new Set(columns)].sort((a, b) => a - b).map(column => [column, createColumnSum()]))
  const journal = withJournal ? createJournal() : null
  const kept: KeptColumn[] = [...sums]
    .filter(([column]) => journal?.kept.every(one => one.column !== column) ?? true)
    .map(([column, sum]) => ({ column, longest: longestAmount, take: sum.add, takeNone: () => {} }))
  for (const one of journal?.kept ?? []) {
    const same = sums.get(one.column)
    kept.push({
      ...one,
      longest: same ? longestAmount : one.longest,
      take(bytes, start, end) {
        one.take(bytes, start, end)
        same?.add(bytes, start, end)
      },
    })
  }
  return {
    kept: kept.sort((a, b) => a.column - b.column),
    sums: (): readonly ColumnSum[] => columns.map(column => sums.get(column)?.result() ?? noSum),
    journal: (header: NonNullable<Beginning['header']>) => journal?.result(header) ?? null,
  }
}
