import { setImmediate } from 'node:timers/promises'
import { deliveredStates, failedStates } from '../../../core/deliveries/delivery.ts'
import {
  type DeliveriesRepository,
  type Delivery,
  DeliveryChangedMeanwhile,
} from '../../../core/deliveries/types.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import type { Database, SqlValue, Tx } from '../database.ts'
import { appendJournal } from '../journal.ts'
import { parseRow, parseRows } from '../rows.ts'
import { createDeliveryParts } from './delivery-parts.ts'
import {
  allColumns,
  changingColumns,
  deliveryRow,
  openRow,
  summaryColumns,
  summaryRow,
} from './delivery-row.ts'

const listed = (states: readonly string[]): string => `(${states.map(state => `'${state}'`).join(', ')})`
const delivered = listed(deliveredStates)
const ended = listed([...deliveredStates, ...failedStates])
/** As the index deliveries_unfinished has it. */
const unfinished = `(staging IS NOT NULL OR state NOT IN ${ended})`

export function createDeliveriesRepository(database: Database, clock: Clock, log: Log): DeliveriesRepository {
  const parts = createDeliveryParts()
  const many = async (sql: string, ...values: readonly SqlValue[]): Promise<readonly Delivery[]> =>
    parseRows(
      database.all(`SELECT ${allColumns} FROM deliveries ${sql}`, ...values),
      deliveryRow,
      'deliveries',
      log,
    )
  const one = async (sql: string, ...values: readonly SqlValue[]): Promise<Delivery | null> =>
    parseRow(
      database.get(`SELECT ${allColumns} FROM deliveries ${sql} LIMIT 1`, ...values),
      deliveryRow,
      'deliveries',
      log,
    )

  return {
    async find(id) {
      const delivery = await one('WHERE id = ?', id)
      if (delivery) parts.note(delivery)
      return delivery
    },
    async ofJob(job) {
      const rows = database.all(
        `SELECT ${summaryColumns} FROM deliveries WHERE job_id = ? ORDER BY seq DESC`,
        job,
      )
      return parseRows(rows, summaryRow, 'deliveries', log)
    },
    async latest(jobs) {
      const rows = database.all(
        `SELECT ${summaryColumns} FROM deliveries WHERE seq IN (
           SELECT max(seq) FROM deliveries WHERE job_id IN (SELECT value FROM json_each(?)) GROUP BY job_id
         )`,
        JSON.stringify(jobs),
      )
      return parseRows(rows, summaryRow, 'deliveries', log)
    },
    lastDelivered: definition =>
      one(`WHERE definition_id = ? AND state IN ${delivered} ORDER BY seq DESC`, definition),
    unfinished: () => many(`WHERE ${unfinished} ORDER BY seq`),
    async open() {
      const rows = database.all(
        `SELECT ${summaryColumns}, attempts FROM deliveries WHERE ${unfinished} AND state NOT IN ${ended} ORDER BY seq`,
      )
      return parseRows(rows, openRow, 'deliveries', log)
    },
    async save(delivery, from, why) {
      // A commit stops the thread for as long as the disk takes: others have their turn before it and behind it.
      await setImmediate()
      const at = clock.now()
      database.transaction(tx => {
        const written = from === null ? insert(tx, delivery) : update(tx, delivery, from)
        if (written !== 1) throw new DeliveryChangedMeanwhile(delivery.id)
        parts.write(tx, delivery)
        appendJournal(tx, {
          at,
          entity: 'delivery',
          entityId: delivery.id,
          from,
          to: delivery.state,
          why,
          facts: { jobId: delivery.jobId, ...(delivery.error ? { error: delivery.error } : {}) },
        })
      })
      parts.note({ ...delivery, rev: delivery.rev + 1 })
      await setImmediate()
    },
  }
}

function insert(tx: Tx, delivery: Delivery): number {
  const columns = changingColumns(delivery)
  const names = Object.keys(columns)
  return tx.run(
    `INSERT INTO deliveries (id, job_id, definition_id, connection_id, folder, destination, follows_definition,
       requested_by, created_at,
       ${names.join(', ')})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${names.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
    delivery.id,
    delivery.jobId,
    delivery.definitionId,
    delivery.connectionId,
    delivery.destination.folder,
    JSON.stringify(delivery.destination),
    delivery.followsDefinition ? 1 : 0,
    delivery.by,
    delivery.createdAt,
    ...Object.values(columns),
  )
}

function update(tx: Tx, delivery: Delivery, from: string): number {
  const columns = changingColumns(delivery)
  return tx.run(
    `UPDATE deliveries SET ${Object.keys(columns)
      .map(name => `${name} = ?`)
      .join(', ')} WHERE id = ? AND rev = ? AND state = ?`,
    ...Object.values(columns),
    delivery.id,
    delivery.rev,
    from,
  )
}
