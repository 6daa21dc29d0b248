import { isEnded, isWorking } from '../../main/core/deliveries/delivery.ts'
import type { Delivery } from '../../main/core/deliveries/types.ts'
import { jobId } from '../../main/core/ids.ts'
import {
  type DeliveriesAround,
  type DeliveriesSetting,
  deliveriesRoom,
  deliveriesWorld,
  type Served,
} from './deliveries-world.ts'
import { type FakeClock, fakeClock, settled } from './fake-clock.ts'
import { until } from './until.ts'

/** The job of every test. */
export const id = jobId('job-a')
export const asked = { again: false, by: 'erika' }
export const folder = '/srv/erp/in'
/** The first line of an extract: its rows and their total. */
export const headerLine = (total: string, rows: number) => `EXTRACT|2026-11-01|${rows}|${total}|7\n`
/** A row of an accounting extract: 400 columns, the amount in column 169. */
export const row = (amount: string) => `DETAIL${'|'.repeat(168)}${amount}${'|'.repeat(231)}\n`
/** An accounting extract that balances. */
export const sae = headerLine('30.00', 2) + row('10.00') + row('20.00')

export type Room = DeliveriesAround & ReturnType<typeof deliveriesRoom> & { readonly clock: FakeClock }

/** The room at work, with a server that has these files; the job has completed, and nothing is asked for yet. */
export async function room(
  files: readonly Served[],
  setting: Partial<DeliveriesSetting> = {},
): Promise<Room> {
  const clock = fakeClock()
  const around = await deliveriesWorld({ clock, ...setting })
  around.server.files = files
  return { ...around, ...deliveriesRoom(around), clock }
}

/** Waits until nothing runs any more without the clock's doing, and what has ended is cleaned up. */
export async function quiet({ deliveries }: Room): Promise<Delivery> {
  // What was asked for just now has its turn first.
  for (let turns = 0; turns < 20; turns += 1) await settled()
  return until(
    () => {
      const last = deliveries.rows().at(-1)
      const due = last?.state === 'waiting' && last.nextAttemptAt === null
      const resting =
        last && !isWorking(last.state) && !due && (!isEnded(last.state) || last.staging === null)
      return resting && last
    },
    () => deliveries.journal.join('\n'),
  )
}

/** What a program that reads the folder sees, by name. */
export const visible = ({ files }: Room) =>
  Object.fromEntries(
    [...files.below(folder)]
      .filter(([path]) => !path.includes('/.'))
      .map(([path, bytes]) => [path.slice(folder.length + 1), bytes.toString('latin1')]),
  )
