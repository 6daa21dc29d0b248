import type { HistoryQuery } from '../../../preload/contract/types.ts'
import type { HistoryService } from '../desk.ts'
import { connectionId } from '../ids.ts'
import { instantAt } from '../time.ts'
import { historyRow } from './row.ts'
import type { HistoryRepository } from './types.ts'
import { wordsOf } from './words.ts'

/** Everything that was ever seen, from the database alone: it answers without a network and after a sign-in is gone. */
export function createHistoryService(history: HistoryRepository): HistoryService {
  const found = (query: HistoryQuery) => {
    const { text, connectionId: connection, since, outcome, offset, limit, passedBy, reviewed } = query
    return history.search({
      words: wordsOf(text),
      connectionId: connection === null ? null : connectionId(connection),
      outcome,
      ...(passedBy === undefined ? {} : { passedBy }),
      ...(reviewed === undefined ? {} : { reviewed }),
      since: since === null ? null : instantAt(since),
      offset,
      limit,
    })
  }

  return {
    async search(query) {
      const { total, entries } = await found(query)
      return { total, rows: entries.map(historyRow) }
    },
    async list(query) {
      const { total, entries } = await found(query)
      const rows = entries.map(entry => ({ ...historyRow(entry), deliveredAt: entry.deliveredAt }))
      return { total, rows }
    },
  }
}
