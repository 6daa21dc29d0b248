import { describe, expect, it } from 'vitest'
import { createEvents } from '../../../main/core/events.ts'
import { connectionId, definitionId, deliveryId, jobId } from '../../../main/core/ids.ts'
import { createMirror, type SliceReaders } from '../../../main/core/mirror/mirror.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import type { DeliveryProgress } from '../../../preload/contract/bridge.ts'
import type { Change, ProgressView, Settings, Slices, StatusView } from '../../../preload/contract/types.ts'
import { noUpdates } from '../../../preload/contract/updates.ts'
import { fakeClock, settled } from '../../fakes/fake-clock.ts'

const settings: Settings = {
  theme: 'system',
  density: 'normal',
  notifications: 'all',
  closeToTray: true,
  startAtLogin: false,
  questionMarkKey: true,
  defaultFolder: null,
  defaultName: '{original}{ext}',
  keepAnswersDays: 30,
  keepLogsDays: 90,
  keepReplacedDays: 0,
  keepRefusedDays: 0,
  againHours: 12,
  archiveFactor: 1,
  paused: false,
  pauseOnMetered: false,
  proxy: { mode: 'system' },
}
const managed = {
  settings: [],
  allowedHosts: null,
  practice: true,
  connections: 'changeable',
  updates: { channel: null, url: null },
  unreadable: [],
} as const
const status: StatusView = {
  online: true,
  metered: null,
  keychain: 'ok',
  practice: false,
  version: '0.1.0',
  profile: '/p',
  managed,
  update: noUpdates,
}
const progressOf = (bytes: number): ProgressView => ({
  step: 'downloading',
  bytes,
  totalBytes: 1000,
  bytesPerSecond: null,
})
const jobChanged = {
  kind: 'job-changed',
  jobId: jobId('j-1'),
  definitionId: definitionId('d-1'),
  connectionId: connectionId('c-1'),
} as const
const progressed = (bytes: number) =>
  ({ kind: 'delivery-progress', deliveryId: deliveryId('v-1'), progress: progressOf(bytes) }) as const

function setUp(overrides: Partial<SliceReaders> = {}) {
  const faults: unknown[] = []
  const clock = fakeClock()
  const events = createEvents(error => faults.push(error))
  const reads: (keyof Slices)[] = []
  const counted =
    <S extends keyof Slices>(name: S, value: Slices[S]) =>
    async () => {
      reads.push(name)
      return value
    }
  const readers: SliceReaders = {
    connections: counted('connections', []),
    definitions: counted('definitions', []),
    activity: counted('activity', { needs: [], running: [], delivered: [] }),
    schedules: counted('schedules', []),
    settings: counted('settings', settings),
    status: counted('status', status),
    ...overrides,
  }
  const mirror = createMirror({ readers, events, clock, onFault: error => faults.push(error) })
  const changes: Change[] = []
  const progress: DeliveryProgress[] = []
  mirror.onChange(change => changes.push(change))
  mirror.onProgress(one => progress.push(one))
  return { mirror, events, clock, changes, progress, faults, reads }
}

