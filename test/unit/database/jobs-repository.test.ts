import { describe, expect, test } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../main/adapters/database/repositories/asks.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { connectionId, definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { advance, foundElsewhere, intent, isOpen, jobStates } from '../../../main/core/jobs/job.ts'
import {
  type AsksRepository,
  type Job,
  JobChangedMeanwhile,
  type JobsRepository,
} from '../../../main/core/jobs/types.ts'
import { addMillis, minutes, seconds } from '../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryAsks, memoryJobs } from '../../fakes/memory-jobs.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { exchangeProofs } from '../../fakes/receipts.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const definition = aDefinition()
const other = aDefinition({ id: definitionId('definition-b'), remoteId: remoteId('CASH') })

async function inDatabase() {
  const database = tempDatabase()
  const log = memoryLog()
  await createDefinitionsRepository(database, log).save([definition, other])
  const jobs = createJobsRepository(database, fakeClock(), log)
  return { database, log, jobs, asks: createAsksRepository(database, log) }
}

/** The fake keeps the same promises as the database; both are held to them here. */
const kinds: readonly [string, () => Promise<{ jobs: JobsRepository; asks: AsksRepository }>][] = [
  ['in the database', inDatabase],
  ['in memory', async () => ({ jobs: memoryJobs(), asks: memoryAsks() })],
]

let made = 0
const wish = (patch: Partial<Job> = {}): Job => ({
  ...intent(jobId(`job-${++made}`), definition, 'anna', null, fakeStart),
  ...patch,
})
const completed = (patch: Partial<Job> = {}): Job =>
  wish({
    remoteId: remoteId(`R${made + 1}`),
    state: 'completed',
    rawStatus: 'Completed',
    hasFiles: true,
    endSeenAt: fakeStart,
    wanted: { by: 'anna', destination: aDestination },
    ...patch,
  })
const add = (jobs: JobsRepository, ...all: readonly Job[]) =>
  jobs.save(all.map(job => ({ job, from: null, why: 'made by a test' })))
const ids = (all: readonly Job[]) => all.map(job => job.id)

describe.each(kinds)('jobs %s', (_, make) => {
  test('come back as they were written, with one revision more', async () => {
    const { jobs } = await make()
    const job = completed({
      origin: 'elsewhere',
      startedBy: null,
      sentAt: addMillis(fakeStart, 1),
      listedBefore: [remoteId('a$b'), remoteId('c')],
      startedAt: { raw: 'yesterday', at: null, zoneAssumed: true },
      endedAt: systemTime(fakeStart),
      listed: true,
      nextAskAt: addMillis(fakeStart, 5),
      error: { code: 'file-gone', facts: { n: 1, yes: true }, said: 'gone' },
      raw: { 'file-link': null, nested: { x: [1] } },
      startExchanges: exchangeProofs(201),
    })
    await add(jobs, job)
    expect(await jobs.find(job.id)).toEqual({ ...job, rev: 1 })
    expect(await jobs.byRemoteId(definition.id, job.remoteId ?? remoteId(''))).toEqual({ ...job, rev: 1 })
    expect(await jobs.find(jobId('nothing'))).toBeNull()
  })

  test('are not written over by somebody who read an older row', async () => {
    const { jobs } = await make()
    const job = wish()
    await add(jobs, job)
    const read = { ...job, rev: 1 }
    const sending = advance(read, { kind: 'sending', at: fakeStart, listedBefore: [] })
    await jobs.save([{ job: sending, from: 'intent', why: 'first' }])
    const ended = advance(read, { kind: 'not-started', error: null, at: fakeStart })
    const late = jobs.save([{ job: ended, from: 'intent', why: 'second' }])
    await expect(late).rejects.toBeInstanceOf(JobChangedMeanwhile)
    const wrongState = jobs.save([{ job: { ...sending, rev: 2 }, from: 'intent', why: 'third' }])
    await expect(wrongState).rejects.toBeInstanceOf(JobChangedMeanwhile)
    expect(await jobs.find(job.id)).toMatchObject({ state: 'starting', rev: 2 })
  })

  test('have one row for a remote job of a definition; several changes are all or none', async () => {
    const { jobs } = await make()
    const first = completed({ remoteId: remoteId('X') })
    await add(jobs, first)
    const innocent = wish()
    await expect(add(jobs, innocent, completed({ remoteId: remoteId('X') }))).rejects.toBeInstanceOf(
      JobChangedMeanwhile,
    )
    expect(await jobs.find(innocent.id)).toBeNull()
    await add(jobs, completed({ remoteId: remoteId('X'), definitionId: other.id }))
    await add(jobs, wish(), wish())
  })

  test('are open until the system, we or the user ended them', async () => {
    const { jobs } = await make()
    const all = jobStates.map(state => wish({ state, remoteId: remoteId(`S-${state}`) }))
    await add(jobs, ...all)
    expect(ids(await jobs.open())).toEqual(ids(all.filter(job => isOpen(job.state))))
    expect(ids(await jobs.openOf(definition.id))).toEqual(ids(await jobs.open()))
    expect(await jobs.openOf(other.id)).toEqual([])
  })

  test('of a definition are listed newest first by the time of the system, without rows that point at another', async () => {
    const { jobs } = await make()
    const at = (n: number) => addMillis(fakeStart, minutes(n))
    const a = completed({ startedAt: systemTime(at(5)) })
    const b = wish({ knownAt: at(7) })
    const c = completed({ startedAt: systemTime(at(1)), knownAt: at(90) })
    const pointing = wish({
      state: 'not-started',
      error: { code: 'already-running', facts: { jobId: 'job-x' } },
    })
    const refused = wish({
      state: 'not-started',
      error: { code: 'already-running', facts: {} },
      knownAt: at(-1),
    })
    await add(jobs, a, b, c, pointing, refused, completed({ definitionId: other.id }))
    expect(ids(await jobs.ofDefinition(definition.id, 10))).toEqual(ids([b, a, c, refused]))
    expect(ids(await jobs.ofDefinition(definition.id, 2))).toEqual(ids([b, a]))
    expect((await jobs.lastCompleted(definition.id))?.id).toBe(a.id)
    expect(await jobs.lastCompleted(definitionId('nothing'))).toBeNull()
  })

  test('to be asked about come in the order of their times', async () => {
    const { jobs } = await make()
    const later = wish({ nextAskAt: addMillis(fakeStart, 9) })
    const sooner = completed({ nextAskAt: addMillis(fakeStart, 3) })
    const elsewhere = wish({ nextAskAt: fakeStart, connectionId: connectionId('connection-b') })
    await add(jobs, later, wish(), sooner, elsewhere)
    const asked = ({ id, definitionId, remoteId, state, nextAskAt }: Job) => ({
      ...{ id, definitionId, remoteId, state, nextAskAt },
      rev: 1,
    })
    expect(await jobs.asking(definition.connectionId)).toEqual([asked(sooner), asked(later)])
  })

  test('are found by their remote ids under every definition that has them, of one connection', async () => {
    const { jobs } = await make()
    const mine = completed({ remoteId: remoteId('SHARED') })
    const theirs = completed({ remoteId: remoteId('SHARED'), definitionId: other.id })
    const elsewhere = completed({ remoteId: remoteId('AWAY'), connectionId: connectionId('connection-b') })
    await add(jobs, mine, theirs, elsewhere, completed())
    const asked = ['SHARED', 'AWAY', 'NEVER'].map(remoteId)
    expect(await jobs.definitionsOf(definition.connectionId, asked)).toEqual(
      new Map([[remoteId('SHARED'), [definition.id, other.id]]]),
    )
  })

  test('that a list concerns: open, listed, asked about, sent and not found, or named', async () => {
    const { jobs } = await make()
    const concerned = [
      wish(),
      completed({ listed: true }),
      completed({ nextAskAt: fakeStart, hasFiles: false }),
      wish({ state: 'not-started', sentAt: fakeStart }),
      completed({ remoteId: remoteId('named') }),
    ]
    await add(
      jobs,
      ...concerned,
      completed(),
      wish({ state: 'not-started' }),
      wish({ definitionId: other.id }),
    )
    expect(ids(await jobs.concerned(definition.id, [remoteId('named'), remoteId('new')]))).toEqual(
      ids(concerned),
    )
  })

  test('usually take the median of what was completed', async () => {
    const { jobs } = await make()
    const took = (n: number) =>
      completed({ startedAt: systemTime(fakeStart), endedAt: systemTime(addMillis(fakeStart, minutes(n))) })
    expect(await jobs.usualMs(definition.id)).toBeNull()
    await add(jobs, took(4), completed())
    expect(await jobs.usualMs(definition.id)).toBeNull()
    await add(jobs, took(10))
    expect(await jobs.usualMs(definition.id)).toBe(minutes(7))
    await add(jobs, took(60))
    expect(await jobs.usualMs(definition.id)).toBe(minutes(10))
  })
})

describe.each(kinds)('turns to ask %s', (_, make) => {
  test('are claimed by one, and come again after the floor', async () => {
    const { asks } = await make()
    const floor = seconds(10)
    expect(await asks.claim(definition.id, fakeStart, floor)).toBeNull()
    expect(await asks.claim(definition.id, addMillis(fakeStart, 9_999), floor)).toBe(
      addMillis(fakeStart, floor),
    )
    expect(await asks.claim(other.id, fakeStart, floor)).toBeNull()
    expect(await asks.claim(definition.id, addMillis(fakeStart, floor), floor)).toBeNull()
    // The clock was set back: nothing waits for a time that is far ahead.
    expect(await asks.claim(definition.id, addMillis(fakeStart, -minutes(60)), floor)).toBeNull()
  })

  test('remember whether a list has come', async () => {
    const { asks } = await make()
    expect(await asks.of(definition.id)).toBeNull()
    await asks.claim(definition.id, fakeStart, 0)
    expect(await asks.of(definition.id)).toEqual({ askedAt: fakeStart, answeredAt: null })
    await asks.answered([definition.id], addMillis(fakeStart, 3))
    expect(await asks.of(definition.id)).toEqual({ askedAt: fakeStart, answeredAt: addMillis(fakeStart, 3) })
    await asks.claim(definition.id, addMillis(fakeStart, 7), 0)
    expect((await asks.of(definition.id))?.answeredAt).toBe(addMillis(fakeStart, 3))
    await asks.forget(definition.id)
    expect((await asks.of(definition.id))?.answeredAt).toBeNull()
  })
})

describe('in the database', () => {
  test('every change that says something is journalled with its row, and none where it is refused', async () => {
    const { database, jobs } = await inDatabase()
    const job = wish({ wanted: { by: 'anna', destination: null } })
    await add(jobs, job)
    const stale = jobs.save([{ job, from: 'intent', why: 'stale' }])
    await expect(stale).rejects.toBeInstanceOf(JobChangedMeanwhile)
    await jobs.save([{ job: { ...job, rev: 1, nextAskAt: fakeStart }, from: 'intent', why: null }])
    expect(
      database.all('SELECT at, entity, entity_id, from_state, to_state, why, facts FROM journal'),
    ).toEqual([
      {
        at: fakeStart,
        entity: 'job',
        entity_id: job.id,
        from_state: null,
        to_state: 'intent',
        why: 'made by a test',
        facts: JSON.stringify({ remoteId: null, rawStatus: null, wantedBy: 'anna' }),
      },
    ])
  })

  test('one unreadable row never hides the others', async () => {
    const { database, jobs, log } = await inDatabase()
    const [a, b] = [wish(), wish()]
    await add(jobs, a, b)
    database.transaction(tx => tx.run("UPDATE jobs SET raw = '{' WHERE id = ?", a.id))
    expect(ids(await jobs.open())).toEqual([b.id])
    expect(log.entries).toMatchObject([
      { event: 'database.row-unreadable', facts: { table: 'jobs', id: a.id } },
    ])
  })

  test('a job found elsewhere keeps the raw fields of the system', async () => {
    const { jobs } = await inDatabase()
    const job = foundElsewhere(
      jobId('job-found'),
      definition,
      {
        id: remoteId('gJ$12abc'),
        status: 'unknown',
        rawStatus: 'Paused',
        startedAt: null,
        endedAt: null,
        hasFiles: false,
        raw: { 'status-link': 'https://example.invalid' },
      },
      null,
      fakeStart,
    )
    await add(jobs, job)
    expect(await jobs.byRemoteId(definition.id, remoteId('gJ$12abc'))).toEqual({ ...job, rev: 1 })
  })

  test('definitions keep what the user decided, and a row cannot change whose it is', async () => {
    const database = tempDatabase()
    const definitions = createDefinitionsRepository(database, memoryLog())
    const saved = aDefinition({ destination: aDestination, watch: true })
    await definitions.save([saved, other])
    expect(await definitions.find(saved.id)).toEqual(saved)
    await definitions.save([{ ...saved, removed: true, destination: null, watch: false }])
    expect(await definitions.find(saved.id)).toEqual({
      ...saved,
      removed: true,
      destination: null,
      watch: false,
    })
    expect(await definitions.ofConnection(saved.connectionId)).toHaveLength(2)
    expect(await definitions.all()).toHaveLength(2)
    await definitions.save([
      aDefinition({ id: definitionId('definition-c'), name: 'added by another process' }),
    ])
    expect(await definitions.find(definitionId('definition-c'))).toBeNull()
    expect(await definitions.all()).toHaveLength(2)
  })

  test('a destination that was saved by an earlier version is as it was meant then', async () => {
    const database = tempDatabase()
    const definitions = createDefinitionsRepository(database, memoryLog())
    const saved = aDefinition({ destination: aDestination })
    await definitions.save([saved])
    const { acceptFewerRows: _, archiveNames: __, ...earlier } = aDestination
    const asItWas = JSON.stringify(earlier)
    database.transaction(tx =>
      tx.run('UPDATE definitions SET destination = ? WHERE id = ?', asItWas, saved.id),
    )
    expect(await definitions.find(saved.id)).toEqual(saved)
  })

  test('no question that is asked all the time reads the whole table', async () => {
    const database = tempDatabase()
    const asked: string[] = []
    const watched: Database = {
      ...database,
      all(sql, ...values) {
        asked.push(sql)
        return database.all(sql, ...values)
      },
      get(sql, ...values) {
        asked.push(sql)
        return database.get(sql, ...values)
      },
    }
    const jobs = createJobsRepository(watched, fakeClock(), memoryLog())
    await jobs.find(jobId('a'))
    await jobs.byRemoteId(definition.id, remoteId('a'))
    await jobs.ofDefinition(definition.id, 1)
    await jobs.open()
    await jobs.openOf(definition.id)
    await jobs.asking(definition.connectionId)
    await jobs.definitionsOf(definition.connectionId, [])
    await jobs.concerned(definition.id, [])
    await jobs.wantingDelivery()
    await jobs.lastCompleted(definition.id)
    await jobs.usualMs(definition.id)
    expect(asked).toHaveLength(11)
    for (const sql of asked) {
      const parameters = new Set(sql.match(/\?\d?/g)?.map((name, n) => (name === '?' ? n : name))).size
      const plan = database.all(`EXPLAIN QUERY PLAN ${sql}`, ...Array.from({ length: parameters }, () => ''))
      expect(JSON.stringify(plan), sql).not.toMatch(/SCAN jobs"/)
    }
  })
})
