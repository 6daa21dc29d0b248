import { isWorking } from '../../../../main/core/deliveries/delivery.ts'
import type { Files } from '../../../../main/core/deliveries/files.ts'
import type { Delivery } from '../../../../main/core/deliveries/types.ts'
import { jobId } from '../../../../main/core/ids.ts'
import type { Clock } from '../../../../main/core/ports.ts'
import { type DeliveriesAround, deliveriesRoom, deliveriesWorld } from '../../../fakes/deliveries-world.ts'
import { type FakeClock, settled } from '../../../fakes/fake-clock.ts'
import { gatedFiles, type MemoryFiles, memoryFiles } from '../../../fakes/memory-files.ts'
import { folder, type Scenario } from './scenarios.ts'

export const job = jobId('job-a')
export const asked = { again: false, by: 'erika' } as const

/** Called before every operation of a process, in files and in the journal; what it throws happens instead of it. */
export type Gate = (operation: string, path: string) => void

/** What outlives a process: the disk, the journal, the receipts, and the system with its files. */
export type Computer = {
  readonly files: MemoryFiles
  readonly around: DeliveriesAround
  /** What stands between its processes and its disk; tests of these tests put a worse disk in its place. */
  readonly through?: (files: Files) => Files
}

export async function computerOf(scenario: Scenario, clock: Clock): Promise<Computer> {
  const files = memoryFiles({ links: scenario.links })
  files.folder(folder)
  for (const [name, text] of Object.entries(scenario.before)) {
    if (name.includes('/')) files.folder(`${folder}/in`)
    files.put(`${folder}/${name}`, text)
  }
  const around = await deliveriesWorld({ clock, files, destination: scenario.destination })
  around.server.files = [scenario.serve]
  return { files, around }
}

/** Starts the deliveries on a computer, as a process of its own. */
export async function startProcess(
  { files, around, through = disk => disk }: Computer,
  clock: Clock,
  gate: Gate = () => {},
) {
  const fresh = await deliveriesWorld({
    clock,
    files,
    job: null,
    through: disk => gatedFiles(through(disk), gate),
  })
  const { deliveries, receipts, jobs, definitions, connections, sessions } = around.world
  const world = {
    ...fresh.world,
    jobs,
    definitions,
    connections,
    sessions,
    deliveries: {
      ...deliveries,
      save: (...words: Parameters<typeof deliveries.save>) => {
        gate('journal', words[2])
        return deliveries.save(...words)
      },
    },
    receipts: {
      ...receipts,
      append: (...words: Parameters<typeof receipts.append>) => {
        gate('receipt', '')
        return receipts.append(...words)
      },
    },
  }
  return { ...deliveriesRoom({ world }), events: world.events }
}

export type Process = Awaited<ReturnType<typeof startProcess>>

/**
 * Waits until the delivery does not work any more by itself, and returns it as it is then. A clock is moved on a little
 * now and then: publishing waits some moments for a file that is held.
 */
export async function atRest({ around }: Computer, clock: FakeClock | null = null): Promise<Delivery> {
  const deadline = performance.now() + 10_000
  for (let turns = 1; ; turns += 1) {
    await settled()
    if (turns % 20 === 0) await clock?.advance(50)
    const last = around.deliveries.rows().at(-1)
    const due = last?.state === 'waiting' && last.nextAttemptAt === null
    if (last && !isWorking(last.state) && !due) return last
    if (performance.now() > deadline)
      throw new Error(`It does not come to rest: ${last?.state ?? 'no delivery'}`)
  }
}
