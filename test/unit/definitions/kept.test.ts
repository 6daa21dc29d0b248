import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import {
  changedKept,
  keptDefinition,
  refuseUnkept,
  restoredKept,
} from '../../../main/core/definitions/kept.ts'
import { othersOf } from '../../../main/core/definitions/others.ts'
import { refreshed } from '../../../main/core/definitions/refresh.ts'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId, definitionId, remoteId } from '../../../main/core/ids.ts'
import type { KnownSystem } from '../../../main/core/systems/system.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { fakeSystem } from '../../fakes/fake-system.ts'
import { aConnection, memoryConnections } from '../../fakes/memory-connections.ts'
import { aDefinition, memoryDefinitions } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const connection = aConnection().id

function setUp(capabilities: Parameters<typeof fakeSystem>[1] = { definitions: 'kept' }) {
  const system: KnownSystem = {
    ...fakeSystem(fakeClock(), capabilities),
    readRequest(request) {
      if (typeof request !== 'object' || request === null || 'unheardOf' in request)
        throw new AppError('bad-input', { facts: { field: 'request' } })
      return { ...request, checked: true }
    },
  }
  const removed = aConnection({ id: connectionId('connection-removed'), removedAt: fakeStart })
  return {
    definitions: memoryDefinitions(),
    connections: memoryConnections(aConnection(), removed),
    system: () => system,
    ids: countingIds(),
  }
}

describe('a definition that we keep', () => {
  test('has its checked request, a name of its own, and an id that no system gave', async () => {
    const parts = setUp()
    const made = await keptDefinition(parts, connection, { name: '  Calls ', request: { a: 1 } })
    expect(made).toMatchObject({
      kind: 'kept',
      name: 'Calls',
      request: { a: 1, checked: true },
      remoteId: made.id,
      watch: false,
    })
    await parts.definitions.save([made])
    const twice = keptDefinition(parts, connection, { name: 'cALLS', request: {} })
    await expect(twice).rejects.toMatchObject({ code: 'name-taken' })
    const changed = await changedKept(parts, made, { name: 'CALLS', request: { b: 2 } })
    expect(changed).toMatchObject({ id: made.id, name: 'CALLS', request: { b: 2, checked: true } })
    await parts.definitions.save([{ ...changed, removed: true }])
    await expect(keptDefinition(parts, connection, { name: 'Calls', request: {} })).resolves.toBeDefined()
  })

  test.each([
    ['where the server keeps them', { definitions: 'server' }, connection, {}, 'not-supported'],
    ['of a connection that was removed', {}, connectionId('connection-removed'), {}, 'not-found'],
    ['of no connection', {}, connectionId('none'), {}, 'not-found'],
    ['with a request that the system does not take', {}, connection, { unheardOf: 1 }, 'bad-input'],
  ] as const)('is refused %s', async (_, capabilities, id, request, code) => {
    const parts = setUp({ definitions: 'kept', ...capabilities })
    await expect(keptDefinition(parts, id, { name: 'Calls', request })).rejects.toMatchObject({ code })
  })

  test('is not taken away by a refresh, nor are the others; a server’s own cannot be changed here', async () => {
    const kept = aDefinition({ id: definitionId('definition-k'), remoteId: remoteId('k'), kind: 'kept' })
    const others = aDefinition({ id: definitionId('definition-o'), remoteId: remoteId('*'), kind: 'others' })
    expect(refreshed(connection, [kept, others], [], () => definitionId('new'))).toEqual([kept, others])
    expect(() => refuseUnkept(aDefinition())).toThrow(AppError)
    await expect(changedKept(setUp(), aDefinition(), { name: 'x', request: {} })).rejects.toMatchObject({
      code: 'not-supported',
    })
  })
})

describe('a definition that was removed', () => {
  const removed = (patch: Parameters<typeof aDefinition>[0] = {}) =>
    aDefinition({ kind: 'kept', name: 'Calls', request: {}, removed: true, favourite: true, ...patch })

  test('comes back as it was', async () => {
    const definition = removed()
    expect(await restoredKept(setUp(), definition)).toEqual({ ...definition, removed: false })
  })

  test('does not take a name that another one has by now', async () => {
    const parts = setUp({ definitions: 'kept' })
    await parts.definitions.save([
      aDefinition({ id: definitionId('other'), remoteId: remoteId('other'), kind: 'kept', name: 'calls' }),
    ])
    await expect(restoredKept(parts, removed())).rejects.toMatchObject({ code: 'name-taken' })
  })

  test('is not one of the server’s', async () => {
    await expect(restoredKept(setUp(), removed({ kind: 'server' }))).rejects.toMatchObject({
      code: 'not-supported',
    })
  })
})

test('the connection’s other jobs stand under one definition, whoever needs it first, in every process', async () => {
  const first = tempDatabase()
  const rooms = [first, tempDatabase(dirname(first.file))].map(database => ({
    definitions: createDefinitionsRepository(database, memoryLog()),
    ids: countingIds(),
  }))
  const [one, two] = rooms
  if (!one || !two) throw new Error('no rooms')
  // Its id would be the same one: another process makes others.
  two.ids.next('definition')
  const both = await Promise.all([othersOf(one, connection), othersOf(two, connection)])
  expect(both[0].id).toBe(both[1].id)
  expect(await othersOf(two, connection)).toEqual(both[0])
  expect(
    (await one.definitions.ofConnection(connection)).filter(({ kind }) => kind === 'others'),
  ).toHaveLength(1)
  expect(both[0]).toMatchObject({ kind: 'others', request: null, watch: false })
})
