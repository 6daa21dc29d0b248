import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { errorView } from '../../../main/core/errors.ts'
import { type Practice, startPractice } from '../../../main/practice/index.ts'
import { channels } from '../../../preload/contract/channels.ts'
import type { BundleText } from '../../../preload/contract/support.ts'
import { bundleParts } from '../../../preload/contract/support.ts'
import type {
  ConnectionView,
  DefinitionView,
  JobView,
  NewConnection,
} from '../../../preload/contract/types.ts'
import type { AuthKind, SystemName } from '../../../preload/contract/words.ts'
import { type ComposedWindow, composedWorld } from '../../fakes/composed-desk.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { MemoryKeychain } from '../../fakes/memory-keychain.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'
import { filesBelow, found, type Searched, sessionKeys, unpacked } from './planted.ts'

/*
 * The desk as it is composed, with the secrets of all three systems, of the proxy, of refused sign-ins and of addresses,
 * at work: a job of each is run and delivered. Then everything that leaves it is searched. What only Electron writes
 * (crash reports, the arguments of its processes) is not here.
 */

const kinds: readonly (readonly [SystemName, AuthKind])[] = [
  ['concur', 'refresh-token'],
  ['icws', 'password'],
  ['vault', 'password'],
  ['vault', 'access-token'],
]
const planted = new Map([
  ['proxy password', 'canary-Proxy "pw" 1'],
  ['refused password', 'canary-Refused/pw+2'],
  ['password in an address', 'canary-address-3'],
  ['password in a script’s address', 'canary-script-4'],
])
/** What is no secret of a bundle (main/core/connections/secret-store.ts). */
const plain = ['scheme', 'username', 'userId']

const keychain = new MemoryKeychain()
const profile = tempFolder()
const heard: Searched[] = []
const called = new Set<string>()
let open: Awaited<ReturnType<typeof composedWorld>>
let practice: Practice
let window: ComposedWindow
/** As everything stood when the work was done: folders of tests do not outlive them. */
let searched: readonly Searched[] = []
let stop: () => Promise<void> = async () => {}

const secretsOf = (system: SystemName, auth: AuthKind): Readonly<Record<string, string>> => {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = practice[system].signIn
  return all[auth] ?? {}
}

/** A call, of which all that comes back is kept: its value, or its error as it crosses the bridge. */
async function call<T>(channel: string, ...args: unknown[]): Promise<T | null> {
  called.add(channel)
  const hear = (value: unknown) =>
    heard.push({ where: `the answer to ${channel}`, bytes: Buffer.from(JSON.stringify(value ?? null)) })
  try {
    const value = await window.call<T>(channel, ...args)
    hear(value)
    return value
  } catch (error) {
    hear(errorView(error))
    return null
  }
}

function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error(heard.at(-1)?.bytes.toString() ?? 'nothing')
  return value
}

async function definitionOf({ id, system }: ConnectionView): Promise<DefinitionView> {
  if (system === 'icws') return there(await call('definitions.add', id, practice.icws.samples[0]))
  if (system === 'vault') {
    const [[name, request] = []] = Object.entries(practice.vault.requests)
    return there(await call('definitions.add', id, { name, request }))
  }
  const listed = there(await call<readonly DefinitionView[]>('definitions.refresh', id))
  return there(listed.find(({ name }) => name === 'Cash Advances'))
}

type Worked = {
  readonly connection: ConnectionView
  readonly definition: DefinitionView
  readonly job: JobView
}

async function work(system: SystemName, auth: AuthKind): Promise<Worked> {
  const connection = there(
    await call<ConnectionView>('connections.add', {
      name: `${system} ${auth}`,
      system,
      url: practice[system].url,
      mark: 'practice',
      auth,
      keep: 'keychain',
      secrets: secretsOf(system, auth),
      ...(system === 'icws' ? { outputMaps: practice.icws.outputMaps } : {}),
    } satisfies NewConnection),
  )
  const definition = await definitionOf(connection)
  await call('definitions.saveDestination', definition.id, {
    ...aDestination,
    folder: there(open.world.folder),
  })
  const job = there(await call<JobView>('jobs.run', definition.id, false))
  const lastJob = async () =>
    (await window.snapshot()).definitions.find(({ id }) => id === definition.id)?.lastJob?.delivery?.state
  await vi.waitFor(async () => expect(await lastJob(), `${system} ${auth}`).toMatch(/^delivered/), {
    timeout: 30_000,
    interval: 100,
  })
  return { connection, definition, job }
}

