import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deliveryId, jobId } from '../../../main/core/ids.ts'
import { minutes } from '../../../main/core/time.ts'
import { wholeDesk } from './whole-desk.ts'

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const isStart = ({ method, path }: { readonly method: string; readonly path: string }) =>
  method === 'POST' && path.endsWith('/data-extractor/jobs')

/** Everything below a folder, with its bytes and times: what nobody may have touched. */
function standing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => {
      const path = join(entry.parentPath, entry.name)
      return `${path} ${sha256(path)} ${statSync(path).mtimeMs}`
    })
    .sort()
}

describe('a run of a kept definition', () => {
  test('is started once, watched, and its folder delivered, sub-folders too', async () => {
    const it = await wholeDesk()
    const { job, joined, delivery } = await it.delivered(await it.kept(1))
    expect(joined).toBe(false)
    expect(delivery).toMatchObject({ state: 'delivered', warnings: [] })
    expect(it.visible()).toEqual(['IAgentQueueStats.csv', 'views/vAgentActivity.csv'])
    const local = join(it.icws.outputMaps[0]?.local ?? '', job.remoteId ?? '')
    for (const name of it.visible()) expect(sha256(join(it.folder, name))).toBe(sha256(join(local, name)))
    expect(it.practice.requests.filter(isStart)).toHaveLength(1)
    expect(it.receipts.rows()[0]?.content).toMatchObject({
      remoteJobId: job.remoteId,
      files: [{ rows: 120 }, { rows: 120 }],
    })
  })

  test('leaves the server’s folders as they were', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    const local = it.icws.outputMaps[0]?.local ?? ''
    const first = await it.delivered(definition)
    const before = standing(local)
    expect(first.delivery.state).toBe('delivered')
    await it.passing(it.deliveries.request(jobId(first.job.id), { again: true, by: 'anna' }))
    await it.jobWhen(first.job.id, () => it.receipts.rows().length === 2)
    expect(standing(local)).toEqual(before)
  })

  test('asked for twice while it runs is joined, not started again', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    const [one, two] = await it.passing(
      Promise.all([
        it.jobs.run(definition, { again: false, by: 'anna' }),
        it.jobs.run(definition, { again: false, by: 'bert' }),
      ]),
    )
    expect([one?.joined, two?.joined].sort()).toEqual([false, true])
    expect(it.icws.started()).toBe(1)
  })

  test('started elsewhere with the same configuration is joined', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    const { request, name } = (await it.definitions.list()).find(({ id }) => id === definition) ?? {}
    if (!request || !name) throw new Error('The definition is kept.')
    it.practice.scenario('slow', 'icws')
    const other = await it.sessions.with(it.connection, (session, system) =>
      system.start(session, { id: 'elsewhere' as never, name, request }),
    )
    const { job, joined } = await it.passing(it.jobs.run(definition, { again: false, by: 'anna' }))
    expect({ joined, id: job.remoteId }).toEqual({ joined: true, id: other.id })
    expect(it.icws.started()).toBe(1)
  })

  test('whose answer was lost is found in the list, and delivered', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    it.practice.scenario('lost-post-answer', 'icws')
    const { delivery } = await it.delivered(definition)
    expect(delivery.state).toBe('delivered')
    expect(it.practice.requests.filter(isStart)).toHaveLength(1)
    expect(it.icws.started()).toBe(1)
  })

  test('that never reached the server is said not to have been started', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    it.practice.scenario('lost-post-nothing', 'icws')
    await expect(it.passing(it.jobs.run(definition, { again: false, by: 'anna' }))).rejects.toMatchObject({
      code: 'connection-cut',
    })
    const { jobs } = await it.definitions.jobs(definition)
    expect(jobs[0]).toMatchObject({ state: 'not-started' })
    expect(it.practice.requests.filter(isStart)).toHaveLength(1)
  })

  test('survives that the session ends again and again', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    it.practice.scenario('expired-token', 'icws')
    const { delivery } = await it.delivered(definition)
    expect(delivery.state).toBe('delivered')
    expect(it.icws.started()).toBe(1)
  })

  test('that fails, or is cancelled, says why and by whom', async () => {
    const it = await wholeDesk()
    const definition = await it.kept()
    it.practice.scenario('failing-job', 'icws')
    const failing = await it.passing(it.jobs.run(definition, { again: false, by: 'anna' }))
    expect(await it.jobWhen(failing.job.id, ({ state }) => state === 'failed')).toMatchObject({
      error: { code: 'job-failed', said: 'The database did not answer in time.' },
    })
    it.practice.scenario('slow', 'icws')
    const { job } = await it.passing(it.jobs.run(definition, { again: true, by: 'anna' }))
    expect(await it.passing(it.jobs.cancel(jobId(job.id)))).toMatchObject({
      state: 'cancelled',
      error: { facts: { by: 'fin.batch', ended: 'cancelled' } },
    })
  })
})

describe('the folder', () => {
  test('that is empty is a finished, empty extract; accepted, it is delivered with a warning', async () => {
    for (const [allowEmpty, state] of [
      [false, 'finished-empty'],
      [true, 'delivered-with-warnings'],
    ] as const) {
      const it = await wholeDesk({ allowEmpty })
      it.practice.scenario('empty-extract', 'icws')
      const { delivery } = await it.delivered(await it.kept())
      expect(delivery.state).toBe(state)
      expect(it.visible()).toEqual([])
    }
  })

  test('that still grows is waited for, and delivered whole', async () => {
    const it = await wholeDesk()
    it.practice.scenario('truncated-download', 'icws')
    const { delivery } = await it.delivered(await it.kept())
    expect(delivery.state).toBe('delivered')
    expect(readFileSync(join(it.folder, 'InteractionSummary.csv'), 'utf8').split('\r\n')).toHaveLength(122)
  })

  test.each([
    ['html-instead-of-file', 'html-instead-of-file'],
    ['json-error-with-200', 'error-instead-of-file'],
  ] as const)('%s: not what it claims to be', async (scenario, code) => {
    const it = await wholeDesk()
    it.practice.scenario(scenario, 'icws')
    const { delivery } = await it.delivered(await it.kept())
    expect(delivery).toMatchObject({ state: 'not-what-it-claims', error: { code } })
    expect(it.visible()).toEqual([])
  })

  test('whose share is away is waited for, and delivered when it is back', async () => {
    const it = await wholeDesk()
    const local = it.icws.outputMaps[0]?.local ?? ''
    const definition = await it.kept()
    const job = await it.passing(it.jobs.start(definition, { again: false, by: 'anna' }))
    await it.clock.advance(minutes(1))
    it.icws.write()
    renameSync(local, `${local}-away`)
    await it.deliveries.request(jobId(job.id), { again: false, by: 'anna' })
    const away = await it.jobWhen(job.id, ({ delivery }) => delivery?.state === 'unreachable')
    expect(away.delivery).toMatchObject({ error: { code: 'source-unreachable' } })
    renameSync(`${local}-away`, local)
    await it.deliveries.retry(deliveryId(away.delivery?.id ?? ''))
    const back = await it.jobWhen(job.id, ({ delivery }) => delivery?.state === 'delivered')
    expect(back.delivery?.error).toBeNull()
    expect(it.visible()).toEqual(['InteractionSummary.csv'])
  })
})
