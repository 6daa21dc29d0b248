import { createStore, type StoreApi } from 'zustand'
import type { DeskBridge } from '../../../preload/contract/bridge.ts'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type {
  InsideColumn,
  InsideCondition,
  InsideCopy,
  InsideFind,
  InsideFound,
  InsideIndex,
  InsideTotals,
  InsideValues,
  InsideView,
} from '../../../preload/contract/inside.ts'
import { viewOf } from '../../desk-error.ts'
import type { Cells } from './cells.ts'
import { createCells } from './cells.ts'
import type { WorkName, Works } from './works.ts'

export type InsideState = {
  readonly columns: readonly InsideColumn[]
  /** Null until all rows are counted. */
  readonly index: InsideIndex | null
  readonly conditions: readonly InsideCondition[]
  /** Rows that the conditions leave, as far as they are counted. */
  readonly left: number
  /** One more whenever cells that came before are no longer right. */
  readonly round: number
  /** By the numbers of their columns, over the rows that are left. */
  readonly totals: Readonly<Record<number, InsideTotals>>
  /** What went wrong last; the next thing that goes well takes it away. */
  readonly error: ErrorView | null
}

export type Inside = {
  readonly view: InsideView
  readonly store: StoreApi<InsideState>
  readonly works: Works
  /** Counts the rows, and adds up what an accountant looks at first. */
  readonly count: () => Promise<void>
  readonly cellsOf: (columns: readonly number[]) => Cells
  readonly filter: (conditions: readonly InsideCondition[]) => Promise<void>
  readonly addUp: (column: number) => Promise<void>
  /** The numbers of the columns in which anything stands; null where that was not found out. */
  readonly filled: () => Promise<readonly number[] | null>
  /** A find that failed has its reason in `error`. */
  readonly find: (wanted: InsideFind) => Promise<InsideFound | null | undefined>
  readonly values: (column: number) => Promise<InsideValues | null>
  readonly whole: (row: number, column: number) => Promise<string | null>
  readonly rowOf: (position: number, columns: readonly number[]) => Promise<readonly (string | null)[]>
  readonly show: (on: boolean) => Promise<void>
  readonly copy: (columns: readonly number[]) => Promise<InsideCopy | null>
  readonly showCopy: () => Promise<void>
}

/** An opened file as the screen works with it: what it knows of it so far, and what can be asked. */
export function createInside(calls: DeskBridge['inside'], view: InsideView, works: Works): Inside {
  const { viewId } = view
  const store = createStore<InsideState>(() => ({
    columns: view.columns,
    index: null,
    conditions: [],
    left: view.firstRows.length,
    round: 0,
    totals: {},
    error: null,
  }))
  const set = store.setState

  /** Undefined: it did not come to an end. */
  const attempt = async <T>(name: WorkName, call: (id: string) => Promise<T>): Promise<T | undefined> => {
    try {
      // Wrapped, since null may be an answer as well as the word for "cancelled".
      const ended = await works.run(name, async id => ({ value: await call(id) }))
      if (ended) set({ error: null })
      return ended?.value
    } catch (error) {
      set({ error: viewOf(error) })
      return undefined
    }
  }
  const keepTotals = (found: readonly InsideTotals[]): void =>
    set(({ totals }) => ({ totals: { ...totals, ...byColumn(found) } }))

  return {
    view,
    store,
    works,
    async count() {
      const money = view.columns.filter(({ holds }) => holds === 'money').map(({ number }) => number)
      const index = await attempt('index', id => calls.index(viewId, money, id))
      if (!index) return
      const { columns } = index
      set(({ conditions, left }) => ({ index, columns, left: conditions.length > 0 ? left : index.rows }))
      if (store.getState().conditions.length === 0) keepTotals(index.totals)
    },
    cellsOf(columns) {
      const { round } = store.getState()
      return createCells({
        ask: range => calls.rows(viewId, range),
        columns,
        first: round === 0 ? view.firstRows : [],
      })
    },
    async filter(conditions) {
      const left = await attempt('filter', id => calls.filter(viewId, conditions, id))
      if (left === undefined) return
      set(({ round, index }) => ({
        conditions,
        left,
        round: round + 1,
        totals: conditions.length === 0 && index ? byColumn(index.totals) : {},
      }))
    },
    async addUp(column) {
      const { round } = store.getState()
      const found = await attempt('add-up', id => calls.addUp(viewId, [column], id))
      if (found && store.getState().round === round) keepTotals(found)
    },
    async filled() {
      const all = store.getState().columns.map(({ number }) => number)
      const found = await attempt('filled', id => calls.addUp(viewId, all, id))
      return found ? found.filter(({ filled }) => filled > 0).map(({ column }) => column) : null
    },
    find: wanted => attempt('find', id => calls.find(viewId, wanted, id)),
    async values(column) {
      return (await attempt('values', id => calls.values(viewId, column, id))) ?? null
    },
    whole: (row, column) => calls.cell(viewId, row, column),
    async rowOf(position, columns) {
      const [row] = await calls.rows(viewId, { from: position, count: 1, columns })
      return row?.cells ?? []
    },
    async show(on) {
      const wanted = on ? view.columns.filter(({ sensitive }) => sensitive).map(({ number }) => number) : []
      try {
        const columns = await calls.show(viewId, wanted)
        const masks = new Set(columns.filter(({ sensitive }) => sensitive).map(({ number }) => number))
        set(({ round, totals }) => ({
          columns,
          round: round + 1,
          totals: Object.fromEntries(Object.entries(totals).filter(([, { column }]) => !masks.has(column))),
          error: null,
        }))
      } catch (error) {
        set({ error: viewOf(error) })
      }
    },
    async copy(columns) {
      return (await attempt('copy', id => calls.saveCopy(viewId, columns, id))) ?? null
    },
    showCopy: () => calls.showCopy(viewId),
  }
}

const byColumn = (totals: readonly InsideTotals[]): Readonly<Record<number, InsideTotals>> =>
  Object.fromEntries(totals.map(one => [one.column, one]))
