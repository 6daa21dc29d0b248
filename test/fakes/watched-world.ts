import { afterEach } from 'vitest'
import { createStarter, type RunRequest } from '../../main/core/jobs/start.ts'
import { createWatcher, type Watcher } from '../../main/core/jobs/watch.ts'
import type { Instant } from '../../main/core/time.ts'
import { fakePower } from './fake-power.ts'
import { systemTime } from './fake-system.ts'
import { aDestination, jobsWorld, type Setting, whileTimePasses } from './jobs-world.ts'

export const wanted = { by: 'anna', destination: aDestination }
export const request: RunRequest = { by: 'anna', again: false, join: true, wanted }

const running: { readonly watcher: Watcher; readonly stop: AbortController }[] = []
afterEach(async () => {
  for (const { watcher, stop } of running.splice(0)) {
    stop.abort()
    await watcher.stopAndDrain()
  }
})

/** A world of jobs with a watcher in it, ended after each test. */
export function watchedWorld(setting: Setting = {}) {
  const all = jobsWorld(setting)
  const power = fakePower()
  let paused = false
  const watcher = createWatcher(all.world, all.lists, {
    power,
    events: all.events,
    paused: async () => paused,
  })
  running.push({ watcher, stop: all.stop })
  const starter = createStarter(all.world, all.lists, async () => null)
  const run = () => whileTimePasses(all.clock, starter.start(all.definition, request))
  const row = () => {
    const job = all.jobs.rows().at(-1)
    if (!job) throw new Error('no job')
    return job
  }
  const pause = (on: boolean) => {
    paused = on
    all.events.publish({ kind: 'settings-changed' })
  }
  const listed = () => all.system.calls.filter(call => call.startsWith('jobs')).length
  return { ...all, power, watcher, run, row, pause, listed }
}

export const done = (at: Instant) => ({ endedAt: systemTime(at), hasFiles: true })
