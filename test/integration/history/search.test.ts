import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { history } from '../../../main/adapters/database/migrations/005-history.ts'
import { passedByWord } from '../../../main/adapters/database/migrations/014-passed-by.ts'
import { reviewedWord } from '../../../main/adapters/database/migrations/017-reviewed-word.ts'
import { type Migration, migrations } from '../../../main/adapters/database/migrations/index.ts'
import { migrate } from '../../../main/adapters/database/migrator.ts'
import { createHistoryService } from '../../../main/core/history/history-service.ts'
import { historyRow } from '../../../main/core/history/row.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { instantAt } from '../../../main/core/time.ts'
import type { HistoryQuery } from '../../../preload/contract/types.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'
import { ago, connectionOf, day, definitionOf, jobOf } from '../../unit/activity/standings.ts'
import { aContent, type Ledger, ledger } from './ledger.ts'
import { type Line, lines, look } from './naive.ts'

const everything: HistoryQuery = {
  text: '',
  connectionId: null,
  outcome: 'any',
  since: null,
  offset: 0,
  limit: 100,
}
const connections = [
  connectionOf('c0', { name: 'Acme US', mark: 'production' }),
  connectionOf('c1', { name: 'Acme Österreich', mark: 'test' }),
  connectionOf('c2', { name: 'Globex', mark: 'practice' }),
]
const definitions = [
  'SAE US',
  'SAE Payroll',
  'Cash-Advances',
  'Übersicht "Q1"',
  'all delivered',
  'facets',
].map((name, at) =>
  definitionOf(`d${at}`, { name, remoteId: remoteId(`d${at}`), connectionId: connectionOf(`c${at % 3}`).id }),
)

/** The same numbers in every run. */
function sequence(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >> 8) % below
  }
}

/** Writes so many jobs, most of them delivered, some in trouble, many of the same time. */
async function fill(of: Ledger, count: number) {
  const next = sequence(42)
  for (const connection of connections) await of.connection(connection)
  for (const definition of definitions) await of.definition(definition)
  const states = ['completed', 'completed', 'completed', 'failed', 'running', 'gone'] as const
  const jobs = Array.from({ length: count }, (_, at): Job => {
    const definition = definitions[next(definitions.length)] ?? definitionOf('d0')
    return jobOf(`job-${at}`, {
      connectionId: definition.connectionId,
      definitionId: definition.id,
      remoteId: remoteId(`g${next(1_000_000).toString(36)}$${at}`),
      state: states[next(states.length)] ?? 'completed',
      startedAt: systemTime(ago(next(400) * day)),
      listed: next(9) === 0,
      ...(at % 4 === 0 ? { origin: 'elsewhere', wanted: null } : {}),
    })
  })
  await of.jobs(jobs)
  for (const [at, job] of jobs.entries()) {
    if (job.state !== 'completed' || at % 3 === 0) continue
    const delivery = await of.delivery(`v-${at}`, job, { state: at % 5 === 0 ? 'conflict' : 'delivered' })
    const definition = of.kept.definitions.get(job.definitionId)
    const connection = of.kept.connections.get(job.connectionId)
    if (delivery.state !== 'delivered' || !definition || !connection) continue
    const path = `/srv/in/SAE_${next(100_000)}_2026-${at % 12}.txt`
    await of.receipt(`r-${next(1_000_000).toString(16)}-${at}`, {
      ...aContent(delivery, job, definition, connection),
      archive: { name: `extract-${at}.zip`, bytes: 9, sha256: '' },
      files: [{ path, bytes: at, sha256: '', crc32: null, rows: at % 7 }],
    })
  }
}

const outcomes: readonly HistoryQuery['outcome'][] = ['delivered', 'trouble', 'not-saved', 'any']

const words = [
  ...[
    's',
    'sae',
    'SAE US',
    'us sae',
    'osterreich acme',
    'ÖSTERR',
    'ubers q1',
    'cash adv',
    'cash-adv',
    'adv-cash',
  ],
  ...[
    '2026-1',
    '2026-11.txt',
    'extract-7',
    'r-',
    'r-a',
    'zip',
    'delivered',
    'all',
    'trouble',
    'facets',
    'nowhere',
  ],
]