/** Everything that is refused for its secret, and secrets in places where they do not belong. */
async function misuse(): Promise<void> {
  const [refused, address, script] = [
    'refused password',
    'password in an address',
    'password in a script’s address',
  ]
  const secretOf = (name: string | undefined) => there(planted.get(name ?? ''))
  for (const system of ['concur', 'icws', 'vault'] as const) {
    const given = secretsOf(system, 'password')
    const input = {
      name: `Wrong ${system}`,
      system,
      mark: 'practice',
      auth: 'password',
      keep: 'keychain',
    } as const
    const { url } = practice[system]
    const secrets = { ...given, password: secretOf(refused) }
    await call('connections.add', { ...input, url, secrets } satisfies NewConnection)
    const within = url.replace('://', `://anna:${secretOf(address)}@`)
    await call('connections.add', { ...input, url: within, secrets: given } satisfies NewConnection)
  }
  await call('settings.proxySignIn', 'anna', secretOf('proxy password'))
  const url = `http://anna:${secretOf(script)}@127.0.0.1/proxy.pac`
  await call('settings.change', { proxy: { mode: 'pac', url } })
}

async function readAll({ connection, definition, job }: Worked): Promise<void> {
  const { definitions } = await window.snapshot()
  const receipt = there(definitions.find(({ id }) => id === definition.id)?.lastReceipt).id
  const destination = { ...aDestination, folder: open.world.folder }
  await call('connections.test', connection.id)
  await call('practice.scenario', connection.id)
  await call('definitions.refresh', connection.id)
  await call('definitions.jobs', definition.id)
  await call('definitions.dryRun', destination, definition.id)
  await call('definitions.tryFolder', open.world.folder, definition.id)
  await call('jobs.plan', definition.id)
  await call('jobs.listed', connection.id)
  await call('jobs.requestOf', job.id)
  await call('doctor.examine', connection.id)
  await call('doctor.last', connection.id)
  await call('doctor.save', connection.id)
  await call('checks.trend', definition.id)
  await call('checks.ofReceipt', receipt)
  await call('receipts.show', receipt)
  await call('receipts.verify', receipt)
  await call('receipts.review', receipt)
  await call('inside.open', { receiptId: receipt, fileIndex: 0, entry: null }, 'work-1')
  await call('receipts.save', [receipt], 'json')
  await call('receipts.save', [receipt], 'zip')
}

async function readTheRest(): Promise<void> {
  await call('receipts.checkChain')
  const recurrence = { kind: 'daily', time: '06:00', days: 'all' }
  await call('schedules.preview', { recurrence, zone: 'UTC', holidays: [], skipHolidays: false })
  await call('history.search', {
    text: '',
    connectionId: null,
    outcome: 'any',
    since: null,
    offset: 0,
    limit: 100,
  })
  await call('settings.exportFile')
  await call('updates.check')
  await call('app.snapshot')
  const bundle = there(await call<string>('support.begin'))
  for (const kind of bundleParts) {
    await call('support.collect', bundle, kind)
    for (let next: number | null = 0; next !== null; )
      next = there<BundleText>(await call('support.read', bundle, kind, next)).next
  }
  await call('support.save', bundle)
}

/** Calls that change something and tell of nothing but that, or that ask the desktop alone. */
const changing: readonly string[] = [
  ...['connections.signIn', 'connections.remove', 'connections.mapFolders', 'connections.pin'],
  ...['connections.practise', 'practice.choose', 'definitions.change', 'definitions.remove'],
  ...['definitions.restore', 'definitions.favourite', 'definitions.chooseFile', 'definitions.watch'],
  ...['jobs.settle', 'jobs.deliver', 'jobs.cancel', 'jobs.track', 'doctor.stop', 'support.leave'],
  ...['deliveries.retry', 'deliveries.cancel', 'checks.mark', 'receipts.showInFolder'],
  ...['schedules.save', 'schedules.remove', 'schedules.restore', 'schedules.pause', 'schedules.answer'],
  ...['schedules.ledger', 'schedules.chooseHolidays', 'settings.chooseFolder', 'settings.showLogs'],
  ...['settings.chooseImport', 'settings.importChosen', 'updates.restart', 'updates.later'],
  ...['app.ready', 'app.unsaved'],
]

