import { describe, expect, test } from 'vitest'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import type { Connection } from '../../../main/core/connections/types.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { addMillis } from '../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const acme: Connection = {
  id: connectionId('connection-1'),
  name: 'Acme EU',
  system: 'concur',
  url: 'https://www-eu2.api.concursolutions.com',
  mark: 'production',
  auth: 'refresh-token',
  keep: 'keychain',
  origin: null,
  outputMaps: [],
  certificateSha256: null,
  signIn: { state: 'unknown', expiresAt: null, error: null, changedAt: fakeStart },
  createdAt: fakeStart,
  removedAt: null,
}
const other = (name: string, more: Partial<Connection> = {}): Connection => ({
  ...acme,
  id: connectionId('connection-2'),
  name,
  ...more,
})

function fixture() {
  const database = tempDatabase()
  const log = memoryLog()
  return { database, log, connections: createConnectionsRepository(database, fakeClock(), log) }
}

test('a connection comes back as it was saved', async () => {
  const { connections } = fixture()
  const refused: Connection = {
    ...acme,
    origin: 'https://www-us2.api.concursolutions.com',
    signIn: {
      state: 'refused',
      expiresAt: addMillis(fakeStart, 1000),
      error: { code: 'sign-in-refused', facts: { concurCode: 5 }, said: 'no', correlationId: 'desk-1' },
      changedAt: addMillis(fakeStart, 5),
    },
  }
  await connections.save(acme, 'added')
  expect(await connections.find(acme.id)).toEqual(acme)
  await connections.save(refused, 'sign-in refused')
  expect(await connections.find(acme.id)).toEqual(refused)
  expect(await connections.find(connectionId('connection-9'))).toBeNull()
})

test('each change has its entry in the journal', async () => {
  const { connections, database } = fixture()
  await connections.save(acme, 'added')
  await connections.save({ ...acme, signIn: { ...acme.signIn, state: 'ok' } }, 'signed in')
  await connections.save(
    { ...acme, signIn: { ...acme.signIn, state: 'ok' }, removedAt: fakeStart },
    'removed',
  )
  expect(
    database.all('SELECT entity, entity_id, from_state, to_state, why FROM journal ORDER BY seq'),
  ).toEqual([
    { entity: 'connection', entity_id: 'connection-1', from_state: null, to_state: 'unknown', why: 'added' },
    {
      entity: 'connection',
      entity_id: 'connection-1',
      from_state: 'unknown',
      to_state: 'ok',
      why: 'signed in',
    },
    {
      entity: 'connection',
      entity_id: 'connection-1',
      from_state: 'ok',
      to_state: 'removed',
      why: 'removed',
    },
  ])
})

describe('names', () => {
  test.each(['Acme EU', 'ACME eu', 'Acme EU'.normalize('NFD')])('%s is taken', async name => {
    const { connections, database } = fixture()
    await connections.save(acme, 'added')
    await expect(connections.save(other(name), 'added')).rejects.toMatchObject({
      code: 'name-taken',
      facts: { name },
    })
    expect(database.get('SELECT count(*) AS n FROM journal')).toEqual({ n: 1 })
  })

  test('that of a removed connection is free again, and one may keep its own', async () => {
    const { connections } = fixture()
    await connections.save(acme, 'added')
    await connections.save(acme, 'again')
    await connections.save({ ...acme, removedAt: fakeStart }, 'removed')
    await connections.save(other('acme eu'), 'added')
    await connections.save({ ...acme, removedAt: addMillis(fakeStart, 1) }, 'removed again')
    expect((await connections.all()).map(({ id, name }) => [id, name])).toEqual([
      ['connection-1', 'Acme EU'],
      ['connection-2', 'acme eu'],
    ])
  })
})

test('a row that cannot be read hides no other', async () => {
  const { connections, database, log } = fixture()
  await connections.save(acme, 'added')
  await connections.save(other('B'), 'added')
  database.transaction(tx => tx.run("UPDATE connections SET sign_in_error = '{' WHERE id = 'connection-1'"))
  expect((await connections.all()).map(({ id }) => id)).toEqual(['connection-2'])
  expect(log.entries).toMatchObject([{ event: 'database.row-unreadable', facts: { table: 'connections' } }])
})
