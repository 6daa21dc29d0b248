import { isEnded } from '../../../core/deliveries/delivery.ts'
import type { Delivery } from '../../../core/deliveries/types.ts'
import type { DeliveryId } from '../../../core/ids.ts'
import type { Tx } from '../database.ts'

/** What is stored of a delivery at a revision of its row. */
type Stored = Pick<Delivery, 'rev' | 'contents' | 'plan'>

/**
 * What was unpacked and planned of a delivery, in rows of their own. They are as long as the delivery has files, and
 * half of a delivery's steps change neither: what is known to be stored is not written again, which with thousands of
 * files would stop the thread for a tenth of a second at each step.
 */
export type DeliveryParts = {
  /** In the transaction that writes the delivery's row. */
  write(tx: Tx, delivery: Delivery): void
  /** The record is stored as it is here: it was read, or written and committed. */
  note(delivery: Delivery): void
}

export function createDeliveryParts(): DeliveryParts {
  const known = new Map<DeliveryId, Stored>()

  return {
    write(tx, { id, rev, contents, plan }) {
      // Only of the very revision that is about to be replaced is it certain what is stored.
      const stored = known.get(id)
      const at = stored?.rev === rev ? stored : null
      if (!at || at.contents !== contents) put(tx, id, 'contents', contents)
      if (!at || !samePlan(at.plan, plan)) put(tx, id, 'plan', plan && { ...plan, placed: undefined })
    },
    note(delivery) {
      const { id, rev, contents, plan, state, staging } = delivery
      if (isEnded(state) && staging === null) known.delete(id)
      else known.set(id, { rev, contents, plan })
    },
  }
}

/** Whether two plans differ by `placed` at most, which is a part of the row. */
const samePlan = (a: Delivery['plan'], b: Delivery['plan']): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.files === b.files &&
    a.marker === b.marker &&
    a.ownFolder === b.ownFolder &&
    a.warnings === b.warnings)

function put(tx: Tx, id: DeliveryId, part: 'contents' | 'plan', value: object | null): void {
  if (value === null) tx.run('DELETE FROM delivery_parts WHERE delivery_id = ? AND part = ?', id, part)
  else
    tx.run(
      'INSERT OR REPLACE INTO delivery_parts (delivery_id, part, value) VALUES (?, ?, ?)',
      id,
      part,
      JSON.stringify(value),
    )
}
