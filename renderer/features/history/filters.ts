import type { HistoryQuery } from '../../../preload/contract/types.ts'

export type Since = 'today' | 'week' | 'month' | 'year'
export type Filters = {
  readonly text: string
  readonly outcome: HistoryQuery['outcome']
  readonly connectionId: string | null
  readonly since: Since | null
  /** What others ran and nobody here saved: a vault alone makes four such jobs an hour. */
  readonly passedBy: 'hidden' | 'shown'
  readonly reviewed: 'any' | 'yes' | 'no'
}

export const noFilters: Filters = {
  text: '',
  outcome: 'any',
  connectionId: null,
  since: null,
  passedBy: 'shown',
  reviewed: 'any',
}
/** What the page begins with. */
export const firstFilters: Filters = { ...noFilters, passedBy: 'hidden' }

/** Whether anything is asked for beyond what the page begins with. */
export const isFiltered = ({ text, outcome, connectionId, since, reviewed }: Filters): boolean =>
  text !== '' || outcome !== 'any' || connectionId !== null || since !== null || reviewed !== 'any'

const daysBack: Record<Since, number> = { today: 0, week: 6, month: 30, year: 364 }

/** Local midnight so many calendar days ago: a day with a clock change still counts as one. */
function midnight(now: number, days: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime()
}

export type Question = Omit<HistoryQuery, 'offset' | 'limit'>

export const questionOf = (filters: Filters, now: number): Question => ({
  text: filters.text.trim(),
  outcome: filters.outcome,
  connectionId: filters.connectionId,
  since: filters.since === null ? null : midnight(now, daysBack[filters.since]),
  ...(filters.passedBy === 'hidden' ? { passedBy: filters.passedBy } : {}),
  ...(filters.reviewed === 'any' ? {} : { reviewed: filters.reviewed }),
})
