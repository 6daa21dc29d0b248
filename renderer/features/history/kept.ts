import { create } from 'zustand'
import { type Filters, firstFilters } from './filters.ts'

/** Where the user was in the history: kept while another page is open. */
type Kept = {
  readonly filters: Filters
  /** The row that the arrow keys are at, and how far the rows were scrolled, in pixels. */
  readonly active: number
  readonly top: number
}

export const useKept = create<Kept>(() => ({ filters: firstFilters, active: 0, top: 0 }))

/** Another question: its answer begins at the top. */
export const askFor = (filters: Filters): void => useKept.setState({ filters, active: 0, top: 0 })