beforeAll(async () => {
  open = await composedWorld({ clock: systemClock, home: tempFolder() })
  const folder = join(tempFolder(), 'in')
  mkdirSync(folder)
  Object.assign(open.world, { folder, keychain })
  practice = await startPractice({ speed: 200 })
  window = await open.openWindow(profile)
  stop = async () => {
    await window.stop()
    await practice.close()
  }
  for (const chosen of [...practice.icws.outputMaps.map(({ local }) => local), folder]) {
    open.world.folder = chosen
    await window.call('settings.chooseFolder')
  }
  const worked: Worked[] = []
  for (const [system, auth] of kinds) worked.push(await work(system, auth))
  await misuse()
  for (const one of worked) await readAll(one)
  await readTheRest()
  searched = places()
})
afterAll(() => stop())

/** All secrets that were there: typed, stored, and those of the sessions that they opened. */
function secrets(): ReadonlyMap<string, string> {
  const typed = kinds.flatMap(([system, auth]) =>
    Object.entries(secretsOf(system, auth))
      .filter(([field]) => !plain.includes(field))
      .map(([field, secret]) => [`${system} ${auth} ${field}`, secret] as const),
  )
  return new Map([...typed, ...planted, ...sessionKeys(practice.requests)])
}

const places = (): readonly Searched[] => [
  ...filesBelow(profile),
  ...heard,
  ...window.changes.map(change => ({ where: 'a change', bytes: Buffer.from(JSON.stringify(change)) })),
  ...open.world.notes.map(note => ({ where: 'a notification', bytes: Buffer.from(JSON.stringify(note)) })),
  ...unpacked(open.world.saved),
]

describe('the secrets of a desk at work', () => {
  it('stand in its keychain', () => {
    const kept = [...keychain.entries.values()].join('\n')
    for (const name of [
      'concur refresh-token refreshToken',
      'vault access-token accessToken',
      'icws password password',
    ])
      expect(kept, name).toContain(secrets().get(name))
    expect(kept).toContain(JSON.stringify(planted.get('proxy password')).slice(1, -1))
    // Of every system at least one session was open.
    const systems = [...sessionKeys(practice.requests).keys()].map(name => name.split(' ')[0])
    expect(new Set(systems)).toEqual(new Set(['concur', 'icws', 'vault']))
  })

  it('stand nowhere else: not in its files, in answers to the window, in notifications, in what it saves', () => {
    expect(found(secrets(), searched)).toEqual([])
  })

  it('were looked for in every call that there is, and where something stands', () => {
    const all = Object.entries(channels).flatMap(([domain, names]) => names.map(name => `${domain}.${name}`))
    const inside = all.filter(channel => channel.startsWith('inside.'))
    expect(
      [...called, ...changing, ...inside].filter((one, at, list) => list.indexOf(one) === at).sort(),
    ).toEqual([...all].sort())
    const names = searched.map(({ where }) => where)
    for (const name of ['desk.db', 'desk.db-wal', 'logs/extract-desk.log', 'a change', 'a notification'])
      expect(names).toContain(name)
    for (const part of ['logs.jsonl', 'raw-answers.jsonl', 'network-doctor.txt'])
      expect(names).toContainEqual(expect.stringMatching(new RegExp(`support.*zip: ${part}`)))
  })

  it('would be found wherever they stood', () => {
    const folder = tempFolder()
    for (const [name, secret] of secrets()) {
      const one = new Map([[name, secret]])
      writeFileSync(join(folder, 'desk.db-wal'), Buffer.concat([Buffer.alloc(100), Buffer.from(secret)]))
      expect(found(one, filesBelow(folder))).toEqual([`${name} in desk.db-wal`])
      const message = Buffer.from(JSON.stringify({ said: `for ${secret}` }))
      expect(found(one, [{ where: 'message', bytes: message }])).toEqual([`${name} in message`])
      const link = Buffer.from(new URL(`http://h/?t=${encodeURIComponent(secret)}`).href)
      expect(found(one, [{ where: 'link', bytes: link }])).toEqual([`${name} in link`])
    }
  })
})
