import fc from 'fast-check'
import { expect, test } from 'vitest'
import { needsOf } from '../../../main/core/activity/needs.ts'
import { deliveryPhases, isRunning, jobPhases, troubleFor } from '../../../main/core/activity/standing.ts'
import type { Standing } from '../../../main/core/activity/types.ts'
import { connectionId, definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { intent } from '../../../main/core/jobs/job.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { addMillis, instantAt, type Millis } from '../../../main/core/time.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { aContent, type Ledger, ledger } from './ledger.ts'
import { lines, look } from './naive.ts'

const day: Millis = 24 * 3_600_000
const patience = 60_000
/** Each makes a profile of its own. */
const runs = { numRuns: 20 }
const name = fc.constantFrom('Acme', 'Größe & Söhne', 'SAE "US"', 'a\nb', '', '-')
const time = fc.integer({ min: -12 * day, max: 2 * day }).map(ms => addMillis(fakeStart, ms))
/** Times that a system may send by mistake; two jobs may begin at once. */
const began = fc.oneof(
  { weight: 4, arbitrary: time },
  fc.constantFrom(fakeStart, instantAt(-1), instantAt(0), instantAt(8_640_000_000_000_000)),
)
const wanted = fc.constantFrom(
  null,
  { by: 'ana', destination: aDestination },
  { by: 'watch', destination: null },
)
const error = fc.constantFrom(
  null,
  { code: 'file-gone', facts: {} } as const,
  { code: 'connection-cut', facts: { sent: true } } as const,
  { code: 'again-needed', facts: { jobId: 'job-0' } } as const,
  { code: 'already-running', facts: { jobId: 'job-0' } } as const,
)
const index = fc.nat({ max: 5 })

type Step = (of: Ledger) => Promise<unknown>

const connectionStep = fc.record({ at: fc.nat({ max: 1 }), name, removedAt: fc.option(time) }).map(
  ({ at, name, removedAt }): Step =>
    of =>
      of.connection(aConnection({ id: connectionId(`c${at}`), name: `${name}${at}`, removedAt })),
)
const definitionStep = fc
  .record({ at: fc.nat({ max: 2 }), name, destination: fc.constantFrom(null, aDestination) })
  .map(
    ({ at, ...named }): Step =>
      of =>
        of.definition(definitionAt(at, named)),
  )
/** One fact of a job, new or known, becomes another: what the history misses must not be hidden by a second change. */
const jobStep = fc
  .tuple(
    index,
    fc.oneof(
      fc.record({
        state: fc.oneof(fc.constantFrom(...(Object.keys(jobPhases) as JobState[])), fc.constant('completed')),
      }),
      fc.record({ startedAt: fc.option(began.map(systemTime)) }),
      fc.record({ origin: fc.constantFrom('here', 'elsewhere') }),
      fc.record({ listed: fc.boolean() }),
      fc.record({ hasFiles: fc.boolean() }),
      fc.record({ wanted }),
      fc.record({ error }),
      fc.record({ sentAt: fc.option(time) }),
      fc.record({ endSeenAt: fc.option(time) }),
      fc.record({ nextAskAt: fc.option(time) }),
    ),
  )
  .map(
    ([at, named]): Step =>
      of =>
        of.jobs([{ ...(of.kept.jobs.get(`job-${at}`) ?? jobAt(at)), ...named } as Job]),
  )
const remoteIdStep = fc.tuple(index, fc.constantFrom(null, 'x', 'y')).map(
  ([at, id]): Step =>
    of =>
      of.jobs([
        {
          ...(of.kept.jobs.get(`job-${at}`) ?? jobAt(at)),
          remoteId: id === null ? null : remoteId(`${id}$${at}`),
        },
      ]),
)
const deliveryStep = fc
  .record({
    at: index,
    which: fc.nat({ max: 1 }),
    state: fc.constantFrom(...(Object.keys(deliveryPhases) as DeliveryState[])),
  })
  .map(
    ({ at, which, state }): Step =>
      async of => {
        const job = of.kept.jobs.get(`job-${at}`)
        if (job) await of.delivery(`delivery-${at}-${which}`, job, { state })
      },
  )
const receiptStep = fc
  .record({
    at: index,
    which: fc.nat({ max: 1 }),
    files: fc.array(name, { maxLength: 3 }),
    totals: fc.nat({ max: 2 }),
  })
  .map(
    ({ at, which, files, totals }): Step =>
      async of => {
        const job = of.kept.jobs.get(`job-${at}`)
        const delivery = of.kept.deliveries.get(`delivery-${at}-${which}`)
        const definition = of.kept.definitions.get(job?.definitionId ?? '')
        const connection = of.kept.connections.get(job?.connectionId ?? '')
        if (!job || !delivery || !definition || !connection) return
        await of.receipt(`r-${at}-${which}`, {
          ...aContent(delivery, job, definition, connection),
          deliveredAt: of.clock.now(),
          received: files.map(file => ({
            name: `sent ${file}`,
            declaredType: null,
            validator: null,
            bytes: 1,
            sha256: '',
          })),
          archive: totals === 2 ? { name: 'all.zip', bytes: 9, sha256: '' } : null,
          files: files.map((file, rows) => ({
            path: rows % 2 ? `C:\\in\\${file}.txt` : `/srv/in/${file}.txt`,
            bytes: 10,
            sha256: '',
            crc32: null,
            rows: rows === 0 ? null : rows,
          })),
          controlTotals: Array.from({ length: totals }, (_, at) => ({
            file: `${at}`,
            headerRows: 1,
            headerTotal: '1.10',
            rows: 1,
            total: `${at}.10`,
            match: false,
          })),
        })
      },
  )
const clockStep = fc.integer({ min: -day, max: 3 * day }).map(
  (ms): Step =>
    async of => {
      of.clock.set(addMillis(of.clock.now(), ms))
    },
)

const definitionAt = (at: number, named: object = {}) =>
  aDefinition({
    id: definitionId(`d${at}`),
    remoteId: remoteId(`d${at}`),
    connectionId: connectionId(`c${at % 2}`),
    ...named,
  })
const jobAt = (at: number): Job => ({
  ...intent(jobId(`job-${at}`), definitionAt(at % 3), 'ana', null, addMillis(fakeStart, -at)),
  remoteId: remoteId(`remote$${at}`),
  state: 'completed',
  hasFiles: true,
  listed: true,
})

/** A profile with everything that jobs need, and what came after. */
async function after(steps: readonly Step[]): Promise<Ledger> {
  const of = ledger(tempDatabase())
  for (const at of [0, 1]) await of.connection(aConnection({ id: connectionId(`c${at}`), name: `c${at}` }))
  for (const at of [0, 1, 2]) await of.definition(definitionAt(at))
  for (const step of steps) await step(of)
  return of
}

const script = fc.array(
  fc.oneof(
    connectionStep,
    definitionStep,
    clockStep,
    remoteIdStep,
    { weight: 4, arbitrary: jobStep },
    { weight: 3, arbitrary: deliveryStep },
    { weight: 2, arbitrary: receiptStep },
  ),
  { minLength: 10, maxLength: 60 },
)

const everything = {
  text: '',
  connectionId: null,
  outcome: 'any',
  since: null,
  offset: 0,
  limit: 100,
} as const

test(
  'whatever happens, the history is what everything that was written says, and so is its index',
  async () => {
    await fc.assert(
      fc.asyncProperty(script, async steps => {
        const of = await after(steps)
        const { database, history } = of
        expect(database.all('SELECT * FROM history EXCEPT SELECT * FROM history_source')).toEqual([])
        expect(database.all('SELECT * FROM history_source EXCEPT SELECT * FROM history')).toEqual([])
        database.all(`INSERT INTO history_words (history_words, rank) VALUES ('integrity-check', 1)`)

        const all = lines(of)
        const question = { ...everything, words: [], connectionId: null }
        expect(await history.search(question)).toEqual(look(all, everything))
        const delivered = all.flatMap(({ entry }) => (entry.deliveredAt === null ? [] : [entry]))
        const since = addMillis(of.clock.now(), -day)
        const recent = delivered.filter(entry => Number(entry.deliveredAt) >= since)
        const told = await history.deliveredSince(since)
        expect(new Set(told)).toEqual(new Set(recent))
        expect(told.map(entry => entry.deliveredAt)).toEqual(
          told
            .map(entry => entry.deliveredAt)
            .sort()
            .reverse(),
        )
        for (const { entry } of all) {
          expect(await history.receiptOf(jobId(entry.jobId))).toBe(entry.receiptId)
        }
        expect(of.log.entries).toEqual([])
      }),
      runs,
    )
  },
  patience,
)

test(
  'what Today reads is enough: looking at every job that ever was would tell the same',
  async () => {
    await fc.assert(
      fc.asyncProperty(script, async steps => {
        const of = await after(steps)
        const now = of.clock.now()
        const read = await of.activity.standings(addMillis(now, -troubleFor))
        const all = of.standings()
        expect(needs(of, read)).toEqual(needs(of, all))
        expect(running(of, read)).toEqual(running(of, all))
        const known = new Map(all.map(standing => [standing.job.id, standing]))
        expect(read).toEqual(read.map(({ job }) => known.get(job.id)))
      }),
      runs,
    )
  },
  patience,
)

const needs = ({ clock, kept }: Ledger, jobs: readonly Standing[]) =>
  needsOf({
    now: clock.now(),
    connections: [...kept.connections.values()].map(connection => ({ connection, secrets: 'keychain' })),
    definitions: [...kept.definitions.values()],
    jobs,
    // A short list, so that six jobs come to its end.
    jobListLimit: () => 2,
    filesLiveFor: () => () => null,
  })
const running = ({ clock, kept }: Ledger, jobs: readonly Standing[]) =>
  jobs
    .filter(standing =>
      isRunning(standing, kept.definitions.get(standing.job.definitionId) ?? null, clock.now()),
    )
    .map(({ job }) => job.id)
