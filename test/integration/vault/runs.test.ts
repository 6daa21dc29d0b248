import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../../main/core/time.ts'
import { startPractice } from '../../../main/practice/index.ts'
import { ask, asked, ended, inTime, jobOf, kept, listOf, ofNone, signedIn, start } from './desk.ts'

describe('the limit of one question in 10 seconds for a job', () => {
  test('[vault:3.3.job-limit] is kept, however often somebody asks', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Two documents')
    const { id } = await start(desk, target)
    for (let times = 0; times < 4; times += 1) await jobOf(desk, target, id)
    const times = asked(desk, new RegExp(`/services/jobs/${id}$`)).map(({ at }) => at)
    expect(times).toHaveLength(4)
    for (const [n, at] of times.slice(1).entries())
      expect(at - (times[n] ?? 0)).toBeGreaterThanOrEqual(10_000)
  })

  test('[vault:3.3.job-limit] also by another process, at the same moment and after a restart', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Two documents')
    const { id } = await start(desk, target)
    const other = desk.start({ turns: desk.turns })
    await inTime(
      desk.clock,
      Promise.all([
        jobOf(desk, target, id),
        ...[1, 2].map(() =>
          other.sessions.with(desk.id, (session, system) => system.job(session, target, id)),
        ),
      ]),
    )
    const times = asked(desk, new RegExp(`/services/jobs/${id}$`)).map(({ at }) => at)
    expect(times).toHaveLength(3)
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(20_000)
  })

  test('[vault:3.3.other-clients] another computer may have asked: then there is a pause, and nothing is broken', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Two documents')
    const { id } = await start(desk, target)
    // A computer with a profile of its own knows nothing of our turns.
    const elsewhere = desk.start()
    await elsewhere.sessions.with(desk.id, (session, system) => system.job(session, target, id))
    await expect(jobOf(desk, target, id)).rejects.toMatchObject({
      code: 'rate-limited',
      facts: { vaultType: 'API_LIMIT_EXCEEDED', retryAfterMs: 10_000 },
    })
  })

  test('jobs are independent of each other', async () => {
    const desk = await signedIn()
    const before = desk.clock.now()
    for (const id of ['1201', '1202', '1203', '1204']) await jobOf(desk, ofNone, id)
    expect(desk.clock.now() - before).toBeLessThan(10_000)
  })
})

