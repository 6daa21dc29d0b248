import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openDatabase } from '../../../main/adapters/database/database.ts'
import { hours, seconds } from '../../../main/core/time.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import type { Family } from '../family.ts'
import type { Finding } from '../tally.ts'
import { soakDesk } from './memory/soak-desk.ts'

export type Soak = {
  readonly days: number
  readonly connections: number
  readonly definitions: number
  /** How often a day every definition is run. */
  readonly runs: number
}

/** 105,000 jobs. */
const full: Soak = { days: 30, connections: 20, definitions: 500, runs: 7 }
/** How much more memory is in use at the end than after the first day, at most. */
const mostGrowth = 0.1

/** Thirty days of a large desk in a few minutes: what is kept for every job, and never let go, shows. */
export const soakFamily: Family = {
  name: 'soak',
  askedFor: full.days * full.definitions * full.runs,
  async run({ count, say }) {
    const asked = full.days * full.definitions * full.runs
    const { started, ended, heapAfterDay } = await soak(full, say)
    const [first = 0] = heapAfterDay
    const last = heapAfterDay.at(-1) ?? 0
    say(`  soak: ${toMb(first)} MB after the first day, ${toMb(last)} MB at the end`)
    const findings: Finding[] = []
    if (last > first * (1 + mostGrowth))
      findings.push({ loss: 'wrong', what: `from ${first} to ${last} bytes` })
    if (started > asked) findings.push({ loss: 'doubledStarts', what: `${started} starts for ${asked} runs` })
    if (ended < asked) findings.push({ loss: 'lost', what: `${asked - ended} ends were never noticed` })
    for (let nth = 0; nth < asked; nth += 1) count('thirty days', nth === 0 ? findings : [])
  },
}

/** How many jobs were started, how many were seen to end, and the heap at the end of each day. */
export async function soak(size: Soak, say: (line: string) => void) {
  const clock = fakeClock()
  // Where the memory of this computer can be used as a disk: what is measured is the engine, not the disk.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'extract-desk-soak-'))
  const database = openDatabase(folder)
  const desk = await soakDesk(database, clock, size)
  const heapAfterDay: number[] = []
  // The database keeps whole milliseconds.
  const betweenRuns = Math.floor(hours(24) / size.runs) - seconds(1)
  try {
    desk.start()
    for (let day = 1; day <= size.days; day += 1) {
      for (let run = 0; run < size.runs; run += 1) {
        await desk.runAll()
        await clock.advance(betweenRuns)
      }
      heapAfterDay.push(heapInUse())
      const resident = toMb(process.memoryUsage.rss())
      say(`  soak: day ${day}, ${toMb(heapAfterDay.at(-1) ?? 0)} MB in use, ${resident} MB resident`)
    }
    return { started: desk.started(), ended: desk.ended(), heapAfterDay }
  } finally {
    await desk.stop()
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const toMb = (bytes: number) => (bytes / 1e6).toFixed(1)

function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
