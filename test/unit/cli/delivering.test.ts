import { describe, expect, it } from 'vitest'
import { endOf } from '../../../main/cli/await-delivery.ts'
import { outcomeExits } from '../../../main/cli/exit-codes.ts'
import { AppError } from '../../../main/core/errors.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { type Called, call, type Setting } from './call.ts'
import { aConnection, aDefinition, aDelivery, aDestination, aJob, aReceipt, running } from './views.ts'

const connections = { list: async () => [aConnection] }
const definitions = { list: async () => [aDefinition] }
const receipts = { show: async () => aReceipt }

type Jobs = NonNullable<NonNullable<Setting['desk']>['jobs']>
const run = (jobs: Jobs, more: Setting = {}, ...words: string[]): Promise<Called> =>
  call(['run', '--connection', 'acme eu', '--definition', 'definition-1', '--json', '--quiet', ...words], {
    desk: { connections, definitions, receipts, jobs, ...more.desk },
    ...(({ desk: _, ...rest }) => rest)(more),
  })

const delivered = {
  outcome: 'delivered',
  joined: false,
  connection: 'Acme EU',
  definition: 'Standard Accounting Extract',
  job: {
    id: 'gWqq$1',
    status: 'completed',
    rawStatus: 'Completed',
    startedAt: '2026-11-01T18:30:02Z',
    endedAt: '2026-11-01T18:31:10Z',
  },
  files: [{ path: '/srv/erp/in/a.txt', bytes: 48_211, sha256: 'ab' }],
  receipt: 'r-1',
  warnings: [{ code: 'file-empty', message: '“b.txt” is empty.' }],
}

describe('run', () => {
  it('starts, waits for whoever delivers, and says what was delivered', async () => {
    const asked: unknown[] = []
    const called = await run({
      run: async (_id, options) => {
        asked.push(options)
        return { job: running, joined: false }
      },
      view: async () => aJob,
    })
    expect(called).toMatchObject({ exit: 0, err: '' })
    expect(called.json).toEqual(delivered)
    expect(asked).toEqual([{ again: false, by: 'ana', destination: aDestination, finish: true }])
  })

  it('hands on where to and how', async () => {
    const asked: { destination?: unknown }[] = []
    const words = [
      '--to',
      'in',
      '--name',
      '{n}{ext}',
      '--on-conflict',
      'fail',
      '--keep-archive',
      '--no-unzip',
    ]
    await run(
      {
        run: async (_id, options) => {
          asked.push(options)
          throw new AppError('folder-missing', { facts: { folder: '/work/in' } })
        },
      },
      {},
      ...words,
      '--marker',
      'done',
      '--allow-empty',
    )
    expect(asked[0]?.destination).toEqual({
      ...aDestination,
      folder: '/work/in',
      name: '{n}{ext}',
      onConflict: 'fail',
      keepArchive: true,
      unzip: false,
      marker: 'done',
      allowEmpty: true,
    })
  })

  it('8: with nothing started, where there is no place for the files', async () => {
    const nowhere = { definitions: { list: async () => [{ ...aDefinition, destination: null }] } }
    const called = await run({}, { desk: nowhere })
    expect(called.exit).toBe(8)
    expect(called.json).toMatchObject({
      error: { code: 'no-destination', next: expect.stringContaining('--to') },
      outcome: null,
      job: null,
      files: [],
      receipt: null,
      warnings: [],
    })
  })

  it('2: a template that cannot be, before the desk is opened', async () => {
    const called = await run({}, { closedBy: new Error('opened') }, '--name', '{nothing}')
    expect(called.exit).toBe(2)
    expect(called.json).toHaveProperty('error.message', expect.stringContaining('{nothing}'))
  })

  it('9: with the run that was', async () => {
    const called = await run({
      run: async () => {
        throw new AppError('again-needed', { facts: { reason: 'recent-run', jobId: 'job-1' } })
      },
      view: async () => aJob,
    })
    expect(called).toMatchObject({
      exit: 9,
      json: { error: { code: 'again-needed' }, job: { id: 'gWqq$1' } },
    })
  })

  it('5: leaves the job running when its time is over', async () => {
    const clock = fakeClock()
    const begun = run(
      { run: async () => ({ job: running, joined: true }), view: async () => running },
      { clock },
      '--timeout',
      '15m',
    )
    let done = false
    void begun.then(() => {
      done = true
    })
    await clock.advance(14 * 60_000)
    expect(done).toBe(false)
    await clock.advance(60_000)
    expect(await begun).toMatchObject({
      exit: 5,
      json: {
        error: { code: 'job-timed-out' },
        outcome: 'timed-out',
        joined: true,
        job: { status: 'running' },
      },
    })
  })

  it('3: does not wait in vain for a connection that waits for a sign-in', async () => {
    const refused = {
      ...aConnection,
      signIn: {
        state: 'refused' as const,
        expiresAt: null,
        error: { code: 'sign-in-refused' as const, facts: {} },
      },
    }
    const called = await run(
      { run: async () => ({ job: running, joined: false }), view: async () => running },
      { desk: { connections: { list: async () => [refused] } } },
    )
    expect(called).toMatchObject({
      exit: 3,
      json: { outcome: 'needs-sign-in', error: { code: 'sign-in-refused' }, job: { id: 'gWqq$1' } },
    })
  })

  it('143: says what it knows when it is interrupted', async () => {
    const stop = new AbortController()
    const called = await run(
      {
        run: async () => ({ job: running, joined: false }),
        view: async () => {
          stop.abort(143)
          return running
        },
      },
      { interrupted: stop.signal },
    )
    expect(called.exit).toBe(143)
    expect(called.json).toHaveProperty('outcome', 'interrupted')
  })

  it('takes up what an earlier call has left', async () => {
    let asked = false
    const left = { ...aJob, delivery: null }
    const called = await run(
      { run: async () => ({ job: left, joined: true }), view: async () => (asked ? aJob : left) },
      {
        desk: {
          deliveries: {
            request: async () => {
              asked = true
              return { ...aJob, delivery: { ...aDelivery, state: 'waiting' as const, receiptId: null } }
            },
          },
        },
      },
    )
    expect(called).toMatchObject({ exit: 0, json: { ...delivered, joined: true } })
  })
})

