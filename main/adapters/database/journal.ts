import type { Instant } from '../../core/time.ts'
import type { Tx } from './database.ts'

export type JournalEntry = {
  readonly at: Instant
  readonly entity: 'connection' | 'definition' | 'job' | 'delivery' | 'receipt' | 'schedule'
  readonly entityId: string
  /** Null: the entity is new. */
  readonly from: string | null
  readonly to: string
  /** For whoever reads the journal later: what made it so. Never a secret, as the facts. */
  readonly why: string
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Writes the entry in the transaction that writes the row it tells of: neither is ever there alone. */
export function appendJournal(tx: Tx, entry: JournalEntry): void {
  tx.run(
    `INSERT INTO journal (at, entity, entity_id, from_state, to_state, why, facts)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    entry.at,
    entry.entity,
    entry.entityId,
    entry.from,
    entry.to,
    entry.why,
    JSON.stringify(entry.facts ?? {}),
  )
}
