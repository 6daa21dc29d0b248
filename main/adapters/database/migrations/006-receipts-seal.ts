import type { Migration } from './index.ts'

export const receiptsSeal: Migration = {
  version: 6,
  name: 'receipts-seal',
  up: [
    // What authenticates the newest receipt, and with it all of them (core/receipts/seal.ts). One row, replaced with
    // every receipt in the same transaction: a seal for each would leave a good one behind whoever removes the newest.
    `CREATE TABLE receipts_seal (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      number INTEGER NOT NULL,
      receipt_id TEXT NOT NULL,
      hash TEXT NOT NULL,
      unproven TEXT NOT NULL,
      key_id TEXT NOT NULL,
      mac TEXT NOT NULL
    ) STRICT`,
  ],
}
