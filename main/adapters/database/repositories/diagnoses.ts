import { z } from 'zod'
import { type Diagnosis, doctorSteps, outcomes } from '../../../../preload/contract/doctor.ts'
import type { DiagnosesRepository } from '../../../core/doctor/types.ts'
import type { Log } from '../../../core/ports.ts'
import { errorView, jsonOf } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRow, parseRows } from '../rows.ts'

const finding = z
  .object({
    step: z.enum(doctorSteps),
    result: z.enum(['ok', 'attention', 'failed', 'not-reached']),
    outcome: z.enum(outcomes),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    error: errorView.optional(),
  })
  .transform(({ error, ...found }) => ({ ...found, ...(error === undefined ? {} : { error }) }))

const diagnosisRow = z
  .object({
    diagnosis: jsonOf(
      z.object({
        connectionId: z.string(),
        connection: z.string(),
        host: z.string(),
        startedAt: z.number(),
        findings: z.array(finding),
        now: z.null(),
        cancelled: z.boolean(),
        report: z.string().nullable(),
      }),
    ),
  })
  .transform(({ diagnosis }): Diagnosis => diagnosis)

export function createDiagnosesRepository(database: Database, log: Log): DiagnosesRepository {
  return {
    async save(diagnosis) {
      database.transaction(tx =>
        tx.run(
          `INSERT INTO diagnoses (connection_id, at, diagnosis) VALUES (?, ?, ?)
           ON CONFLICT (connection_id) DO UPDATE SET at = excluded.at, diagnosis = excluded.diagnosis`,
          diagnosis.connectionId,
          diagnosis.startedAt,
          JSON.stringify(diagnosis),
        ),
      )
    },
    async last(id) {
      const row = database.get('SELECT diagnosis FROM diagnoses WHERE connection_id = ?', id)
      return parseRow(row, diagnosisRow, 'diagnoses', log)
    },
    async all() {
      const rows = database.all('SELECT diagnosis FROM diagnoses ORDER BY at DESC')
      return parseRows(rows, diagnosisRow, 'diagnoses', log)
    },
  }
}
