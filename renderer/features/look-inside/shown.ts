import type { InsideColumn, InsideRow } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { type Kind, kindOf, type Layout, shownOf, widthOf } from './layout.ts'

/** A column as it is drawn. */
export type Shown = InsideColumn & {
  readonly kind: Kind
  /** In rem. */
  readonly width: number
  /** Its name, or its number where it has none. */
  readonly called: string
}

export const calledOf = ({ name, number }: Pick<InsideColumn, 'name' | 'number'>): string =>
  name ?? text.columnNumber(number)

export const shownColumns = (
  columns: readonly InsideColumn[],
  rows: readonly InsideRow[],
  layout: Layout,
): readonly Shown[] =>
  shownOf(columns, layout).map(column => ({
    ...column,
    kind: kindOf(column, rows),
    width: widthOf(column, rows, layout),
    called: calledOf(column),
  }))
