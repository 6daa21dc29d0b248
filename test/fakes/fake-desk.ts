import type { DeliveryProgress, DeskBridge, WindowDesk } from '../../preload/contract/bridge.ts'
import { channels } from '../../preload/contract/channels.ts'
import type { Diagnosis } from '../../preload/contract/doctor.ts'
import type { Envelope, ErrorView } from '../../preload/contract/errors.ts'
import type { InsideProgress } from '../../preload/contract/inside.ts'
import type { ReceiptView } from '../../preload/contract/receipts.ts'
import type { ScheduleView } from '../../preload/contract/schedules.ts'
import type {
  Change,
  HistoryQuery,
  HistoryRow,
  JobView,
  Place,
  Slices,
  Snapshot,
} from '../../preload/contract/types.ts'
import { practiceScenarios } from '../../preload/contract/words.ts'
import { fakeChecks, goodFolder } from './fake-checks.ts'
import { message } from './message.ts'
import { olderJobs } from './older-jobs.ts'

/** What a fake call throws: as the real bridge does, an Error with its view. */
export class FakeDeskError extends Error {
  readonly view: ErrorView

  constructor(view: ErrorView) {
    super(view.code)
    this.view = view
  }
}

export type FakeDeskData = Slices & { readonly history: readonly HistoryRow[]; readonly receipt: ReceiptView }

export type FakeDesk = {
  readonly bridge: DeskBridge
  /** Every call that was made, with its arguments. */
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[]
  /** Main changed: the next number, and the slices. */
  readonly change: (slices: Partial<Slices>) => void
  readonly send: (change: Change) => void
  readonly progress: (progress: DeliveryProgress) => void
  readonly place: (place: Place) => void
  readonly inside: (progress: InsideProgress) => void
  readonly diagnosis: (diagnosis: Diagnosis) => void
}

type Overrides = { readonly [D in Exclude<keyof DeskBridge, 'on'>]?: Partial<DeskBridge[D]> }

/**
 * A desk in memory that answers like main: it changes its slices and says so. What has no answer here throws, so that
 * a test never passes because of a call nobody thought of; `overrides` gives an answer for one test.
 */
