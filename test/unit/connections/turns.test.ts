import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { createTurnsRepository } from '../../../main/adapters/database/repositories/turns.ts'
import { createTurns } from '../../../main/core/connections/turns.ts'
import { addMillis, hours, seconds } from '../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const origin = 'https://acme-quality.veevavault.com'

/** As many processes as a test likes on one profile, each with a database connection of its own. */
function processes() {
  const clock = fakeClock()
  const first = tempDatabase()
  const launch = (database = tempDatabase(dirname(first.file))) => {
    const stop = new AbortController()
    return { stop, turn: createTurns(createTurnsRepository(database), clock, stop.signal)(origin) }
  }
  return { clock, first, launch }
}

test('the same question waits for its turn, in every process; another one does not', async () => {
  const { clock, first, launch } = processes()
  const [one, two] = [launch(first), launch()]
  const taken: [string, number][] = []
  const take = (name: string, turn: typeof one.turn, what: string) =>
    turn(what, seconds(10)).then(() => void taken.push([name, (clock.now() - fakeStart) / 1000]))
  const all = [
    take('one', one.turn, 'job:1'),
    take('two', two.turn, 'job:1'),
    take('one, again', one.turn, 'job:1'),
    take('two, other', two.turn, 'job:2'),
  ]
  await clock.advance(seconds(60))
  await Promise.all(all)
  expect(taken.filter(([name]) => name.includes('other'))).toEqual([['two, other', 0]])
  expect(taken.filter(([name]) => !name.includes('other')).map(([, at]) => at)).toEqual([0, 10, 20])
})

test('a restart keeps it', async () => {
  const { clock, first, launch } = processes()
  await launch(first).turn('job:1', seconds(10))
  first.close()
  await clock.advance(seconds(4))
  let taken = false
  const after = launch()
    .turn('job:1', seconds(10))
    .then(() => {
      taken = true
    })
  await clock.advance(seconds(5))
  expect(taken).toBe(false)
  await clock.advance(seconds(1))
  await after
})

test('nobody waits for a turn of the future: the clock was set back', async () => {
  const { clock, first, launch } = processes()
  await launch(first).turn('job:1', seconds(10))
  clock.set(addMillis(clock.now(), -hours(3)))
  await launch().turn('job:1', seconds(10))
})

test('whoever waits when the app ends is let go', async () => {
  const { clock, first, launch } = processes()
  const { stop, turn } = launch(first)
  await turn('job:1', seconds(10))
  const waiting = turn('job:1', seconds(10))
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  expect(clock.pending()).toBe(0)
})
