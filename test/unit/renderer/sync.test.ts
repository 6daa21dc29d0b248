import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { useActivity } from '../../../renderer/stores/activity.ts'
import { useConnections } from '../../../renderer/stores/connections.ts'
import { useDefinitions } from '../../../renderer/stores/definitions.ts'
import { useSettings } from '../../../renderer/stores/settings.ts'
import { startSync } from '../../../renderer/stores/sync.ts'
import { createFakeDesk, type FakeDesk, type FakeDeskData } from '../../fakes/fake-desk.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const data: FakeDeskData = { ...monthEnd(1_700_000_000_000), history: [] }
const [first, second] = data.connections

let stop: () => void = () => {}
beforeEach(() => {
  useConnections.setState({ all: [] })
  useDefinitions.setState({ all: [] })
  useActivity.setState({ needs: [], running: [], delivered: [], progress: {} })
  useSettings.setState({ mirror: 'loading' })
})
afterEach(() => stop())

/** Snapshots that are answered by hand, in any order. */
function slowSnapshots() {
  const answers: { resolve: (snapshot: Snapshot) => void; reject: (error: unknown) => void }[] = []
  const snapshot = () =>
    new Promise<Snapshot>((resolve, reject) => {
      answers.push({ resolve, reject })
    })
  return { answers, snapshot }
}
const snapshotOf = (seq: number, connections = data.connections): Snapshot => ({
  seq,
  connections,
  definitions: data.definitions,
  activity: data.activity,
  schedules: data.schedules,
  settings: data.settings,
  status: data.status,
})
const settled = () => new Promise(resolve => setImmediate(resolve))
const start = (fake: FakeDesk) => {
  const sync = startSync(fake.bridge)
  stop = sync.stop
  return sync
}
const names = () => useConnections.getState().all.map(one => one.name)

describe('the mirror', () => {
  it('shows the snapshot and follows the changes', async () => {
    const fake = createFakeDesk(data)
    start(fake)
    expect(useSettings.getState().mirror).toBe('loading')
    await settled()
    expect(useSettings.getState().mirror).toBe('live')
    expect(names()).toEqual(data.connections.map(one => one.name))
    fake.change({ connections: [] })
    expect(names()).toEqual([])
  })

  it('keeps changes that come before the snapshot and applies those that are newer', async () => {
    const { answers, snapshot } = slowSnapshots()
    const fake = createFakeDesk(data, { app: { snapshot } })
    start(fake)
    if (!first || !second) throw new Error('the data has two connections')
    fake.send({ seq: 7, slices: { connections: [first] } })
    fake.send({ seq: 8, slices: { connections: [second] } })
    answers[0]?.resolve(snapshotOf(7))
    await settled()
    expect(names()).toEqual([second.name])
    expect(answers).toHaveLength(1)
  })

  it('ignores a change it has already', async () => {
    const { answers, snapshot } = slowSnapshots()
    const fake = createFakeDesk(data, { app: { snapshot } })
    start(fake)
    answers[0]?.resolve(snapshotOf(9))
    await settled()
    fake.send({ seq: 9, slices: { connections: [] } })
    expect(names()).toHaveLength(data.connections.length)
  })

  it('asks for a new snapshot where a number is missing, and applies what came meanwhile', async () => {
    const { answers, snapshot } = slowSnapshots()
    const fake = createFakeDesk(data, { app: { snapshot } })
    start(fake)
    answers[0]?.resolve(snapshotOf(1))
    await settled()
    if (!first || !second) throw new Error('the data has two connections')
    fake.send({ seq: 3, slices: { connections: [first] } })
    expect(answers).toHaveLength(2)
    fake.send({ seq: 4, slices: { connections: [second] } })
    answers[1]?.resolve(snapshotOf(3, []))
    await settled()
    expect(names()).toEqual([second.name])
    expect(answers).toHaveLength(2)
  })

  it('is not turned back by an older snapshot that comes late', async () => {
    const { answers, snapshot } = slowSnapshots()
    const fake = createFakeDesk(data, { app: { snapshot } })
    const sync = start(fake)
    sync.retry()
    answers[1]?.resolve(snapshotOf(5, []))
    await settled()
    answers[0]?.resolve(snapshotOf(2))
    await settled()
    expect(names()).toEqual([])
  })

  it('says why where there is no snapshot, and tries again when told to', async () => {
    const { answers, snapshot } = slowSnapshots()
    const fake = createFakeDesk(data, { app: { snapshot } })
    const sync = start(fake)
    answers[0]?.reject(new Error('gone'))
    await settled()
    expect(useSettings.getState().mirror).toEqual({ failed: { code: 'internal', facts: {} } })
    sync.retry()
    expect(useSettings.getState().mirror).toBe('loading')
    answers[1]?.resolve(snapshotOf(1))
    await settled()
    expect(useSettings.getState().mirror).toBe('live')
  })

  it('stops listening', async () => {
    const fake = createFakeDesk(data)
    start(fake)
    await settled()
    stop()
    fake.change({ connections: [] })
    expect(names()).toHaveLength(data.connections.length)
  })
})

describe('progress', () => {
  const pushed = { step: 'downloading', bytes: 9, totalBytes: 10, bytesPerSecond: 1 } as const

  it('is kept while its delivery runs and forgotten afterwards', async () => {
    const fake = createFakeDesk(data)
    start(fake)
    await settled()
    fake.progress({ deliveryId: 'v-3', progress: pushed })
    fake.progress({ deliveryId: 'somewhere else', progress: pushed })
    expect(useActivity.getState().progress['v-3']).toEqual(pushed)
    fake.change({ activity: data.activity })
    expect(Object.keys(useActivity.getState().progress)).toEqual(['v-3'])
    fake.change({ activity: { ...data.activity, running: [] } })
    expect(useActivity.getState().progress).toEqual({})
  })
})
