import { rmSync } from 'node:fs'
import { setTimeout as passTime } from 'node:timers/promises'
import type { Stage } from '../../../build/named-runs.mjs'
import { quantile } from '../line.ts'
import { startBenchApp } from './app/app.ts'
import { watchMemory } from './memory.ts'

const idleMs = 10_000

/**
 * How far the memory of all of an app's processes rises in a delivery above what it is when the app is idle, in
 * megabytes. The app has delivered something small before: an app in use has its network process and its threads.
 */
export async function measureMemory(
  stage: Stage,
  folder: string,
  urlOf: (name: string) => string,
  name: string,
): Promise<number> {
  const { say, session } = stage
  const app = await startBenchApp(stage, folder)
  const into = session.newFolder('in')
  try {
    await app.deliver(urlOf('small'), into)
    const idle = watchMemory(app.pid)
    await passTime(idleMs)
    await idle.end()
    const busy = watchMemory(app.pid)
    const { state, seconds } = await app.deliver(urlOf(name), into)
    await busy.end()
    if (state !== 'delivered') throw new Error(`Not delivered as it should be: ${state}`)
    const [before, peak] = [quantile(idle.sums, 0.5), Math.max(...busy.sums)]
    say(
      `  idle ${megabytes(before)} MB, peak ${megabytes(peak)} MB in ${busy.sums.length} samples of ${seconds.toFixed(1)} s`,
    )
    return (peak - before) / 1e6
  } finally {
    await app.close()
    rmSync(into, { recursive: true, force: true })
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)
