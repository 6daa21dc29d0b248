import { describe, expect, test } from 'vitest'
import { hours, seconds } from '../../../main/core/time.ts'
import { ask, asked, ended, jobOf, kept, listOf, ofNone, signedIn, start, vaultComputer } from './desk.ts'

describe('jobs that somebody else began', () => {
  test('[vault:3.4.example-kinds] any job is watched by its id; those with files are seen to have some', async () => {
    const desk = await signedIn()
    const found = new Map<string, boolean>()
    for (let id = 1201; id <= 1209; id += 1) {
      const job = await jobOf(desk, ofNone, String(id))
      expect(job).toMatchObject({ status: 'completed', rawStatus: 'SUCCESS' })
      found.set(String(id), job.hasFiles)
    }
    // Binder Export, Export Submission, Export Documents and Controlled Copy; the other five make no files.
    expect([...found].filter(([, has]) => has).map(([id]) => id)).toEqual(['1201', '1203', '1208', '1209'])
  })

  test('[vault:3.4.links] the artifacts of a job are found by its link', async () => {
    const desk = await signedIn()
    const job = await jobOf(desk, ofNone, '1209')
    const { files } = await desk.run((session, system) => system.files(session, ofNone, job))
    expect(files.map(({ name }) => name)).toEqual([
      '1209/11/1_0/Plan A.pdf',
      "1209/12/0_1/Michael's list 8-30-25.csv",
    ])
    expect(job.raw.progress).toEqual([{ size: 1, status: 'SUCCESS' }])
  })

  test('[vault:3.4.missing-method] one that no request made has no method: its times may be of another zone', async () => {
    const desk = await signedIn()
    const job = await jobOf(desk, ofNone, '1206')
    expect(job.raw.method).toBeUndefined()
    expect(job.endedAt?.zoneAssumed).toBe(true)
  })

  test('an id that the vault does not know is not there', async () => {
    const desk = await signedIn()
    await expect(jobOf(desk, ofNone, '777')).rejects.toMatchObject({ code: 'not-found' })
    await expect(jobOf(desk, ofNone, '../x')).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('the list', () => {
  test('[vault:3.4.lists] [vault:3.4.next-page] is what is unfinished and what has ended, over all pages', async () => {
    const desk = await signedIn()
    const { jobs, complete } = await listOf(desk, {})
    expect(complete).toBe(true)
    expect(jobs).toHaveLength(240)
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(240)
    expect(asked(desk, /\/histories/)).toHaveLength(2)
    expect(jobs.filter(({ status }) => status === 'queued').map(({ id }) => id)).toEqual(['1301'])
    // Nobody says of a listed job which request made it, if any.
    expect(jobs.every(({ startedAt }) => startedAt?.zoneAssumed ?? false)).toBe(true)
  })

  test('later lists look back a week at least', async () => {
    const desk = await signedIn()
    const { jobs } = await listOf(desk, { since: desk.clock.now() })
    const oldest = Math.min(...jobs.map(({ startedAt }) => startedAt?.at ?? Number.POSITIVE_INFINITY))
    expect(desk.clock.now() - oldest).toBeGreaterThan(hours(6 * 24))
    expect(desk.clock.now() - oldest).toBeLessThan(hours(9 * 24))
  })

  test('a few open jobs are asked for one by one, and nothing else is said', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Binder')
    const { id } = await start(desk, target)
    await desk.clock.advance(seconds(20))
    const owners = new Map([[id, target.id]])
    const { jobs, complete } = await listOf(desk, { targets: [target], open: [id], owners, complete: false })
    expect(complete).toBe(false)
    expect(jobs).toMatchObject([{ id, target: target.id, status: 'completed', hasFiles: true }])
    expect(asked(desk, /monitors|histories/)).toEqual([])
  })

  test('of many, those that still run are told by one list', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Binder')
    desk.practice.scenario('slow')
    const ids = []
    for (let n = 0; n < 8; n += 1) ids.push((await start(desk, target)).id)
    const owners = new Map(ids.map(id => [id, target.id]))
    const { jobs } = await listOf(desk, { targets: [target], open: ids, owners, complete: false })
    expect(
      jobs
        .filter(job => job.target === target.id)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort())
    expect(asked(desk, /services\/jobs\/\d+$/)).toEqual([])
    expect(asked(desk, /monitors/)).toHaveLength(1)
  })

  test('a complete list has the end of each open job, with its files', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Binder')
    const { id } = await start(desk, target)
    await desk.clock.advance(seconds(20))
    const owners = new Map([[id, target.id]])
    const { jobs } = await listOf(desk, { targets: [target], open: [id], owners })
    expect(jobs.find(job => job.id === id)).toMatchObject({
      status: 'completed',
      hasFiles: true,
      target: target.id,
    })
  })

  test('[vault:3.8.files] [vault:3.8.error-entry] has a job for each file of Direct Data, also of those to come', async () => {
    const desk = await signedIn()
    const target = ask(desk, 'Latest changes')
    const { jobs } = await listOf(desk, { targets: [target] })
    const files = jobs.filter(job => job.target === target.id)
    expect(files.length).toBeGreaterThan(90)
    // 18:30 has just ended: its file is not made yet.
    expect(files.find(({ rawStatus }) => rawStatus === 'The file is being generated.')).toMatchObject({
      status: 'queued',
      hasFiles: false,
    })
    const made = files.find(({ raw }) => raw.name === '9001-20261101-1815-N')
    expect(made).toMatchObject({
      status: 'completed',
      startedAt: { raw: '2026-11-01T18:00Z', zoneAssumed: false },
    })
    expect(await jobOf(desk, target, made?.id ?? '')).toMatchObject({ id: made?.id, status: 'completed' })
    expect(await jobOf(desk, ofNone, '9001-20261101-1815-N')).toMatchObject({
      status: 'completed',
      hasFiles: true,
    })
    await expect(start(desk, target)).rejects.toMatchObject({ code: 'not-supported' })
  })

  test('[vault:3.8.empty] nothing is offered in another period, and that is no error', async () => {
    const desk = await signedIn()
    const target = kept({
      kind: 'direct-data',
      extractType: 'full_directdata',
      startTime: '2020-01-01T00:00:00Z',
      stopTime: '2020-02-01T00:00:00Z',
    })
    const { jobs } = await listOf(desk, { targets: [target] })
    expect(jobs.filter(job => job.target === target.id)).toEqual([])
  })
})

describe('what only some may see', () => {
  test('[vault:3.5.rights] results are for the owner of a vault and for whoever began the export', async () => {
    const secrets = (await vaultComputer()).practice.vault.reader.password
    const desk = await signedIn({}, { secrets })
    const job = await jobOf(desk, ofNone, '1208')
    expect(job.hasFiles).toBe(false)
    const own = await ended(desk, ask(desk, 'Two documents'))
    const { files } = await desk.run((session, system) =>
      system.files(session, ask(desk, 'Two documents'), own),
    )
    expect(files).toHaveLength(2)
  })

  test('[vault:3.5.prefix] whoever is no owner has their own folder for a root', async () => {
    const secrets = (await vaultComputer()).practice.vault.reader.password
    const desk = await signedIn({}, { secrets })
    const target = ask(desk, 'Two documents')
    const job = await ended(desk, target)
    const { files } = await desk.run((session, system) => system.files(session, target, job))
    const [file] = files
    if (!file) throw new Error('The job has files')
    const answer = await desk.run((session, system) => system.open(session, target, job.id, file, null))
    expect(answer.headers['content-disposition']).toBe('attachment;filename="Plan A.pdf"')
    await answer.body[Symbol.asyncIterator]().return?.()
    expect(asked(desk, /content/)[0]?.path).toMatch(/\/content\/\d+\/11\/1_0\/Plan%20A\.pdf$/)
  })
})
