import { listen, type Transit } from '../loopback.ts'
import type { RequestLog } from '../requests.ts'
import type { Scenario } from '../scenarios.ts'
import { openStore, stateFile } from '../state-file.ts'
import { accounts, signInOf, type VaultSignIn } from './accounts.ts'
import { documents, unexportable } from './documents.ts'
import { history, scheduledId } from './jobs.ts'
import type { VaultState } from './state.ts'
import { answer } from './vault-api.ts'
import type { World } from './world.ts'

export type VaultPractice = {
  /** The vault that a connection is given, `http://127.0.0.1:PORT`. */
  url: string
  /** Of a vault owner, for whom the root of the staging server is the whole of it. */
  signIn: VaultSignIn
  /** Of a user without rights beyond their own exports, whose root is their own folder. */
  reader: VaultSignIn
  /** Of a user of another vault, who is let into that one without a word. */
  stray: VaultSignIn
  /** Requests that can be kept as definitions, by what they show. */
  requests: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** How many jobs were really started. History does not count. */
  started(): number
}

export type VaultOptions = Readonly<{
  port: number
  seed: number
  speed: number
  largeBytes: number
  stateDir: string | undefined
  now: () => number
  scenario: () => Scenario
  log: RequestLog
  transit: Transit
}>

const fresh = (seed: number, now: number): VaultState => ({
  version: 1,
  port: 0,
  since: now,
  jobs: history(seed, now),
  sessions: [],
  asked: {},
  serial: 0,
})

const requests: VaultPractice['requests'] = {
  'All documents': { kind: 'documents', query: 'SELECT id FROM documents' },
  'Two documents': { kind: 'documents', documents: [{ id: '11' }, { id: '12' }] },
  'A document that cannot be exported': {
    kind: 'documents',
    documents: [{ id: '11' }, { id: unexportable }],
  },
  Versions: {
    kind: 'versions',
    versions: documents
      .slice(0, 2)
      .map(({ id, major, minor }) => ({ id, major: String(major), minor: String(minor) })),
  },
  Binder: { kind: 'binder', binder: '454' },
  Products: { kind: 'loader', objects: [{ object: 'product__v', fields: ['id', 'name__v'] }] },
  'Latest changes': { kind: 'direct-data', extractType: 'incremental_directdata' },
  'Everything, daily': { kind: 'direct-data', extractType: 'full_directdata' },
  'Weekly export, now': { kind: 'job', jobId: String(scheduledId) },
}

/** Serves a Veeva vault. */
export async function startVault(options: VaultOptions): Promise<VaultPractice & { close(): Promise<void> }> {
  const { seed, now, log } = options
  const store = openStore(stateFile<VaultState>(options.stateDir, `vault-${seed}`), 1, () =>
    fresh(seed, now()),
  )
  let origin = ''
  const world: World = {
    seed,
    speed: options.speed,
    largeBytes: options.largeBytes,
    now,
    scenario: options.scenario,
    origin: () => origin,
    store,
    burst: [],
    wrongPasswords: new Map(),
    sessionUses: new Map(),
    archives: new Map(),
    turns: new Map(),
  }
  const serve = (port: number) =>
    listen({
      system: 'vault',
      port,
      log,
      now,
      transit: options.transit,
      handler: request => answer(world, request),
    })
  const server = await serve(options.port || store.state.port).catch((error: NodeJS.ErrnoException) => {
    if (options.port > 0 || error.code !== 'EADDRINUSE') throw error
    return serve(0)
  })
  origin = server.origin
  store.change(state => {
    state.port = server.port
  })
  return {
    url: origin,
    signIn: signInOf(accounts.owner),
    reader: signInOf(accounts.reader),
    stray: signInOf(accounts.stray),
    requests,
    started: () => store.state.jobs.filter(job => job.started).length,
    close: server.close,
  }
}
