import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { paces } from '../../../main/adapters/database/repositories/heart.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { addMillis, hours, seconds } from '../../../main/core/time.ts'
import { bundleForNode } from '../../fakes/children/bundle.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

function setUp() {
  const clock = fakeClock()
  const database = tempDatabase()
  const leases = createLeases(database, clock, countingIds())
  return { clock, database, leases }
}

test('leases of others count as work elsewhere while their hearts beat, our own do not', async () => {
  const { clock, database, leases } = setUp()
  const theirs = createLeases(database, clock, { next: () => 'theirs' })
  const own = await leases.take('a')
  expect(await leases.elsewhere()).toBe(false)
  const other = await theirs.take('b')
  expect([await leases.elsewhere(), await theirs.elsewhere()]).toEqual([true, true])
  await other?.release()
  await own?.release()
  expect([await leases.elsewhere(), await theirs.elsewhere()]).toEqual([false, false])
  // One that was killed: nobody beats for it any more.
  await theirs.take('c')
  await clock.sleep(paces.working.term)
  expect(await leases.elsewhere()).toBe(true)
  clock.set(addMillis(clock.now(), hours(1)))
  expect(await leases.elsewhere()).toBe(false)
})

describe('a lease', () => {
  test('is held by one, for as long as its heart beats', async () => {
    const { clock, leases } = setUp()
    const lease = await leases.take('a')
    expect(lease).not.toBeNull()
    expect(await leases.take('a')).toBeNull()
    expect(await leases.take('b')).not.toBeNull()
    await clock.advance(hours(1))
    expect(await leases.take('a')).toBeNull()
    expect(lease?.lost.aborted).toBe(false)
  })

  test('is free again after its release, which ends the heartbeat', async () => {
    const { clock, leases } = setUp()
    const lease = await leases.take('a')
    await lease?.release()
    expect(clock.pending()).toBe(0)
    expect(await leases.take('a')).not.toBeNull()
    await lease?.release()
    expect(await leases.take('a')).toBeNull()
  })

  test('whose holder was killed can be taken after its term', async () => {
    const { clock, database, leases } = setUp()
    const dead = fakeClock(clock.now())
    await createLeases(database, dead, { next: () => 'dead' }).take('a')
    await clock.advance(paces.working.term - 1)
    expect(await leases.take('a')).toBeNull()
    await clock.advance(1)
    expect(await leases.take('a')).not.toBeNull()
  })

  test('is lost where another one took it while its holder slept, and the holder is told', async () => {
    const { clock, database, leases } = setUp()
    const lease = await leases.take('a')
    const awake = fakeClock(addMillis(clock.now(), hours(1)))
    const other = await createLeases(database, awake, { next: () => 'other' }).take('a')
    expect(other).not.toBeNull()
    await clock.sleep(hours(1))
    expect(lease?.lost.aborted).toBe(true)
    await lease?.release()
    expect(await leases.take('a')).toBeNull()
  })

  test('survives a database that is busy for less than its term', async () => {
    const { clock, database, leases } = setUp()
    const lease = await leases.take('a')
    const held = database.transaction
    Object.assign(database, {
      transaction: () => {
        throw new Error('busy')
      },
    })
    await clock.advance(paces.working.every * 2)
    expect(lease?.lost.aborted).toBe(false)
    Object.assign(database, { transaction: held })
    await clock.advance(paces.working.every)
    expect(lease?.lost.aborted).toBe(false)
    expect(await leases.take('a')).toBeNull()
  })

  test('beats with all others of its process in one transaction, and seldom where it rests', async () => {
    const { clock, database, leases } = setUp()
    let beats = 0
    const { transaction } = database
    const held = await Promise.all(['a', 'b', 'c'].map(name => leases.take(name, { resting: true })))
    Object.assign(database, {
      transaction: (work: Parameters<typeof transaction>[0]) => {
        beats += 1
        return transaction(work)
      },
    })
    await clock.advance(hours(1))
    expect(beats).toBe(hours(1) / paces.resting.every)
    expect(held.map(lease => lease?.lost.aborted)).toEqual([false, false, false])
    await held[1]?.release()
    expect(await leases.take('b', { resting: true })).not.toBeNull()
    expect(await leases.take('a', { resting: true })).toBeNull()
  })

  test('that rests is free after its own term', async () => {
    const { clock, database, leases } = setUp()
    const dead = createLeases(database, fakeClock(clock.now()), { next: () => 'dead' })
    await dead.take('a', { resting: true })
    await clock.advance(paces.resting.term - 1)
    expect(await leases.take('a', { resting: true })).toBeNull()
    await clock.advance(1)
    expect(await leases.take('a', { resting: true })).not.toBeNull()
  })

  test('that was lost ends no other one of its process', async () => {
    const { clock, database, leases } = setUp()
    const [a, b] = [await leases.take('a'), await leases.take('b')]
    database.transaction(tx => tx.run(`UPDATE leases SET holder = 'other' WHERE name = 'a'`))
    await clock.advance(paces.working.every)
    expect([a?.lost.aborted, b?.lost.aborted]).toEqual([true, false])
    await clock.advance(hours(1))
    expect(b?.lost.aborted).toBe(false)
  })

  test('from a clock that was set back since does not hold for ever', async () => {
    const { clock, leases, database } = setUp()
    const ahead = fakeClock(addMillis(clock.now(), hours(24)))
    await createLeases(database, ahead, { next: () => 'ahead' }).take('a')
    expect(await leases.take('a')).not.toBeNull()
    const slightlyAhead = fakeClock(addMillis(clock.now(), seconds(5)))
    expect(await createLeases(database, slightlyAhead, { next: () => 'x' }).take('a')).toBeNull()
  })
})

describe('between processes', () => {
  const children: ChildProcess[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
    }
  })

  async function startHolder(script: string, folder: string) {
    const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(child)
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const answer = async (): Promise<string> => (await lines.next()).value ?? ''
    expect(await answer()).toBe('ready')
    return async (command: 'take' | 'release'): Promise<string> => {
      child.stdin.write(`${command}\n`)
      return answer()
    }
  }

  test('one of two takes it, the other one after the release', { timeout: 60_000 }, async () => {
    const script = await bundleForNode(join(import.meta.dirname, '../../fakes/children/lease-holder.ts'))
    const folder = dirname(tempDatabase().file)
    const [a, b] = await Promise.all([startHolder(script, folder), startHolder(script, folder)])
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all([a('take'), b('take')])
      expect([...answers].sort()).toEqual(['refused', 'taken'])
      expect(await (answers[0] === 'taken' ? a : b)('release')).toBe('released')
    }
  })
})
