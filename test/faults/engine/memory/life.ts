import type { Definition } from '../../../../main/core/definitions/types.ts'
import { createLists } from '../../../../main/core/jobs/lists.ts'
import { createStarter } from '../../../../main/core/jobs/start.ts'
import type { JobsWorld } from '../../../../main/core/jobs/world.ts'
import { minutes, seconds } from '../../../../main/core/time.ts'
import type { Random } from '../../../../main/practice/random.ts'
import type { FakeClock } from '../../../fakes/fake-clock.ts'
import { aDestination, whileTimePasses } from '../../../fakes/jobs-world.ts'

export type Course = {
  /** The job ends at the system. */
  readonly end: () => void
  /** From now on the system says the truth. */
  readonly calm: () => void
  readonly random: Random
}

/** Starts a definition, asks about it, and asks again when the system has come to its senses. What was thrown. */
export async function liveThrough(
  world: JobsWorld,
  clock: FakeClock,
  definition: Definition,
  { end, calm, random }: Course,
): Promise<readonly unknown[]> {
  const thrown: unknown[] = []
  const lists = createLists(world)
  const starter = createStarter(world, lists, async () => null)
  const wanted = { by: 'anna', destination: aDestination }
  const attempt = (work: Promise<unknown>) =>
    whileTimePasses(clock, work).catch((error: unknown) => void thrown.push(error))
  const run = () => attempt(starter.start(definition, { by: 'anna', again: true, join: true, wanted }))
  const look = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      await attempt(random.chance(0.5) ? lists.ask(definition) : lists.glance(definition))
      await clock.advance(seconds(random.int(1, 60)))
    }
  }
  await run()
  await look(random.int(1, 6))
  // Whoever was refused asks again; what is open is joined.
  await run()
  end()
  await look(random.int(1, 6))
  calm()
  for (let n = 0; n < 3; n += 1) {
    await attempt(lists.ask(definition))
    await clock.advance(minutes(1))
  }
  return thrown
}
