import type { Migration } from './index.ts'

export const startExchanges: Migration = {
  version: 10,
  name: 'start-exchanges',
  up: [
    // What a job's start was asked with, as digests for its receipt; null: it was not started here, or before this.
    'ALTER TABLE jobs ADD COLUMN start_exchanges TEXT',
  ],
}
