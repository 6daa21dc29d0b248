import { expect, test } from 'vitest'
import { historyRow, receiptSummary, totalOf } from '../../../main/core/history/row.ts'
import type { HistoryEntry } from '../../../main/core/history/types.ts'
import { instantAt } from '../../../main/core/time.ts'

const entry: HistoryEntry = {
  jobId: 'j',
  receiptId: 'r',
  connectionId: 'c',
  connectionName: 'Acme',
  mark: 'production',
  definitionName: 'SAE',
  remoteJobId: 'x',
  jobState: 'completed',
  deliveryState: 'delivered',
  at: instantAt(1),
  deliveredAt: instantAt(2),
  files: 2,
  bytes: 300,
  rows: 12,
  totals: ['0.1', '0.20'],
}

test.each<[readonly string[], string | null]>([
  [[], null],
  [['12.50'], '12.50'],
  [['0.1', '0.2'], '0.3'],
  [['99999999999999999.99999999', '0.00000001'], '100000000000000000.00000000'],
  [['5', '-7.5'], '-2.5'],
  [['5', 'five'], null],
])('amounts %j add up to %s', (amounts, total) => {
  expect(totalOf(amounts)).toBe(total)
})

test('a row shows the sum, and no more than the contract has', () => {
  const { totals: _, deliveredAt: __, ...shown } = entry
  expect(historyRow(entry)).toEqual({ ...shown, total: '0.30' })
})

test('a summary is of the receipt; without one there is none', () => {
  expect(receiptSummary(entry)).toEqual({
    id: 'r',
    deliveredAt: 2,
    files: 2,
    bytes: 300,
    rows: 12,
    total: '0.30',
  })
  expect(receiptSummary(null)).toBeNull()
  expect(receiptSummary({ ...entry, receiptId: null, deliveredAt: null })).toBeNull()
})
