import { describe, expect, test } from 'vitest'
import { createLifecycle } from '../../../main/core/lifecycle/lifecycle.ts'
import { seconds } from '../../../main/core/time.ts'
import { fakeClock, settled } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

function setUp() {
  const clock = fakeClock()
  const log = memoryLog()
  return { clock, log, lifecycle: createLifecycle(clock, log) }
}

function gate() {
  let open = (): void => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, opened }
}

describe('the end of the app', () => {
  test('refuses new work, lets the accepted work end, and closes the database last', async () => {
    const { lifecycle } = setUp()
    const order: string[] = []
    const work = gate()
    const accepted = lifecycle.accept(async () => {
      await work.opened
      order.push('work')
      return 7
    })
    const stopped = lifecycle.stop({
      drain: [
        async () => {
          await settled()
          order.push('poller')
        },
      ],
      within: seconds(10),
      close: [() => void order.push('log'), () => void order.push('database')],
    })
    expect(lifecycle.stopping.aborted).toBe(true)
    await expect(lifecycle.accept(async () => 1)).rejects.toMatchObject({ code: 'cancelled' })
    await settled()
    work.open()
    await stopped
    expect(await accepted).toBe(7)
    expect(order).toEqual(['poller', 'work', 'log', 'database'])
  })

  test('does not wait longer than its deadline, and says so', async () => {
    const { lifecycle, clock, log } = setUp()
    lifecycle.accept(() => new Promise(() => {})).catch(() => {})
    let closed = false
    const stopped = lifecycle.stop({
      drain: [],
      within: seconds(10),
      close: [
        () => {
          closed = true
        },
      ],
    })
    await clock.advance(seconds(9))
    expect(closed).toBe(false)
    await clock.advance(seconds(1))
    await stopped
    expect(closed).toBe(true)
    expect(log.entries).toMatchObject([{ event: 'lifecycle.cut', facts: { unfinished: 1 } }])
  })

  test('comes once, whoever asks for it, and leaves no timer behind', async () => {
    const { lifecycle, clock } = setUp()
    let closes = 0
    const ending = {
      drain: [],
      within: seconds(10),
      close: [
        () => {
          closes += 1
        },
      ],
    }
    await Promise.all([lifecycle.stop(ending), lifecycle.stop(ending)])
    await lifecycle.stop(ending)
    expect(closes).toBe(1)
    expect(clock.pending()).toBe(0)
  })

  test('is not stopped by a step that fails: the database is closed all the same', async () => {
    const { lifecycle, log } = setUp()
    let closed = false
    const fail = () => {
      throw new Error('no')
    }
    await lifecycle.stop({
      drain: [async () => fail()],
      within: seconds(1),
      close: [
        fail,
        () => {
          closed = true
        },
      ],
    })
    expect(closed).toBe(true)
    expect(log.entries.map(entry => entry.event)).toEqual([
      'lifecycle.drain-failed',
      'lifecycle.close-failed',
    ])
  })

  test('work that failed is no hindrance', async () => {
    const { lifecycle } = setUp()
    await expect(
      lifecycle.accept(async () => {
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await lifecycle.stop({ drain: [], within: seconds(1), close: [] })
  })
})
