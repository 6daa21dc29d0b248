import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { paces } from '../../../main/adapters/database/repositories/heart.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { linuxProcesses, type Processes, processesOf, unknowable } from '../../../main/adapters/processes.ts'
import { seconds } from '../../../main/core/time.ts'
import { bundleForNode } from '../../fakes/children/bundle.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const own = { outlivesBy: 0 }

function setUp() {
  const [clock, database] = [fakeClock(), tempDatabase()]
  const ended = new Set<string>()
  const processOf = (name: string): Processes => ({ own: name, hasEnded: known => ended.has(known) })
  const leasesOf = (name: string | null) =>
    createLeases(
      database,
      clock,
      name === null ? countingIds() : { next: () => `${name}-holder` },
      name === null ? unknowable : processOf(name),
    )
  return { clock, database, ended, leasesOf }
}

describe('a lease that ends with its process', () => {
  test('is taken at once when that has ended, by one', async () => {
    const { ended, leasesOf } = setUp()
    await leasesOf('first').take('a', own)
    expect(await leasesOf('second').take('a', own)).toBeNull()
    ended.add('first')
    expect(await leasesOf('second').take('a', own)).not.toBeNull()
    expect(await leasesOf('third').take('a', own)).toBeNull()
  })

  test('is held for its term where nobody can tell whether its process has ended', async () => {
    const { clock, ended, leasesOf } = setUp()
    await leasesOf('first').take('a', own)
    ended.add('first')
    expect(await leasesOf(null).take('a', own)).toBeNull()
    await leasesOf(null).take('b', own)
    expect(await leasesOf('second').take('b', own)).toBeNull()
    await clock.advance(paces.working.term - 1)
    expect(await leasesOf(null).take('c', own)).not.toBeNull()
    expect(await leasesOf('second').take('d', own)).not.toBeNull()
  })

  test('is taken no earlier than what its process began is over', async () => {
    const { clock, ended, leasesOf } = setUp()
    await leasesOf('first').take('a', { outlivesBy: seconds(5) })
    await clock.advance(seconds(1))
    ended.add('first')
    expect(await leasesOf('second').take('a', { outlivesBy: seconds(5) })).toBeNull()
    // The fake process was ended, but its heart was not: nothing has beaten so far.
    await clock.advance(seconds(4))
    expect(await leasesOf('second').take('a', { outlivesBy: seconds(5) })).not.toBeNull()
  })

  test('says so only where its holder did', async () => {
    const { ended, leasesOf } = setUp()
    await leasesOf('first').take('a')
    ended.add('first')
    expect(await leasesOf('second').take('a')).toBeNull()
    expect(await leasesOf('second').take('a', own)).toBeNull()
  })

  test('is told of as left when its process has ended, or its term, and until it is forgotten', async () => {
    const { ended, leasesOf } = setUp()
    const leftOf = async (name: string | null) => (await leasesOf(name).left('trial:')).map(left => left.name)
    await leasesOf('first').take('trial:a', own)
    await leasesOf('first').take('deliver:b', own)
    await (await leasesOf('first').take('trial:c', own))?.release()
    expect(await leftOf('second')).toEqual([])
    ended.add('first')
    expect(await leftOf('second')).toEqual(['trial:a'])
    expect(await leftOf(null)).toEqual([])
    const again = await leasesOf('second').take('trial:a', own)
    expect(await leftOf('third')).toEqual([])
    await again?.release()
  })

  test('that is left is forgotten once, and not where somebody has taken it since', async () => {
    const { ended, leasesOf } = setUp()
    await leasesOf('first').take('trial:a', own)
    ended.add('first')
    const [left] = await leasesOf('second').left('trial:')
    const taken = await leasesOf('second').take('trial:a', own)
    await left?.forget()
    expect(await leasesOf('third').take('trial:a', own)).toBeNull()
    await taken?.release()
    await leasesOf('first').take('trial:b', own)
    for (const one of await leasesOf('second').left('trial:')) await one.forget()
    expect(await leasesOf('second').left('trial:')).toEqual([])
  })

  test('tells its sleeping holder that it was taken', async () => {
    const { clock, ended, leasesOf } = setUp()
    const lease = await leasesOf('first').take('a', own)
    ended.add('first')
    const other = await leasesOf('second').take('a', own)
    await clock.advance(paces.working.term)
    expect(lease?.lost.aborted).toBe(true)
    await lease?.release()
    expect(other?.lost.aborted).toBe(false)
    expect(await leasesOf('third').take('a', own)).toBeNull()
  })
})

describe('a process of this computer', () => {
  const children: ChildProcess[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child)
  })

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'))
      await once(child, 'exit')
  }

  test('that was killed holds what ends with it no longer, and what does not end with it for its term', {
    timeout: 60_000,
  }, async () => {
    const script = await bundleForNode(join(import.meta.dirname, '../../fakes/children/lease-holder.ts'))
    const database = tempDatabase()
    const ours = createLeases(database, systemClock, randomIds, processesOf(process.platform))
    for (const command of ['take-for-myself', 'take']) {
      const child = spawn(process.execPath, [script, dirname(database.file)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      children.push(child)
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      expect((await lines.next()).value).toBe('ready')
      child.stdin.write(`${command}\n`)
      expect((await lines.next()).value).toBe('taken')
      expect(await ours.take('start:definition-1', own)).toBeNull()
      await end(child)
      const taken = await ours.take('start:definition-1', own)
      // Elsewhere than on Linux nobody can tell that a process is another one of the same number.
      expect(taken !== null).toBe(command === 'take-for-myself' && process.platform === 'linux')
      await taken?.release()
    }
  })

  test('is known by more than its number', () => {
    const processes = processesOf('linux') === unknowable ? unknowable : linuxProcesses()
    const { own: known } = processes
    if (process.platform !== 'linux') return expect(known).toBeNull()
    expect(known).toMatch(new RegExp(`^[0-9a-f-]{36} pid:\\[\\d+\\] .+/${process.pid}/\\d+$`))
    const [surroundings, pid, start] = known?.split('/') ?? []
    expect(processes.hasEnded(known ?? '')).toBe(false)
    // Of the same number, started at another time: that one has ended.
    expect(processes.hasEnded([surroundings, pid, Number(start) + 1].join('/'))).toBe(true)
    // Before this boot, in another container, on another computer: nobody knows.
    expect(processes.hasEnded(['elsewhere', pid, Number(start) + 1].join('/'))).toBe(false)
    for (const made of ['', 'x', `${surroundings}/x/1`, `${surroundings}/-1/1`, `${surroundings}/${pid}`])
      expect(processes.hasEnded(made)).toBe(false)
  })

  test('is not told from others where the system says only its number', () => {
    expect(processesOf('win32').own).toBeNull()
    expect(processesOf('darwin').hasEnded('any/1/1')).toBe(false)
  })
})