export function createFakeDesk(data: FakeDeskData, overrides: Overrides = {}): FakeDesk {
  let slices: Slices = data
  let seq = 1
  const calls: { name: string; args: readonly unknown[] }[] = []
  const onChange = message<Change>()
  const onProgress = message<DeliveryProgress>()
  const onPlace = message<Place>()
  const onInside = message<InsideProgress>()
  const onDiagnosis = message<Diagnosis>()

  const change = (patch: Partial<Slices>) => {
    slices = { ...slices, ...patch }
    seq += 1
    onChange.send({ seq, slices: patch })
  }
  const unexpected = (name: string) => async (): Promise<never> => {
    throw new Error(`The fake desk has no answer for ${name}`)
  }
  const definition = (id: string) => {
    const found = slices.definitions.find(one => one.id === id)
    if (!found) throw new FakeDeskError({ code: 'not-found', facts: {} })
    return found
  }
  const changeDefinition = (id: string, patch: Partial<Slices['definitions'][number]>) => {
    const changed = { ...definition(id), ...patch }
    change({ definitions: slices.definitions.map(one => (one.id === id ? changed : one)) })
    return changed
  }
  const schedule = (id: string | null) => slices.schedules.find(one => one.id === id)
  const lastJob = (id: string): JobView => {
    const job = definition(id).lastJob
    if (!job) throw new FakeDeskError({ code: 'not-found', facts: {} })
    return job
  }

  const answers: DeskBridge = {
    connections: {
      add: unexpected('connections.add'),
      test: async id => {
        const connection = slices.connections.find(one => one.id === id)
        if (!connection) throw new FakeDeskError({ code: 'not-found', facts: {} })
        if (connection.signIn.error) throw new FakeDeskError(connection.signIn.error)
        return connection
      },
      signIn: unexpected('connections.signIn'),
      remove: async id => change({ connections: slices.connections.filter(one => one.id !== id) }),
      mapFolders: unexpected('connections.mapFolders'),
      pin: unexpected('connections.pin'),
      practise: unexpected('connections.practise'),
      ...overrides.connections,
    },
    practice: {
      scenario: async () => ({ scenario: 'normal', offered: practiceScenarios }),
      choose: async (_id, scenario) => ({ scenario, offered: practiceScenarios }),
      ...overrides.practice,
    },
    checks: { ...fakeChecks, ...overrides.checks },
    definitions: {
      refresh: async id => slices.definitions.filter(one => one.connectionId === id),
      jobs: async id => {
        const job = definition(id).lastJob
        return { jobs: job ? [job, ...olderJobs(job)] : [], stale: null }
      },
      saveDestination: async (id, destination) => changeDefinition(id, { destination }),
      add: unexpected('definitions.add'),
      change: unexpected('definitions.change'),
      remove: unexpected('definitions.remove'),
      restore: unexpected('definitions.restore'),
      favourite: async (id, favourite) => changeDefinition(id, { favourite }),
      chooseFile: unexpected('definitions.chooseFile'),
      watch: async (id, watch) => changeDefinition(id, { watch }),
      dryRun: async (destination, id) => {
        const path = `${destination.folder}\\${destination.name.replace('{original}', 'extract_CES_SAE_v3_p0012345abcd_20261114183110').replace('{ext}', '.txt').replace('{definition}', definition(id).name)}`
        return {
          names: 'of-last-delivery',
          count: 1,
          files: [{ path, action: 'new', marker: false }],
          changes: [],
          longest: { path, length: path.length, limit: 259, unit: 'characters' },
          needsFolderOrMarker: false,
          error: null,
        }
      },
      tryFolder: async () => goodFolder,
      ...overrides.definitions,
    },
    jobs: {
      cancel: unexpected('jobs.cancel'),
      listed: unexpected('jobs.listed'),
      track: unexpected('jobs.track'),
      requestOf: unexpected('jobs.requestOf'),
      plan: async definitionId => {
        const { lastJob: lastRun, lastReceipt, destination, connectionId } = definition(definitionId)
        const production = slices.connections.find(one => one.id === connectionId)?.mark === 'production'
        const open = slices.activity.running.find(
          job => job.definitionId === definitionId && job.state !== 'completed',
        )
        const lastCompleted = lastRun?.state === 'completed' ? lastRun : null
        const saved = lastCompleted?.delivery?.receiptId ?? null
        return {
          definitionId,
          lastRun,
          lastCompleted,
          lastReceipt,
          open: open ?? null,
          again: !production || !lastCompleted ? null : saved ? 'recent-run' : 'unsaved-run',
          destination,
        }
      },
      run: async id => lastJob(id),
      settle: unexpected('jobs.settle'),
      deliver: unexpected('jobs.deliver'),
      ...overrides.jobs,
    },
    doctor: {
      examine: unexpected('doctor.examine'),
      stop: async () => undefined,
      last: async () => null,
      save: async () => null,
      ...overrides.doctor,
    },
    support: {
      begin: async () => 'bundle-1',
      collect: unexpected('support.collect'),
      read: unexpected('support.read'),
      save: async () => null,
      leave: async () => undefined,
      ...overrides.support,
    },
    deliveries: {
      retry: async () => undefined,
      cancel: async () => undefined,
      ...overrides.deliveries,
    },
    receipts: {
      show: async id => ({ ...data.receipt, id }),
      verify: async receiptId => ({
        receiptId,
        files: data.receipt.files.map((file, index) => ({
          path: file.path,
          found: index === 1 ? 'missing' : 'there',
        })),
        chain: 'ok',
        chainAt: null,
        unproven: null,
      }),
      review: async id => ({
        ...data.receipt,
        id,
        reviewable: false,
        reviews: [
          { number: 32, hash: 'ab'.repeat(32), by: 'm.brandt', at: data.receipt.deliveredAt, ownRun: false },
        ],
      }),
      checkChain: async () => ({ receipts: 31, findings: [], found: 0, unproven: null }),
      save: async () => null,
      showInFolder: async () => undefined,
      ...overrides.receipts,
    },
    inside: {
      open: unexpected('inside.open'),
      close: async () => undefined,
      cancel: async () => undefined,
      index: unexpected('inside.index'),
      rows: unexpected('inside.rows'),
      cell: unexpected('inside.cell'),
      find: unexpected('inside.find'),
      filter: unexpected('inside.filter'),
      values: unexpected('inside.values'),
      addUp: unexpected('inside.addUp'),
      show: unexpected('inside.show'),
      saveCopy: unexpected('inside.saveCopy'),
      showCopy: async () => undefined,
      ...overrides.inside,
    },
    schedules: {
      save: async input => {
        const known = schedule(input.id)
        const saved: ScheduleView = {
          ...(known ?? { paused: false, next: [], last: null, open: [] }),
          ...input,
          id: input.id ?? 'schedule-new',
        }
        change({ schedules: [...slices.schedules.filter(one => one.id !== saved.id), saved] })
        return saved
      },
      remove: async id => change({ schedules: slices.schedules.filter(one => one.id !== id) }),
      restore: unexpected('schedules.restore'),
      pause: async (id, paused) => {
        const known = schedule(id)
        if (!known) throw new FakeDeskError({ code: 'not-found', facts: {} })
        const changed = { ...known, paused, next: paused ? [] : known.next }
        change({ schedules: slices.schedules.map(one => (one.id === id ? changed : one)) })
        return changed
      },
      answer: async id =>
        change({ schedules: slices.schedules.map(one => (one.id === id ? { ...one, open: [] } : one)) }),
      preview: async () => slices.schedules[0]?.next ?? [],
      ledger: async id => {
        const known = schedule(id)
        return known ? [...known.open, ...(known.last ? [known.last] : [])] : []
      },
      chooseHolidays: async () => [
        { date: '2026-12-25', name: 'Christmas Day' },
        { date: '2026-12-26', name: 'Boxing Day' },
      ],
      ...overrides.schedules,
    },
    history: { search: async query => searchRows(data.history, query), ...overrides.history },
    settings: {
      change: async patch => {
        change({ settings: { ...slices.settings, ...patch } })
        return slices.settings
      },
      proxySignIn: async () => undefined,
      chooseFolder: async () => '\\\\erp\\finance\\concur\\in',
      showLogs: async () => undefined,
      exportFile: async () => null,
      chooseImport: async () => null,
      importChosen: unexpected('settings.importChosen'),
      ...overrides.settings,
    },
    updates: {
      check: async () => undefined,
      restart: async () => undefined,
      later: async () => undefined,
      ...overrides.updates,
    },
    app: {
      snapshot: async (): Promise<Snapshot> => {
        const { connections, definitions, activity, schedules, settings, status } = slices
        return { seq, connections, definitions, activity, schedules, settings, status }
      },
      ready: async () => undefined,
      unsaved: async () => undefined,
      ...overrides.app,
    },
    on: {
      onChange: onChange.subscribe,
      onProgress: onProgress.subscribe,
      onDiagnosis: onDiagnosis.subscribe,
      onPlace: onPlace.subscribe,
      onInside: onInside.subscribe,
    },
  }

  return {
    bridge: noted(answers, calls),
    calls,
    change,
    send: onChange.send,
    progress: onProgress.send,
    diagnosis: onDiagnosis.send,
    place: onPlace.send,
    inside: onInside.send,
  }
}