describe('deliver', () => {
  const deliver = (request: () => Promise<typeof aJob>, more: Setting['desk'] = {}) =>
    call(['deliver', '--connection', 'connection-1', '--job', 'job-1', '--json'], {
      desk: {
        connections,
        definitions,
        receipts: {
          ...receipts,
          verify: async () => ({
            receiptId: 'r-1',
            files: [{ path: '/srv/erp/in/a.txt', found: 'missing' as const }],
            chain: 'ok' as const,
            chainAt: null,
            unproven: null,
          }),
        },
        jobs: { view: async () => aJob },
        deliveries: { request, checkDestination: async () => {} },
        ...more,
      },
    })

  it('already delivered: the old receipt, and what is no longer there', async () => {
    const called = await deliver(async () => aJob)
    expect(called.exit).toBe(0)
    expect(called.json).toMatchObject({
      outcome: 'already-delivered',
      receipt: 'r-1',
      warnings: [{ code: 'file-empty' }, { code: 'file-missing' }],
    })
  })

  it('waits for another process that is at it', async () => {
    const called = await deliver(async () => {
      throw new AppError('forbidden', { facts: { reason: 'another process delivers it' } })
    })
    expect(called).toMatchObject({ exit: 0, json: { receipt: 'r-1' } })
  })

  it('5: a job that failed, in the system’s own words', async () => {
    const called = await deliver(async () => {
      throw new AppError('job-failed', { said: 'No batches to process' })
    })
    expect(called).toMatchObject({ exit: 5, json: { outcome: 'failed', job: { id: 'gWqq$1' }, files: [] } })
    expect(called.json).toHaveProperty('error.message', expect.stringContaining('No batches to process'))
  })

  it('8: checks the destination first', async () => {
    const called = await deliver(
      async () => {
        throw new Error('asked for')
      },
      {
        deliveries: {
          checkDestination: async () => {
            throw new AppError('folder-missing', { facts: { folder: '/x' } })
          },
        },
      },
    )
    expect(called).toMatchObject({ exit: 8, json: { outcome: 'destination-unreachable' } })
  })
})

describe('an ending', () => {
  const outcomeOf = (state: JobState, delivery: typeof aDelivery | null = null) =>
    endOf({ ...aJob, state, delivery }, null)?.outcome ?? null

  it('is told by the job', () => {
    const states = [
      'queued',
      'running',
      'unknown',
      'starting',
      'failed',
      'cancelled',
      'timed-out',
      'gone',
    ] as const
    expect(states.map(state => outcomeOf(state))).toEqual([
      null,
      null,
      null,
      null,
      'failed',
      'cancelled',
      'timed-out',
      'file-gone',
    ])
    expect(outcomeOf('start-unknown')).toBe('start-unknown')
    expect(endOf({ ...aJob, delivery: null, error: { code: 'file-gone', facts: {} } }, null)?.outcome).toBe(
      'file-gone',
    )
    expect(outcomeOf('completed')).toBeNull()
  })

  it('is told by the delivery, where it is one', () => {
    const going: readonly DeliveryState[] = ['waiting', 'downloading', 'verifying', 'unpacking', 'publishing']
    for (const state of going)
      expect(outcomeOf('completed', { ...aDelivery, state, receiptId: null })).toBeNull()
    const ended: readonly DeliveryState[] = [
      'needs-space',
      'needs-sign-in',
      'destination-unreachable',
      'conflict',
      'unreachable',
      'not-what-it-claims',
      'finished-empty',
      'file-gone',
      'cancelled',
      'delivered',
      'delivered-with-warnings',
      'same-bytes',
    ]
    for (const state of ended) {
      expect(outcomeOf('completed', { ...aDelivery, state })).toBe(state)
      expect(outcomeExits).toHaveProperty(state)
    }
  })

  it('is not what was in the way before it was asked for again', () => {
    const before = { ...aDelivery, state: 'needs-space' as const, receiptId: null }
    const job = { ...aJob, delivery: before }
    expect(endOf(job, before)).toBeNull()
    expect(endOf({ ...job, delivery: { ...before, updatedAt: 21 } }, before)?.outcome).toBe('needs-space')
  })
})
