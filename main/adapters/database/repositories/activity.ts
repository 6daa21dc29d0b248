import { z } from 'zod'
import type { ActivityRepository } from '../../../core/activity/types.ts'
import type { DeliveriesRepository } from '../../../core/deliveries/types.ts'
import type { Log } from '../../../core/ports.ts'
import { flag } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRows } from '../rows.ts'
import { jobRow } from './job-row.ts'

const standingRow = z.intersection(
  jobRow,
  z.object({ saved: flag, later_delivered: flag, list_position: z.int().nullable() }),
)

export function createActivityRepository(
  database: Database,
  deliveries: Pick<DeliveriesRepository, 'latest'>,
  log: Log,
): ActivityRepository {
  return {
    async standings(since) {
      const rows = database.all(
        `SELECT jobs.*,
           history.receipt_id IS NOT NULL AS saved,
           EXISTS (
             SELECT 1 FROM history AS later
             WHERE later.definition_id = history.definition_id AND later.receipt_id IS NOT NULL
               AND later.place > history.place
           ) AS later_delivered,
           CASE WHEN history.listed = 1 THEN (
             SELECT count(*) FROM history AS newer
             WHERE newer.definition_id = history.definition_id AND newer.listed = 1 AND newer.place >= history.place
           ) END AS list_position
         FROM history JOIN jobs ON jobs.id = history.job_id
         WHERE history.concern IN ('open', 'unsaved') OR (history.concern = 'ended' AND history.changed_at >= ?)
         ORDER BY history.place DESC`,
        since,
      )
      const jobs = parseRows(rows, standingRow, 'jobs', log)
      const newest = await deliveries.latest(jobs.map(({ id }) => id))
      const deliveryOf = new Map(newest.map(delivery => [delivery.jobId, delivery]))
      return jobs.map(({ saved, later_delivered, list_position, ...job }) => ({
        job,
        delivery: deliveryOf.get(job.id) ?? null,
        saved,
        laterDelivered: later_delivered,
        listPosition: list_position,
      }))
    },
  }
}
