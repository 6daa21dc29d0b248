import { systemClock } from './adapters/clock.ts'
import { openDatabase } from './adapters/database/database.ts'
import { createHistoryRepository } from './adapters/database/repositories/history.ts'
import { composeLog } from './compose-log.ts'
import type { HistoryService } from './core/desk.ts'
import { createHistoryService } from './core/history/history-service.ts'

export type OpenHistory = { readonly history: HistoryService; close(): void }

/**
 * The history of a profile without the rest of the desk, which takes longer to load than what is asked here. Throws what
 * composeDesk throws for a profile that cannot be opened.
 */
export function openHistory(profile: string): OpenHistory {
  const { log } = composeLog(profile)
  const database = openDatabase(profile, undefined, systemClock)
  return {
    history: createHistoryService(createHistoryRepository(database, log)),
    close: database.close,
  }
}
