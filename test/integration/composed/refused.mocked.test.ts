import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { type Practice, startPractice } from '../../../main/practice/index.ts'
import type {
  ConnectionView,
  DefinitionView,
  JobView,
  NewConnection,
} from '../../../preload/contract/types.ts'
import type { AuthKind, SystemName } from '../../../preload/contract/words.ts'
import { type ComposedWindow, composedWorld } from '../../fakes/composed-desk.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/* Two windows and a command as they are composed, on one profile, and a server that refuses: by its own record, once. */

type Kind = {
  readonly system: SystemName
  readonly auth: AuthKind
  /** The requests that use the secret. */
  readonly uses: RegExp
}
const kinds: readonly Kind[] = [
  { system: 'concur', auth: 'refresh-token', uses: /^\/oauth2\/v0\/token$/ },
  { system: 'concur', auth: 'client-credentials', uses: /^\/oauth2\/v0\/token$/ },
  { system: 'concur', auth: 'password', uses: /^\/oauth2\/v0\/token$/ },
  { system: 'concur', auth: 'access-token', uses: /^\/api\// },
  { system: 'icws', auth: 'password', uses: /^\/icws\/connection(\?|$)/ },
  { system: 'vault', auth: 'password', uses: /\/auth$/ },
  { system: 'vault', auth: 'access-token', uses: /^\/api\// },
]

let open: Awaited<ReturnType<typeof composedWorld>>
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  open = await composedWorld({ clock: systemClock, home: tempFolder() })
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function secretsOf(practice: Practice, { system, auth }: Kind): NewConnection['secrets'] {
  const all: Readonly<Record<string, NewConnection['secrets']>> = practice[system].signIn
  const secrets = all[auth]
  if (secrets === undefined) throw new Error(`There is no ${auth} at ${system}`)
  return secrets
}

async function setUp(kind: Kind) {
  const profile = tempFolder()
  const folder = join(profile, 'in')
  mkdirSync(folder)
  const practice = await startPractice({ speed: 0.05 })
  closing.push(practice.close)
  const windows: ComposedWindow[] = []
  async function window(): Promise<ComposedWindow> {
    const opened = await open.openWindow(profile)
    closing.push(opened.stop)
    windows.push(opened)
    return opened
  }
  const first = await window()
  const secrets = secretsOf(practice, kind)
  const connection = await first.call<ConnectionView>('connections.add', {
    name: 'Acme',
    system: kind.system,
    url: practice[kind.system].url,
    mark: 'practice',
    auth: kind.auth,
    keep: 'keychain',
    secrets,
  } satisfies NewConnection)
  const definition = await definitionOf(first, practice, connection)
  open.world.folder = folder
  await first.call('settings.chooseFolder')
  await first.call('definitions.saveDestination', definition.id, { ...aDestination, folder })
  // A job that is under way all the while: slow enough to outlive the refusal.
  const { id: job } = await first.call<JobView>('jobs.run', definition.id, false)
  const uses = () =>
    practice.requests.filter(({ system, path }) => system === kind.system && kind.uses.test(path)).length
  return { profile, practice, connection, definition, secrets, job, first, window, uses }
}

async function definitionOf(
  window: ComposedWindow,
  practice: Practice,
  { id, system }: ConnectionView,
): Promise<DefinitionView> {
  if (system === 'icws') {
    const [sample] = practice.icws.samples
    return window.call<DefinitionView>('definitions.add', id, sample)
  }
  if (system === 'vault') {
    const [[name, request] = []] = Object.entries(practice.vault.requests)
    return window.call<DefinitionView>('definitions.add', id, { name, request })
  }
  const found = (await window.call<readonly DefinitionView[]>('definitions.refresh', id)).find(
    one => one.name === 'Cash Advances',
  )
  if (!found) throw new Error('The practice server has this definition')
  return found
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'worked',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('a secret that is refused while two windows and a command work on one profile', () => {
  it.each(kinds)('$system $auth: is used once, and its jobs wait', async kind => {
    const it = await setUp(kind)
    const second = await it.window()
    const command = await open.openCommand(it.profile)
    closing.push(command.stop)
    // Every session of before is over, as after a night: the next use signs in.
    it.practice.scenario('refused', kind.system)
    await it.first.call('connections.pin', it.connection.id, null)
    const before = it.uses()

    const test = (window: ComposedWindow) => codeOf(window.call('connections.test', it.connection.id))
    const list = () => codeOf(command.open.desk.jobs.listed(it.connection.id as never))
    // A token that a user gave is proved by no sign-in, so that the first to use it is let go first.
    const alone = kind.auth === 'access-token' ? [await test(it.first)] : []
    const codes = [
      ...alone,
      ...(await Promise.all([test(it.first), test(second), list(), test(second), list()])),
    ]
    expect(it.uses() - before, codes.join(' ')).toBe(1)
    for (const code of codes) expect(code).toMatch(/^sign-in-(refused|expired|waiting)$/)
    for (const window of [it.first, second]) {
      const { connections, activity } = await window.snapshot()
      expect(connections).toMatchObject([{ signIn: { state: expect.stringMatching(/^(refused|expired)$/) } }])
      expect(activity.needs.filter(({ kind: need }) => need === 'sign-in')).toHaveLength(1)
      // It waits; it has not failed.
      expect(activity.running.map(({ id, state }) => [id, state])).toEqual([
        [it.job, expect.stringMatching(/^(submitted|queued|running|completed)$/)],
      ])
    }
    // A third process that starts later tries nothing either.
    const third = await it.window()
    expect(await test(third)).toBe('sign-in-waiting')
    expect(it.uses() - before).toBe(1)

    it.practice.scenario('normal', kind.system)
    await second.call('connections.signIn', it.connection.id, it.secrets, 'keychain')
    for (const window of [it.first, second, third]) expect(await test(window)).toBe('worked')
    expect(await list()).toBe('worked')
    const { connections } = await it.first.snapshot()
    expect(connections).toMatchObject([{ signIn: { state: 'ok' } }])
  })
})
