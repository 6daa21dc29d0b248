import type { Migration } from './index.ts'

export const leaseProcesses: Migration = {
  version: 9,
  name: 'lease-processes',
  up: [
    // By what the holder's process is known where the lease ends with it (adapters/processes.ts); null: it ends by its
    // term alone. A bare number would not do: it is given to other processes.
    'ALTER TABLE leases ADD COLUMN process TEXT',
  ],
}
