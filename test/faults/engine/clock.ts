import { lateUntil } from '../../../main/core/jobs/poll-policy.ts'
import { addMillis, hours, type Millis, minutes, seconds } from '../../../main/core/time.ts'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import { lostAfter, lostBefore } from '../../fakes/fake-system.ts'
import type { Family } from '../family.ts'
import { kinds, openScene, type Scene } from './memory/scenes.ts'

const tries = 600

/** Sets the clock, suspends the computer and takes the network away while a job is started, watched and ended. */
export const clockFamily: Family = {
  name: 'clock',
  askedFor: tries,
  async run({ seed, count, ask }) {
    for (let nth = 0; nth < tries; nth += 1) {
      const random = randomFrom(seed, 'clock', nth)
      const kind = random.pick(kinds)
      const scene = openScene(kind)
      const began = scene.clock.now()
      const told = await live(scene, random)
      const givenUp = scene.clock.now() - began > lateUntil
      await scene.close()
      // A job that had not ended a week after its start is told as one that never will, and asked about no more.
      const findings =
        scene.findings()?.filter(({ what }) => !givenUp || what !== 'the job is timed-out') ?? null
      if (findings === null) ask(kind)
      count(`${nth}, ${kind}: ${told.join(', ')}`, findings ?? [])
    }
  },
}

/** A job's life with things happening to it; what happened. */
async function live(scene: Scene, random: Random): Promise<readonly string[]> {
  const { system, clock, watcher, recover } = scene
  const told: string[] = []
  const happen = async () => {
    const what = random.pick(happenings)
    told.push(await what(scene, random))
    await clock.advance(random.int(0, minutes(10)))
  }
  watcher.start()
  if (random.chance(0.3)) system.nextStart(random.chance(0.5) ? lostAfter() : lostBefore())
  if (random.chance(0.3)) await happen()
  const running = scene.run()
  if (random.chance(0.5)) await happen()
  await running
  const before = random.int(0, 3)
  for (let n = 0; n < before; n += 1) await happen()
  scene.finish()
  const after = random.int(0, 2)
  for (let n = 0; n < after; n += 1) await happen()
  scene.power.setOnline(true)
  await recover()
  // Whatever was late is looked at once an hour.
  await clock.advance(hours(3))
  return told
}

type Happening = (scene: Scene, random: Random) => Promise<string>

const jump = (name: string, from: Millis, to: Millis): Happening =>
  async function jumped({ clock }, random) {
    const by = random.int(from, to)
    clock.set(addMillis(clock.now(), by))
    return `${name} ${Math.round(by / 1000)} s`
  }

const happenings: readonly [Happening, ...Happening[]] = [
  jump('set forward', seconds(1), hours(72)),
  jump('set back', -hours(72), -seconds(1)),
  jump('an hour forward', hours(1), hours(1)),
  jump('an hour back', -hours(1), -hours(1)),
  async ({ clock, power }, random) => {
    const ms = random.chance(0.5) ? hours(72) : random.int(0, hours(12))
    await clock.sleep(ms)
    // Some desktops tell of no resume.
    if (random.chance(0.7)) power.wake()
    return `suspended ${Math.round(ms / 1000)} s`
  },
  async ({ clock, power }, random) => {
    power.setOnline(false)
    await clock.advance(random.int(0, hours(5)))
    power.setOnline(true)
    return 'no network'
  },
]