describe('the mirror', () => {
  it('gives everything in a snapshot, numbered by the last change', async () => {
    const { mirror, events, clock } = setUp()
    expect(await mirror.snapshot()).toEqual({
      seq: 0,
      connections: [],
      definitions: [],
      activity: { needs: [], running: [], delivered: [] },
      schedules: [],
      settings,
      status,
    })
    events.publish({ kind: 'status-changed' })
    await clock.advance(0)
    expect((await mirror.snapshot()).seq).toBe(1)
  })

  it('sends the slices that an event made stale, and no others', async () => {
    const { events, clock, changes } = setUp()
    events.publish(jobChanged)
    await clock.advance(0)
    expect(changes.map(({ seq, slices }) => [seq, Object.keys(slices).sort()])).toEqual([
      [1, ['activity', 'definitions']],
    ])
  })

  it('sends at most ten changes a second, whatever happens, and loses nothing', async () => {
    const { events, clock, changes } = setUp()
    for (let n = 0; n < 100; n += 1) {
      events.publish(n % 2 === 0 ? jobChanged : { kind: 'connections-changed' })
      await clock.advance(10)
    }
    expect(changes.length).toBeLessThanOrEqual(11)
    expect(changes.map(change => change.seq)).toEqual(changes.map((_, n) => n + 1))
    events.publish({ kind: 'settings-changed' })
    await clock.advance(100)
    expect(changes.at(-1)?.slices.settings).toEqual(settings)
  })

  it('reads anew for each message: an event that came while reading is not lost', async () => {
    let current = status
    let release = () => {}
    const { events, clock, changes } = setUp({
      status: async () => {
        const seen = current
        await new Promise<void>(resolve => {
          release = resolve
        })
        return seen
      },
    })
    events.publish({ kind: 'status-changed' })
    await clock.advance(0)
    current = { ...status, online: false }
    events.publish({ kind: 'status-changed' })
    await clock.advance(100)
    release()
    await settled()
    release()
    await settled()
    expect(changes.map(change => change.slices.status?.online)).toEqual([true, false])
  })

  it('never sends a change between the reading of a snapshot and its number', async () => {
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    let first = true
    const { mirror, events, clock, changes } = setUp({
      status: async () => {
        if (first) {
          first = false
          await held
        }
        return status
      },
    })
    const snapshot = mirror.snapshot()
    events.publish({ kind: 'status-changed' })
    await clock.advance(200)
    expect(changes).toEqual([])
    release()
    expect((await snapshot).seq).toBe(0)
    await settled()
    expect(changes.map(change => change.seq)).toEqual([1])
  })

  it('reads a slice again that could not be read, without a gap in the numbers', async () => {
    let broken = true
    const { events, clock, changes, faults, mirror } = setUp({
      status: async () => {
        if (broken) throw new Error('database is busy')
        return status
      },
    })
    events.publish({ kind: 'status-changed' })
    await clock.advance(0)
    await expect(mirror.snapshot()).rejects.toThrow('database is busy')
    expect(faults).toHaveLength(1)
    expect(changes).toEqual([])
    broken = false
    await clock.advance(1000)
    expect(changes.map(change => change.seq)).toEqual([1])
  })

  it('passes on the newest progress of each delivery, at most ten times a second', async () => {
    const { events, clock, progress, changes } = setUp()
    for (let bytes = 1; bytes <= 100; bytes += 1) {
      events.publish(progressed(bytes))
      await clock.advance(10)
    }
    await clock.advance(100)
    expect(progress.length).toBeLessThanOrEqual(12)
    expect(progress.at(-1)?.progress.bytes).toBe(100)
    expect(changes).toEqual([])
  })

  it('sends what changes with the time alone once an hour, and is idle otherwise', async () => {
    const { clock, changes, reads } = setUp()
    await clock.advance(minutes(59))
    expect(reads).toEqual([])
    await clock.advance(minutes(2))
    expect(changes.map(change => Object.keys(change.slices))).toEqual([['activity']])
    await clock.sleep(hours(10))
    expect(changes).toHaveLength(2)
  })

  it('goes on when the clock is set back', async () => {
    const { clock, changes, events } = setUp()
    events.publish({ kind: 'status-changed' })
    await clock.advance(0)
    clock.set(addMillis(clock.now(), -hours(2)))
    events.publish({ kind: 'status-changed' })
    await clock.advance(0)
    expect(changes).toHaveLength(2)
  })

  it('lets a listener that throws disturb nobody', async () => {
    const { mirror, events, clock, faults } = setUp()
    const heard: number[] = []
    mirror.onChange(() => {
      throw new Error('mine')
    })
    mirror.onChange(change => heard.push(change.seq))
    events.publish({ kind: 'status-changed' })
    await clock.advance(2000)
    expect(heard).toEqual([1])
    expect(faults).toHaveLength(1)
  })
})
