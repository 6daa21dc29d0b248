import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { HistoryPage, HistoryRow } from '../../../preload/contract/types.ts'
import { viewOf } from '../../desk-error.ts'

export const PAGE = 100

export type PagesState = {
  /** Null until the first page is here. */
  readonly total: number | null
  readonly error: ErrorView | null
  /** The row at an index of the whole list; null while its page is on the way. */
  readonly row: (index: number) => HistoryRow | null
}

export type Pages = {
  readonly read: () => PagesState
  readonly subscribe: (listener: () => void) => () => void
  /** Asks for what is missing between two indexes, both included; a page is asked for once. */
  readonly want: (first: number, last: number) => void
}

/** The answer to one query, fetched page by page as it is looked at: 100,000 rows are never all here. */
export function createPages(search: (offset: number, limit: number) => Promise<HistoryPage>): Pages {
  const pages = new Map<number, readonly HistoryRow[]>()
  const asked = new Set<number>()
  const listeners = new Set<() => void>()
  const row = (index: number) => pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null
  let state: PagesState = { total: null, error: null, row }

  const show = (next: Partial<PagesState>) => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  const ask = (page: number) => {
    asked.add(page)
    search(page * PAGE, PAGE).then(
      answer => {
        pages.set(page, answer.rows)
        // A new `row` tells whoever compares that rows have come.
        show({ total: answer.total, error: null, row: index => row(index) })
      },
      error => {
        asked.delete(page)
        show({ error: viewOf(error) })
      },
    )
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    want(first, last) {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
        if (!asked.has(page)) ask(page)
      }
    },
  }
}
