import type { InsideColumn, InsideRow, InsideView } from '../../../preload/contract/inside.ts'

/** How the columns of a kind of file are arranged. */
export type Layout = {
  /** Numbers of the columns that are hidden. */
  readonly hidden: readonly number[]
  /** Widths that were chosen, in rem, by the columns' numbers. */
  readonly widths: Readonly<Record<number, number>>
}

export const untouched: Layout = { hidden: [], widths: {} }

export const narrowest = 3
export const widest = 60

/** The columns shown; the first of all where none would be left. */
export function shownOf(columns: readonly InsideColumn[], { hidden }: Layout): readonly InsideColumn[] {
  const without = new Set(hidden)
  const shown = columns.filter(({ number }) => !without.has(number))
  return shown.length > 0 ? shown : columns.slice(0, 1)
}

export const resized = (layout: Layout, column: number, rem: number): Layout => ({
  ...layout,
  widths: { ...layout.widths, [column]: Math.round(Math.min(widest, Math.max(narrowest, rem)) * 4) / 4 },
})

/** Figures at the right, ids in monospace, the rest as text. */
export type Kind = 'number' | 'id' | 'text'

const idWords = /(?:^|[\s_])(?:ids?|key|guid|uuid|(?:account|reference) (?:number|code))(?:$|[\s_(])/i
/** `employeeId` */
const idEnding = /[a-z]Id$/
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** By the layout, else by the name, else by the first rows: what looks like a number but begins with zero is none. */
export function kindOf(column: InsideColumn, rows: readonly InsideRow[]): Kind {
  if (column.holds === 'money') return 'number'
  if (column.name !== null && (idWords.test(column.name) || idEnding.test(column.name))) {
    return 'id'
  }
  if (column.holds !== null) return column.holds === 'number' ? 'number' : 'text'
  const values = rows.map(row => row.cells[column.number - 1] ?? '').filter(value => value !== '')
  return values.length > 0 && values.every(value => plainNumber.test(value)) ? 'number' : 'text'
}

/** A width, in rem, in which the name and what the first rows hold can be read, as long as that is not too long. */
export function widthOf(column: InsideColumn, rows: readonly InsideRow[], layout: Layout): number {
  const chosen = layout.widths[column.number]
  if (chosen !== undefined) return chosen
  const longest = rows.slice(0, 60).reduce((most, row) => {
    return Math.max(most, row.cells[column.number - 1]?.length ?? 0)
  }, 0)
  const letters = Math.max(4, column.name?.length ?? 0, Math.min(longest, 32) * 1.06)
  return Math.min(18, Math.ceil((letters * 0.46 + 1.5) * 4) / 4)
}

/** What two files have in common that are arranged alike: Concur's layout, or the names, or the number of columns. */
export function fileKindOf(view: InsideView): string {
  const names = view.layout === 'titles' ? view.columns.map(({ name }) => name ?? '').join('\n') : ''
  return `${view.layout} ${view.columns.length} ${hash(names)}`
}

/** FNV-1a: tells names apart; nothing depends on nobody making two alike on purpose. */
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (sum >>> 0).toString(36)
}
