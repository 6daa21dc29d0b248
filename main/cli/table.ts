import { cli as text } from '../../preload/contract/text/cli.ts'

type Cell = string | number | null
type Column<T> = {
  readonly head: string
  readonly of: (row: T) => Cell
  /** It stands to the right, as numbers do. */
  readonly right?: boolean
}

/** What a terminal would take for an order to it; a server's names may hold anything. */
const plain = (words: string): string => words.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')

/** Lines of a table; numbers stand to the right, and what is not known is a dash. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): readonly string[] {
  if (rows.length === 0) return [text.results.nothing]
  const cells = rows.map(row => columns.map(column => column.of(row)))
  const isNumber = columns.map(
    ({ right }, at) => right === true || cells.some(row => typeof row[at] === 'number'),
  )
  const words = [
    columns.map(({ head }) => head),
    ...cells.map(row => row.map(cell => (cell === null ? text.tables.none : plain(String(cell))))),
  ]
  const widths = columns.map((_, at) => Math.max(...words.map(row => row[at]?.length ?? 0)))
  return words.map(row =>
    row
      .map((word, at) => (isNumber[at] ? word.padStart(widths[at] ?? 0) : word.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** A thing's fields, one a line. */
export function fields(named: Readonly<Record<string, Cell>>): readonly string[] {
  const width = Math.max(...Object.keys(named).map(name => name.length))
  return Object.entries(named).map(
    ([name, value]) => `${name.padEnd(width)}  ${value === null ? text.tables.none : plain(String(value))}`,
  )
}
