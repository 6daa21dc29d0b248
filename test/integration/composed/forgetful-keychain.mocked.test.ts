import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { startPractice } from '../../../main/practice/index.ts'
import type { ChainView } from '../../../preload/contract/receipts.ts'
import type {
  ConnectionView,
  DefinitionView,
  JobView,
  NewConnection,
} from '../../../preload/contract/types.ts'
import { type ComposedWindow, composedWorld } from '../../fakes/composed-desk.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { MemoryKeychain } from '../../fakes/memory-keychain.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/* A desk over two starts, on a computer whose keychain does not last. */

let open: Awaited<ReturnType<typeof composedWorld>>
const closing: (() => Promise<void>)[] = []

beforeEach(async () => {
  open ??= await composedWorld({ clock: systemClock, home: tempFolder() })
  open.world.keychain = new MemoryKeychain()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function setUp(keychain: MemoryKeychain) {
  const profile = tempFolder()
  const folder = join(profile, 'in')
  mkdirSync(folder)
  open.world.folder = folder
  open.world.keychain = keychain
  const practice = await startPractice({ speed: 200 })
  closing.push(practice.close)
  const secrets = practice.concur.signIn['refresh-token']
  const start = async (): Promise<ComposedWindow> => {
    const window = await open.openWindow(profile)
    closing.push(window.stop)
    return window
  }
  const window = await start()
  const connection = await window.call<ConnectionView>('connections.add', {
    name: 'Acme',
    system: 'concur',
    url: practice.concur.url,
    mark: 'practice',
    auth: 'refresh-token',
    keep: 'keychain',
    secrets,
  } satisfies NewConnection)
  const definitions = await window.call<readonly DefinitionView[]>('definitions.refresh', connection.id)
  const definition = definitions.find(({ name }) => name === 'Cash Advances')
  if (!definition) throw new Error('The practice server has this definition')
  await window.call('settings.chooseFolder')
  await window.call('definitions.saveDestination', definition.id, { ...aDestination, folder })
  return { practice, secrets, connection, definition, window, start }
}

async function delivered(window: ComposedWindow, definition: DefinitionView, again: boolean): Promise<void> {
  const { id } = await window.call<JobView>('jobs.run', definition.id, again)
  const lastJob = async () =>
    (await window.snapshot()).definitions.find(one => one.id === definition.id)?.lastJob
  await expect.poll(lastJob, { timeout: 60_000 }).toMatchObject({ id, delivery: { state: 'delivered' } })
}

const needsOf = async (window: ComposedWindow) => (await window.snapshot()).activity.needs
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'worked',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('a keychain that takes secrets and keeps nothing', () => {
  it('the sign-in is good until quit and says so; the next start asks for it again', async () => {
    const keychain = new MemoryKeychain()
    keychain.forgets = true
    const { connection, definition, secrets, window, start } = await setUp(keychain)
    expect(connection).toMatchObject({
      secrets: 'session',
      signIn: { state: 'ok', error: { code: 'keychain-forgets' } },
    })
    await expect
      .poll(() => needsOf(window))
      .toMatchObject([{ kind: 'session-only', error: { code: 'keychain-forgets' } }])
    await delivered(window, definition, false)
    await window.stop()
    expect(keychain.entries.size).toBe(0)

    const second = await start()
    expect(await needsOf(second)).toMatchObject([{ kind: 'session-only', error: null }])
    expect(await codeOf(second.call('connections.test', connection.id))).toBe('secrets-missing')
    const { connections } = await second.snapshot()
    expect(connections).toMatchObject([{ id: connection.id, name: 'Acme', secrets: 'none' }])
    await second.call('connections.signIn', connection.id, secrets, 'session')
    await expect.poll(() => needsOf(second)).toEqual([])
    await delivered(second, definition, true)
    // No key could be kept: the receipts stand, and it is said that they are not proven.
    expect(await second.call<ChainView>('receipts.checkChain')).toMatchObject({
      receipts: 2,
      findings: [],
      unproven: { receipts: 2, why: 'key-missing' },
    })
  })
})

describe('a keychain that was emptied between two starts', () => {
  it('asks for a sign-in, wipes nothing, and the chain of receipts goes on', async () => {
    const keychain = new MemoryKeychain()
    const { connection, definition, secrets, window, start } = await setUp(keychain)
    expect(connection).toMatchObject({ secrets: 'keychain', signIn: { error: null } })
    await delivered(window, definition, false)
    expect(await window.call<ChainView>('receipts.checkChain')).toMatchObject({
      findings: [],
      unproven: null,
    })
    await window.stop()
    keychain.entries.clear()

    const second = await start()
    expect(await codeOf(second.call('connections.test', connection.id))).toBe('secrets-missing')
    await expect
      .poll(() => needsOf(second))
      .toMatchObject([{ kind: 'sign-in', connectionId: connection.id, error: { code: 'secrets-missing' } }])
    const { definitions } = await second.snapshot()
    expect(definitions.find(({ id }) => id === definition.id)?.destination).toMatchObject(
      definition.destination ?? {},
    )
    await second.call('connections.signIn', connection.id, secrets, 'keychain')
    await expect.poll(() => needsOf(second)).toEqual([])
    await delivered(second, definition, true)
    expect(await second.call<ChainView>('receipts.checkChain')).toMatchObject({
      receipts: 2,
      findings: [],
      unproven: { receipts: 1 },
    })
  })
})
