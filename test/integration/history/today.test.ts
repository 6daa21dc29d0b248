import { describe, expect, test } from 'vitest'
import { needsOf } from '../../../main/core/activity/needs.ts'
import { troubleFor } from '../../../main/core/activity/standing.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { addMillis } from '../../../main/core/time.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { ago, connectionOf, day, definitionOf, jobOf } from '../../unit/activity/standings.ts'
import { aContent, ledger } from './ledger.ts'

async function profile() {
  const of = ledger(tempDatabase())
  const connection = connectionOf('c1')
  const definition = definitionOf('d1')
  await of.connection(connection)
  await of.definition(definition)

  const read = () => of.activity.standings(addMillis(of.clock.now(), -troubleFor))
  return {
    ...of,
    read,
    async needs() {
      return needsOf({
        now: of.clock.now(),
        connections: [{ connection, secrets: 'keychain' }],
        definitions: [definition],
        jobs: await read(),
        jobListLimit: () => 100,
        filesLiveFor: () => () => null,
      }).map(need => need.id)
    },
    async deliver(job: Job) {
      const delivery = await of.delivery(`v-${job.id}`, job, { state: 'delivered' })
      await of.receipt(`r-${job.id}`, aContent(delivery, job, definition, connection))
    },
  }
}

describe('an ended trouble', () => {
  test('is read as long as its own end is recent, however old its run', async () => {
    const { jobs, delivery, needs, clock } = await profile()
    const job = jobOf('j', { knownAt: ago(40 * day), endSeenAt: ago(40 * day), listed: false })
    await jobs([job])
    await delivery('v', job, { state: 'finished-empty' })
    expect(await needs()).toEqual(['delivery:v'])
    // Its staging was cleaned up: that is its last change, and its state is the same.
    await clock.advance(3 * day)
    await delivery('v', job, { state: 'finished-empty' })
    await clock.advance(6 * day)
    expect(await needs()).toEqual(['delivery:v'])
    await clock.advance(1 * day)
    expect(await needs()).toEqual([])
  })

  test('is over once a run that began later was delivered, whichever was written first', async () => {
    const { jobs, needs, deliver } = await profile()
    const began = (hours: number) => ({ raw: '', at: ago(hours * 3_600_000), zoneAssumed: false })
    const later = jobOf('later', { startedAt: began(2) })
    const failed = jobOf('failed', { state: 'failed', startedAt: began(3) })
    const earlier = jobOf('earlier', { startedAt: began(4) })
    await jobs([later, failed, earlier])
    await deliver(earlier)
    expect(await needs()).toEqual(['job-failed:failed'])
    await deliver(later)
    expect(await needs()).toEqual([])
  })
})

describe('the system’s list', () => {
  const listed = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      jobOf(`j${at}`, { knownAt: addMillis(ago(day), at), wanted: null, remoteId: remoteId(`r${at}`) }),
    )

  test('says where an unsaved job stands in it, newest first', async () => {
    const { jobs, read } = await profile()
    await jobs([...listed(3), jobOf('dropped', { knownAt: ago(0), listed: false, remoteId: remoteId('x') })])
    const positions = (await read()).map(({ job, listPosition }) => [job.id, listPosition])
    expect(positions).toEqual([
      ['dropped', null],
      ['j2', 1],
      ['j1', 2],
      ['j0', 3],
    ])
  })

  test('needs the user for the oldest of those near its end, until that one is saved', async () => {
    const { jobs, needs, deliver, kept } = await profile()
    await jobs(listed(90))
    expect(await needs()).toEqual(['near-end-of-list:j0'])
    for (const id of ['j0', 'j1']) await deliver(kept.jobs.get(id) ?? jobOf(id))
    expect(await needs()).toEqual(['near-end-of-list:j2'])
  })

  test('reminds of a file that was not what it claimed, long after that was told', async () => {
    const { jobs, delivery, needs, clock } = await profile()
    const all = listed(90)
    await jobs(all)
    const [oldest] = all
    if (!oldest) throw new Error('no jobs')
    await delivery('v', oldest, { state: 'not-what-it-claims' })
    expect(await needs()).toContain('delivery:v')
    await clock.advance(30 * day)
    expect(await needs()).toContain('near-end-of-list:j0')
  })
})

test('a run that was found in a list, and that nobody asked for, is not read at all', async () => {
  const { jobs, read } = await profile()
  await jobs([
    jobOf('a', { origin: 'elsewhere', wanted: null, state: 'failed', remoteId: remoteId('a') }),
    jobOf('b', { origin: 'elsewhere', wanted: null, remoteId: remoteId('b') }),
    jobOf('c', { origin: 'elsewhere', wanted: null, state: 'running', remoteId: remoteId('c') }),
  ])
  expect((await read()).map(({ job }) => job.id)).toEqual(['c'])
})

test('the last delivery of a definition is the one delivered last, not that of its newest run', async () => {
  const { jobs, deliver, history, clock } = await profile()
  const older = jobOf('older', { knownAt: ago(2 * day), remoteId: remoteId('a') })
  const newer = jobOf('newer', { knownAt: ago(day), remoteId: remoteId('b') })
  await jobs([older, newer])
  const last = async () => (await history.lastDelivered(definitionId('d1')))?.receiptId ?? null
  expect(await last()).toBeNull()
  await deliver(newer)
  expect(await last()).toBe('r-newer')
  await clock.advance(1000)
  await deliver(older)
  expect(await last()).toBe('r-older')
  expect(await history.receiptOf(jobId('older'))).not.toBeNull()
  expect(await history.lastDelivered(definitionId('d2'))).toBeNull()
})
