import { describe, expect, it } from 'vitest'
import type { Connection } from '../../../main/core/connections/types.ts'
import type { Definition } from '../../../main/core/definitions/types.ts'
import { definitionId } from '../../../main/core/ids.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import type { ManagedPolicy } from '../../../main/core/ports.ts'
import { createSettingsFiles } from '../../../main/core/settings/settings-files.ts'
import type { ScheduleInput, ScheduleView } from '../../../preload/contract/schedules.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aConnection, memoryConnections } from '../../fakes/memory-connections.ts'
import { aDefinition, memoryDefinitions } from '../../fakes/memory-definitions.ts'

type Has = {
  connections?: readonly Connection[]
  definitions?: readonly Definition[]
  schedules?: readonly ScheduleView[]
  policy?: ManagedPolicy
}

/** A profile with its settings files; what is asked of the schedules is noted. */
function profile(has: Has = {}) {
  const connections = memoryConnections(...(has.connections ?? []))
  const definitions = memoryDefinitions(...(has.definitions ?? []))
  const scheduled: ScheduleInput[] = []
  const paused: string[] = []
  const before: string[] = []
  const view = (input: ScheduleInput): ScheduleView => ({
    id: input.id ?? 'schedule-new',
    name: input.name,
    definitionIds: input.definitionIds,
    timetable: input.timetable,
    missed: input.missed,
    paused: false,
    next: [],
    last: null,
    open: [],
  })
  const files = createSettingsFiles({
    connections,
    definitions,
    keptDefinitions: {
      add: async (connectionId, { name, request }) => {
        const id = definitionId('definition-kept')
        const row = aDefinition({ id, connectionId, name, kind: 'kept', request })
        await definitions.save([row])
        return { id } as never
      },
      change: async (id, { request }) => {
        const row = await definitions.find(id)
        if (row) await definitions.save([{ ...row, request }])
        return { id } as never
      },
    },
    schedules: {
      list: async () => has.schedules ?? [],
      save: async input => {
        scheduled.push(input)
        return view(input)
      },
      pause: async id => {
        paused.push(id)
        return view({ ...weekly, id, definitionIds: [] })
      },
      preview: async () => [],
    },
    system: name => ({
      capabilities: {
        definitions: name === 'concur' ? 'server' : 'kept',
        authKinds: ['refresh-token', 'password'],
      } as never,
      readRequest: request => request as never,
    }),
    clock: fakeClock(),
    ids: countingIds(),
    events: { publish: () => {} },
    policy: { get: async () => has.policy ?? unmanaged },
    keepBefore: async (name, text) => {
      before.push(text)
      return `/profile/backups/${name}`
    },
  })
  return { files, connections, definitions, scheduled, paused, before }
}

const weekly = {
  name: 'Month end',
  timetable: {
    recurrence: { kind: 'weekly' as const, time: '06:30', weekdays: [1 as const, 5 as const] },
    zone: 'Europe/Berlin',
    holidays: [{ date: '2026-12-25', name: 'Christmas' }],
    skipHolidays: true,
  },
  missed: 'once' as const,
}

const full: Has = {
  connections: [
    aConnection({ origin: 'https://eu.example' }),
    aConnection({
      id: 'connection-i' as Connection['id'],
      name: 'Calls',
      system: 'icws',
      url: 'https://ic.example:8019',
      auth: 'password',
      outputMaps: [{ server: '\\\\ic\\out', local: '/mnt/out' }],
      certificateSha256: 'ab'.repeat(32),
    }),
    aConnection({ id: 'connection-x' as Connection['id'], name: 'Gone', removedAt: fakeClock().now() }),
  ],
  definitions: [
    aDefinition({ destination: aDestination, watch: true }),
    aDefinition({ id: definitionId('definition-b'), remoteId: 'CARD' as never, name: 'Cards' }),
    aDefinition({
      id: definitionId('definition-k'),
      connectionId: 'connection-i' as Connection['id'],
      remoteId: 'definition-k' as never,
      name: 'Monthly calls',
      kind: 'kept',
      request: { tables: { tableList: [] } },
    }),
  ],
  schedules: [
    {
      ...weekly,
      id: 'schedule-a',
      definitionIds: ['definition-a'],
      paused: true,
      next: [],
      last: null,
      open: [],
    },
  ],
}