type Call = (...args: readonly unknown[]) => Promise<unknown>

function mapCalls(
  desk: object,
  wrap: (name: string, call: Call) => Call,
): Record<string, Record<string, Call>> {
  return Object.fromEntries(
    Object.entries(channels).map(([domain, names]) => {
      const calls: Record<string, Call> = Reflect.get(desk, domain)
      return [
        domain,
        Object.fromEntries(
          names.map(name => {
            const call = calls[name]
            if (!call) throw new Error(`The fake desk lacks ${domain}.${name}`)
            return [name, wrap(`${domain}.${name}`, call)]
          }),
        ),
      ]
    }),
  )
}

function noted(desk: DeskBridge, calls: { name: string; args: readonly unknown[] }[]): DeskBridge {
  const domains = mapCalls(desk, (name, call) => (...args) => {
    calls.push({ name, args })
    return call(...args)
  })
  return { ...desk, ...domains }
}

/** The same desk as it stands at `window.desk`: answers in envelopes, never rejecting. */
export function asWindowDesk(desk: DeskBridge): WindowDesk {
  const domains = mapCalls(desk, (_name, call) => async (...args): Promise<Envelope<unknown>> => {
    try {
      return { ok: true, value: await call(...args) }
    } catch (error) {
      if (error instanceof FakeDeskError) return { ok: false, error: error.view }
      throw error
    }
  })
  const crossing: object = { ...domains, on: desk.on }
  return crossing as WindowDesk
}

function searchRows(all: readonly HistoryRow[], query: HistoryQuery) {
  const wanted = query.text.toLowerCase()
  const saved = ['delivered', 'delivered-with-warnings', 'same-bytes']
  const found = all.filter(row => {
    if (query.connectionId !== null && row.connectionId !== query.connectionId) return false
    if (query.since !== null && row.at < query.since) return false
    const outcome =
      row.deliveryState === null
        ? row.jobState === 'completed'
          ? 'not-saved'
          : 'trouble'
        : saved.includes(row.deliveryState)
          ? 'delivered'
          : 'trouble'
    if (query.outcome !== 'any' && query.outcome !== outcome) return false
    return `${row.definitionName} ${row.connectionName} ${row.remoteJobId ?? ''}`
      .toLowerCase()
      .includes(wanted)
  })
  return { total: found.length, rows: found.slice(query.offset, query.offset + query.limit) }
}
