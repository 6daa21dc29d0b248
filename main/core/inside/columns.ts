import type { InsideColumn } from '../../../preload/contract/inside.ts'
import { concurColumns } from './concur-layout.ts'
import type { Beginning } from './format.ts'
import type { Opened } from './inside-work.ts'
import { looksSensitive, soundsSensitive } from './sensitive.ts'

export type Layout = {
  readonly layout: 'concur' | 'titles' | 'none'
  /** None of them masked yet. */
  readonly columns: readonly Omit<InsideColumn, 'masked'>[]
}

/** The columns of a file: as wide as its names and its first rows are. */
export function layoutOf({ format, titles }: Beginning, rows: Opened['rows']): Layout {
  const widest = rows.reduce((most, cells) => Math.max(most, cells.length), titles?.length ?? 0)
  const layout = isConcur(format.detailRows, widest) ? 'concur' : titles ? 'titles' : 'none'
  return { layout, columns: widened({ layout, columns: [] }, widest, titles, rows) }
}

/** Some rows further down are wider: columns that no name or layout foresees. */
export function widened(
  { layout, columns }: Layout,
  widest: number,
  titles: readonly string[] | null,
  rows: Opened['rows'],
): Layout['columns'] {
  const more = Array.from({ length: Math.max(0, widest - columns.length) }, (_, at) => {
    const index = columns.length + at
    const known = layout === 'concur' ? concurColumns[index] : undefined
    const name = known?.name ?? (titles?.[index] || null)
    const values = rows.map(cells => cells[index] ?? '')
    const sensitive =
      known?.sensitive === true ||
      (name !== null && !known && soundsSensitive(name)) ||
      looksSensitive(values)
    return { number: index + 1, name, holds: known?.holds ?? null, sensitive }
  })
  return [...columns, ...more]
}

/** 400 columns below a header line, each row of which begins with DETAIL; a later version may have more. */
const isConcur = (detailRows: boolean, widest: number): boolean =>
  detailRows && widest >= concurColumns.length