function questions(all: readonly Line[]): readonly Partial<HistoryQuery>[] {
  const next = sequence(7)
  const some = Array.from({ length: 12 }, () => all[next(all.length)]?.texts.flat() ?? [])
  return [
    {},
    { offset: 9_950 },
    { offset: 20_000 },
    ...outcomes.map(outcome => ({ outcome })),
    ...outcomes.map(outcome => ({ outcome, passedBy: 'hidden' as const })),
    { passedBy: 'hidden', text: 'sae', connectionId: 'c1' },
    { connectionId: 'c1', outcome: 'trouble' },
    { connectionId: 'c' },
    { connectionId: 'c2', since: ago(100 * day), text: 'sae' },
    { since: ago(30 * day), offset: 40, limit: 500 },
    { since: ago(-30 * day) },
    { since: Number.MAX_SAFE_INTEGER },
    ...words.map(text => ({ text })),
    // The beginning of something that a job has, alone and with a second thing.
    ...some.map(texts => ({ text: texts[next(texts.length)]?.slice(0, 1 + next(4)) ?? '' })),
    ...some.map(texts => ({ text: `${texts[next(texts.length)]} ${texts[next(texts.length)]}` })),
  ]
}

test('10,000 jobs of a profile that had no history yet are found as if each of them were looked at', async () => {
  const ofHistory: readonly Migration[] = [history, passedByWord, reviewedWord]
  const before = migrations.filter(migration => !ofHistory.includes(migration))
  const newest = before.at(-1)?.version ?? 0
  const database = tempDatabase(tempFolder(), before)
  const of = ledger(database)
  // What is written here need not survive a power cut.
  database.all('PRAGMA synchronous = OFF')
  await fill(of, 10_000)
  const later = [
    { ...history, version: newest + 1 },
    { ...passedByWord, version: newest + 2 },
    { ...reviewedWord, version: newest + 3 },
  ]
  migrate(database, [...before, ...later], instantAt(0))

  const service = createHistoryService(of.history)
  const all = lines(of)
  expect(all.some(({ passedBy }) => passedBy)).toBe(true)
  for (const question of questions(all)) {
    const query = { ...everything, ...question }
    const { total, entries } = look(all, query)
    expect({ query, ...(await service.search(query)) }).toEqual({
      query,
      total,
      rows: entries.map(historyRow),
    })
  }
}, 120_000)

describe('what is typed', () => {
  async function small() {
    const of = ledger(tempDatabase())
    await fill(of, 30)
    return { of, all: lines(of), service: createHistoryService(of.history) }
  }

  const pieces = [
    ...[
      '"',
      '""',
      '*',
      '^',
      '+',
      ':',
      '-',
      '--',
      '(',
      ')',
      '{',
      '}',
      ',',
      ';',
      "'",
      '\\',
      '%',
      '_',
      '.',
      '$',
    ],
    ...['AND', 'OR', 'NOT', 'NEAR(', 'facets', 'facets : all', 'file_names:', 'rowid', 'DROP TABLE history'],
    ...[
      ' ',
      '\t',
      '\u0000',
      '\ud800',
      '\u0301',
      '–',
      'SAE',
      'sae',
      'us',
      'Ü',
      'u\u0308',
      'acme',
      '2026',
      'g',
      '1',
    ],
  ]
  const written = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''))

  test('is never a command: what means something to the index is looked for as it stands', async () => {
    const { all, service } = await small()
    await fc.assert(
      fc.asyncProperty(written, async text => {
        const query = { ...everything, text }
        const { total, entries } = look(all, query)
        expect(await service.search(query)).toEqual({ total, rows: entries.map(historyRow) })
      }),
      { numRuns: 500 },
    )
  })

  test('may be any text of the longest length that the window may send', async () => {
    const { service } = await small()
    const any = fc.string({ unit: 'binary', maxLength: 500 })
    await fc.assert(
      fc.asyncProperty(any, async text => {
        const { total, rows } = await service.search({ ...everything, text })
        expect(rows).toHaveLength(total)
      }),
      { numRuns: 200 },
    )
  })

  test('finds a definition by the beginning of each word of its name, whatever it is called', async () => {
    const { of, service } = await small()
    const definition = definitions[0] ?? definitionOf('d0')
    const id = definitionId(definition.id)
    const ofDefinition = of.shownJobs().filter(job => job.definitionId === id).length
    const word = fc.string({ unit: fc.constantFrom(...'aZ09 -_."*\'éßñ漢'), minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(word, async name => {
        await of.definition({ ...definition, name: `Definition ${name}` })
        const { total } = await service.search({ ...everything, text: `definition ${name}` })
        expect(total).toBe(ofDefinition)
      }),
      { numRuns: 50 },
    )
  })
})

