/**
 * A process that takes one lease when told to. Commands come as lines on standard input (`take`, `take-for-myself`: a
 * lease that ends with this process, `release`), answers go as lines to standard output.
 */
import { createInterface } from 'node:readline'
import { systemClock } from '../../../main/adapters/clock.ts'
import { openDatabase } from '../../../main/adapters/database/database.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { processesOf } from '../../../main/adapters/processes.ts'
import type { Lease } from '../../../main/core/ports.ts'

const leases = createLeases(
  openDatabase(process.argv[2] ?? ''),
  systemClock,
  randomIds,
  processesOf(process.platform),
)
let held: Lease | null = null
process.stdout.write('ready\n')
for await (const command of createInterface({ input: process.stdin })) {
  if (command !== 'release') {
    held = await leases.take('start:definition-1', command === 'take' ? {} : { outlivesBy: 0 })
    process.stdout.write(held ? 'taken\n' : 'refused\n')
  } else {
    await held?.release()
    process.stdout.write('released\n')
  }
}