describe('runs', () => {
  const kinds = ['All documents', 'Two documents', 'Versions', 'Binder', 'Products'] as const
  test.each(kinds)('%s: started once, watched to its end', async name => {
    const desk = await signedIn()
    const target = ask(desk, name)
    const started = await start(desk, target)
    expect(started).toMatchObject({ status: 'submitted', rawStatus: '', startedAt: null, hasFiles: false })
    expect(await jobOf(desk, target, started.id)).toMatchObject({ status: 'queued' })
    await desk.clock.advance(seconds(10))
    const job = await jobOf(desk, target, started.id)
    expect(job).toMatchObject({ status: 'completed', rawStatus: 'SUCCESS', hasFiles: true })
    expect(job.startedAt?.zoneAssumed).toBe(false)
    expect(desk.vault.started()).toBe(1)
  })

  test('[vault:3.9.query] the documents of a query are those of all its pages', async () => {
    const desk = await signedIn()
    await start(desk, ask(desk, 'All documents'))
    const [{ body } = { body: '' }] = asked(desk, /fileextract\?/)
    expect(JSON.parse(body).map(({ id }: { id: string }) => id)).toEqual([
      '11',
      '12',
      '13',
      '14',
      '15',
      '16',
      '17',
    ])
    expect(asked(desk, /\/query/)).toHaveLength(3)
  })

  test('a query that finds nothing starts nothing, and says that', async () => {
    const desk = await signedIn()
    const target = kept({ kind: 'documents', query: 'SELECT id FROM documents WHERE id = 0' })
    await expect(start(desk, target)).rejects.toMatchObject({ code: 'empty-extract', facts: { sent: false } })
    expect(desk.vault.started()).toBe(0)
  })

  test('a query that the vault cannot read is refused in its own words', async () => {
    const desk = await signedIn()
    const target = kept({ kind: 'documents', query: 'SELECT id FROM nothing' })
    await expect(start(desk, target)).rejects.toMatchObject({
      code: 'request-refused',
      facts: { vaultType: 'INCORRECT_QUERY_SYNTAX_ERROR', sent: false },
    })
  })

  test('[vault:3.4.start-now] a scheduled job runs now; its times are in the zone of the vault', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Weekly export, now')
    const before = await jobOf(desk, target, '1301')
    expect(before).toMatchObject({ status: 'queued', rawStatus: 'SCHEDULED' })
    expect((await start(desk, target)).id).toBe('1301')
    const job = await jobOf(desk, target, '1301')
    expect(job).toMatchObject({ status: 'completed', rawStatus: 'SUCCESS' })
    expect(job.startedAt).toMatchObject({ zoneAssumed: true })
  })

  test('[vault:3.4.start-now-unknown] one that does not exist is refused, with status 200', async () => {
    const desk = await signedIn()
    await expect(start(desk, kept({ kind: 'job', jobId: '999999' }))).rejects.toMatchObject({
      code: 'request-refused',
      facts: { status: 200, vaultType: 'INVALID_DATA' },
    })
  })

  test('[vault:3.3.in-progress] an operation in progress is one that runs already', async () => {
    const desk = await signedIn()
    desk.practice.scenario('busy')
    await expect(start(desk, ask(desk, 'Binder'))).rejects.toMatchObject({ code: 'already-running' })
  })

  test('[vault:3.3.no-idempotency] a start whose answer was lost may have happened: the list cannot tell whose it is', async () => {
    const desk = await signedIn()
    desk.practice.scenario('lost-post-answer')
    await expect(start(desk, ask(desk, 'Binder'))).rejects.toMatchObject({
      code: 'connection-cut',
      facts: { sent: true },
    })
    expect(desk.vault.started()).toBe(1)
    desk.practice.scenario('normal')
    const { jobs } = await listOf(desk, { targets: [ask(desk, 'Binder')] })
    const newest = jobs.find(({ raw }) => raw.title === 'Binder Export')
    expect(newest).toMatchObject({ target: null })
  })

  test('[vault:3.4.statuses] a job that timed out has failed', async () => {
    const desk = await signedIn()
    desk.practice.scenario('failing-job')
    expect(await ended(desk, ask(desk, 'Binder'))).toMatchObject({ status: 'failed', rawStatus: 'TIMEOUT' })
  })

  test('a status that nobody documented is shown as it came', async () => {
    const desk = await signedIn()
    desk.practice.scenario('unknown-status')
    const target = ask(desk, 'Binder')
    const { id } = await start(desk, target)
    await desk.clock.advance(minutes(1))
    expect(await jobOf(desk, target, id)).toMatchObject({ status: 'unknown', rawStatus: 'Transforming' })
  })

  test('[vault:3.3.limit-status] a limit is a pause, with status 200 and with 429', async () => {
    const desk = await signedIn()
    desk.practice.scenario('rate-limited')
    const target = ask(desk, 'Binder')
    for (const status of [429, 200]) {
      await expect(start(desk, target)).rejects.toMatchObject({
        code: 'rate-limited',
        facts: { status, retryAfterMs: 60_000 },
      })
    }
    expect((await start(desk, target)).status).toBe('submitted')
  })

  test('[vault:3.1.downtime] a vault that is down says for how long', async () => {
    const desk = await signedIn()
    desk.practice.scenario('maintenance')
    await expect(listOf(desk, {})).rejects.toMatchObject({
      code: 'maintenance',
      facts: { retryAfterMs: 7 * 60_000 },
    })
  })
})

describe('a restart of the practice vault', () => {
  test('sessions, jobs and the limit are what they were', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'extract-desk-practice-'))
    const desk = await signedIn({ stateDir })
    const target = ask(desk, 'Binder')
    const { id } = await start(desk, target)
    await jobOf(desk, target, id)
    await desk.practice.close()
    const again = await startPractice({ stateDir, now: desk.clock.now })
    try {
      expect(again.vault.url).toBe(desk.vault.url)
      expect(await jobOf(desk, target, id)).toMatchObject({ status: 'completed' })
      expect(again.vault.started()).toBe(1)
    } finally {
      await again.close()
      rmSync(stateDir, { recursive: true, force: true })
    }
  })
})