test('pages follow each other without a gap or a double, whatever was begun at once', async () => {
  const of = ledger(tempDatabase())
  await fill(of, 40)
  const at = systemTime(ago(day))
  await of.jobs(of.shownJobs().map(job => ({ ...job, startedAt: at })))
  const service = createHistoryService(of.history)
  const ids: string[] = []
  for (let offset = 0; ; offset += 7) {
    const { rows, total } = await service.search({ ...everything, offset, limit: 7 })
    expect(total).toBe(40)
    ids.push(...rows.map(row => row.jobId))
    if (rows.length === 0) break
  }
  // Begun at once: what was written last stands first.
  expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => `job-${39 - index}`))
})

test('a damaged receipt keeps its job neither from being written nor from being shown', async () => {
  const of = ledger(tempDatabase())
  await fill(of, 10)
  const receipts = of.receipts()
  const job = of.shownJobs().find(({ id }) => receipts(id).length > 0)
  if (!job) throw new Error('no receipt')
  of.database.transaction(tx => {
    tx.exec('DROP TRIGGER receipts_no_update')
    tx.run("UPDATE receipts SET content = 'nothing that can be read'")
  })
  await of.jobs([{ ...job, listed: !job.listed }])
  const { rows } = await createHistoryService(of.history).search(everything)
  expect(rows).toHaveLength(10)
  expect(rows.find(row => row.jobId === jobId(job.id))).toMatchObject({ files: null, total: null })
})

test('what others ran is passed by until somebody here wants its files', async () => {
  const of = ledger(tempDatabase())
  for (const connection of connections) await of.connection(connection)
  for (const definition of definitions) await of.definition(definition)
  const [{ connectionId, id } = definitionOf('d0')] = definitions
  const job = jobOf('job-1', {
    connectionId,
    definitionId: id,
    state: 'completed',
    origin: 'elsewhere',
    wanted: null,
  })
  const service = createHistoryService(of.history)
  const shown = async () => (await service.search({ ...everything, passedBy: 'hidden' })).total
  await of.jobs([job])
  expect(await shown()).toBe(0)
  expect((await service.search(everything)).total).toBe(1)
  await of.jobs([{ ...job, wanted: { by: 'erika', destination: null } }])
  expect(await shown()).toBe(1)
})

test('what was delivered is found by whether its newest receipt was reviewed', async () => {
  const of = ledger(tempDatabase())
  for (const connection of connections) await of.connection(connection)
  for (const definition of definitions) await of.definition(definition)
  const [{ connectionId, id: definition } = definitionOf('d0')] = definitions
  const jobs = ['a', 'b', 'c'].map(id =>
    jobOf(id, { connectionId, definitionId: definition, state: 'completed' }),
  )
  await of.jobs(jobs)
  const [a, b] = jobs
  if (!a || !b) throw new Error('There are three')
  const deliver = async (id: string, job: Job) => {
    const delivery = await of.delivery(id, job, { state: 'delivered' })
    const connection = connections[0] ?? connectionOf('c0')
    const content = aContent(delivery, job, definitions[0] ?? definitionOf('d0'), connection)
    return of.receipt(`r-${id}`, { ...content, requestedBy: 'erika' })
  }
  const service = createHistoryService(of.history)
  const found = async (reviewed: 'yes' | 'no', more: Partial<HistoryQuery> = {}) => {
    const { total, rows } = await service.search({ ...everything, ...more, reviewed })
    expect(rows).toHaveLength(total)
    return rows.map(row => [row.jobId, row.reviewed]).sort()
  }
  const receipt = await deliver('1', a)
  await deliver('2', b)
  expect(await found('yes')).toEqual([])
  expect(await found('no')).toEqual([
    ['a', undefined],
    ['b', undefined],
  ])

  await of.review(receipt, 'erika')
  expect(await found('yes')).toEqual([['a', 'self-review']])
  expect(await found('no')).toEqual([['b', undefined]])
  await of.review(receipt, 'otto')
  expect(await found('yes', { outcome: 'delivered', passedBy: 'hidden', text: 'sae' })).toEqual([
    ['a', 'reviewed'],
  ])
  expect(await found('no', { passedBy: 'hidden', text: 'sae' })).toEqual([['b', undefined]])

  await deliver('3', a)
  expect(await found('yes')).toEqual([])
})
