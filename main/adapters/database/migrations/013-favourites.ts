import type { Migration } from './index.ts'

export const favourites: Migration = {
  version: 13,
  name: 'favourites',
  up: [
    // Whether the tray offers it first.
    'ALTER TABLE definitions ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0',
  ],
}