describe('a settings file', () => {
  it('carries everything that was decided to another profile, and no secret or id', async () => {
    const exported = await profile(full).files.export()
    const text = JSON.stringify(exported)
    expect(text).not.toContain('connection-a')
    expect(text).not.toContain('definition-')
    const other = profile()
    expect(await other.files.import(JSON.parse(text))).toEqual({
      before: '/profile/backups/settings-before-import-20261101T183000000Z.json',
      connections: { added: ['Acme EU', 'Calls'], kept: [] },
      definitions: 2,
      destinations: 1,
      schedules: ['Month end'],
    })
    const rows = await other.connections.all()
    expect(rows.map(({ name, keep, signIn, origin }) => [name, keep, signIn.state, origin])).toEqual([
      ['Acme EU', 'keychain', 'unknown', null],
      ['Calls', 'keychain', 'unknown', null],
    ])
    const again = await profile({
      connections: rows,
      definitions: await other.definitions.all(),
      schedules: (full.schedules ?? []).map(one => ({
        ...one,
        definitionIds: other.scheduled[0]?.definitionIds ?? [],
      })),
    }).files.export()
    expect(again).toEqual(exported)
    expect(other.paused).toEqual(['schedule-new'])
  })

  it('leaves a connection of that name as it is, and sets what was decided for its definitions', async () => {
    const exported = await profile(full).files.export()
    const there = aConnection({ mark: 'production', keep: 'session' })
    const known = aDefinition({ name: 'Renamed since', destination: { ...aDestination, folder: '/old' } })
    const other = profile({ connections: [there], definitions: [known], schedules: full.schedules ?? [] })
    const { connections } = await other.files.import(exported)
    expect(connections).toEqual({ added: ['Calls'], kept: ['Acme EU'] })
    expect((await other.connections.all())[0]).toEqual(there)
    expect(await other.definitions.find(known.id)).toEqual({
      ...known,
      destination: aDestination,
      watch: true,
    })
    expect(other.scheduled[0]?.id).toBe('schedule-a')
  })

  it.each([
    ['another address', { url: 'https://elsewhere.example' }],
    ['another system', { system: 'vault' as const }],
  ])('is refused as a whole where a name stands for %s', async (_what, patch) => {
    const exported = await profile(full).files.export()
    const other = profile({ connections: [aConnection(patch)] })
    await expect(other.files.import(exported)).rejects.toMatchObject({ code: 'name-taken' })
    expect(await other.connections.all()).toHaveLength(1)
    expect(await other.definitions.all()).toEqual([])
  })

  it('says what it would do before anything is changed', async () => {
    const exported = await profile(full).files.export()
    expect(await profile().files.plan(exported)).toEqual({
      connections: { added: ['Acme EU', 'Calls'], kept: [] },
      definitions: {
        added: ['Acme EU › Standard Accounting Extract', 'Calls › Monthly calls'],
        replaced: [],
      },
      schedules: { added: ['Month end'], replaced: [] },
      left: { connections: 0, definitions: 0, schedules: 0 },
    })
    const same = profile(full)
    const was = JSON.stringify([await same.connections.all(), await same.definitions.all()])
    const smaller = { ...exported, schedules: [], definitions: exported.definitions.slice(0, 1) }
    expect(await same.files.plan(smaller)).toEqual({
      connections: { added: [], kept: ['Acme EU', 'Calls'] },
      definitions: { added: [], replaced: ['Acme EU › Standard Accounting Extract'] },
      schedules: { added: [], replaced: [] },
      left: { connections: 0, definitions: 1, schedules: 1 },
    })
    expect(JSON.stringify([await same.connections.all(), await same.definitions.all()])).toBe(was)
    expect([same.scheduled, same.before]).toEqual([[], []])
  })

  it('leaves behind what was there before it, and importing that brings it back', async () => {
    const other = profile(full)
    const was = await other.files.export()
    const changed = was.definitions.map(one => ({
      ...one,
      destination: one.destination && { ...one.destination, folder: '/elsewhere' },
    }))
    await other.files.import({ ...was, definitions: changed })
    expect((await other.files.export()).definitions).toEqual(changed)
    const [before] = other.before
    await other.files.import(JSON.parse(before ?? ''))
    expect(await other.files.export()).toEqual(was)
  })

  it('adds no connection where IT decides who is connected', async () => {
    const exported = await profile(full).files.export()
    const fixed = profile({ policy: { ...unmanaged, connections: 'fixed' } })
    await expect(fixed.files.plan(exported)).rejects.toMatchObject({
      code: 'forbidden',
      facts: { reason: 'managed-connections' },
    })
    await expect(fixed.files.import(exported)).rejects.toMatchObject({ code: 'forbidden' })
    expect([await fixed.connections.all(), fixed.before]).toEqual([[], []])
    const there = profile({ ...full, policy: { ...unmanaged, connections: 'fixed' } })
    expect((await there.files.import(exported)).connections.added).toEqual([])
  })

  it('is refused before anything is written, naming what is wrong', async () => {
    const exported = JSON.parse(JSON.stringify(await profile(full).files.export()))
    const wrong: readonly [unknown, string][] = [
      [null, 'format'],
      [{ ...exported, version: 2 }, 'version'],
      [{ ...exported, more: 1 }, 'more'],
      [{ ...exported, connections: [{ ...exported.connections[0], secret: 'x' }] }, 'connections.0.secret'],
      [{ ...exported, connections: [...exported.connections, exported.connections[0]] }, 'connections'],
      [{ ...exported, connections: [{ ...exported.connections[0], url: 'http://x' }] }, 'url'],
      [{ ...exported, connections: [exported.connections[1]] }, 'connection'],
      [{ ...exported, definitions: [] }, 'schedules'],
      [{ ...exported, schedules: [{ ...exported.schedules[0], missed: 'never' }] }, 'schedules.0.missed'],
    ]
    for (const [file, field] of wrong) {
      const other = profile()
      await expect(other.files.import(file)).rejects.toMatchObject({ code: 'bad-input', facts: { field } })
      expect(await other.connections.all()).toEqual([])
    }
  })
})
