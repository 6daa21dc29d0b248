import { describe, expect, it } from 'vitest'
import { endOfError, type Outcome, outcomeExits } from '../../../main/cli/exit-codes.ts'
import { AppError } from '../../../main/core/errors.ts'
import { type ErrorCode, errorCodes } from '../../../preload/contract/errors.ts'
import { call } from './call.ts'
import { aConnection, aDefinition, aJob } from './views.ts'

/** docs/cli.md, the table of outcomes. */
const table: Readonly<Record<number, readonly Outcome[]>> = {
  0: ['delivered', 'delivered-with-warnings', 'already-delivered', 'same-bytes'],
  3: ['needs-sign-in'],
  4: ['unreachable', 'source-unreachable'],
  5: ['failed', 'cancelled', 'timed-out', 'file-gone'],
  6: ['not-what-it-claims', 'finished-empty'],
  8: ['needs-space', 'destination-unreachable', 'conflict'],
  10: ['start-unknown'],
  130: ['interrupted'],
}

describe('exit codes', () => {
  it('of outcomes are as in the table', () => {
    const expected = Object.entries(table).flatMap(([exit, outcomes]) =>
      outcomes.map(outcome => [outcome, Number(exit)]),
    )
    expect(Object.fromEntries(expected)).toEqual(outcomeExits)
  })

  it('agree with the outcome that an error leads to', () => {
    for (const code of errorCodes) {
      const { exit, outcome } = endOfError(code)
      if (outcome !== null) expect(outcomeExits[outcome], code).toBe(exit)
    }
  })

  it('take a code that is not known for a fault', () => {
    expect(endOfError('from-the-future').exit).toBe(1)
  })

  const thrown = (code: ErrorCode, facts = {}) =>
    call(['connection', 'list', '--json'], {
      desk: {
        connections: {
          list: async () => {
            throw new AppError(code, { facts })
          },
        },
      },
    })

  it.each([
    ['sign-in-refused', 3],
    ['maintenance', 4],
    ['not-supported', 2],
  ] as const)('%s ends with %i', async (code, exit) => {
    const called = await thrown(code)
    expect(called.exit).toBe(exit)
    expect(called.json).toEqual({
      error: { code, message: expect.any(String), next: expect.stringMatching(/./) },
    })
  })

  it('1: a fault says where the log is, and nothing of itself', async () => {
    const called = await call(['connection', 'list', '--json'], {
      desk: {
        connections: {
          list: async () => {
            throw new TypeError('the secret inside')
          },
        },
      },
    })
    expect(called.exit).toBe(1)
    expect(called.json).toHaveProperty('error.code', 'internal')
    expect(called.out).toContain('/profile/logs')
    expect(called.out + called.err).not.toContain('the secret inside')
    expect(called.faults).toHaveLength(1)
  })

  it('2: one document, also where the words are wrong', async () => {
    for (const words of [[], ['bogus'], ['run'], ['run', '--nothing'], ['connection', 'list', '--to', 'x']]) {
      const called = await call([...words, '--json'])
      expect(called.exit).toBe(2)
      expect(called.json).toHaveProperty('error.code', 'bad-input')
      expect(called.err).toBe('')
    }
  })

  it('says a failure on standard error without --json', async () => {
    const called = await call(['bogus'])
    expect(called.out).toBe('')
    expect(called.err).toContain('There is no command “bogus”.')
    expect(called.err).toContain('What to do:')
  })

  it.each(['profile-locked', 'profile-damaged', 'profile-newer', 'folder-not-writable'] as const)(
    '12: %s',
    async code => {
      for (const words of [
        ['history', 'list'],
        ['connection', 'list'],
      ]) {
        const called = await call([...words, '--json'], { closedBy: new AppError(code) })
        expect(called.exit).toBe(12)
        expect(called.json).toHaveProperty('error.code', code)
      }
    },
  )

  const start = (error: AppError) =>
    call(['job', 'start', '--connection', 'acme eu', '--definition', 'definition-1', '--json'], {
      desk: {
        connections: { list: async () => [aConnection] },
        definitions: { list: async () => [aDefinition] },
        jobs: {
          start: async () => {
            throw error
          },
          view: async () => aJob,
        },
      },
    })

  it('7 and 9: with the job that stands in the way; null where none is listed', async () => {
    const running = await start(new AppError('already-running', { facts: { jobId: 'job-1' } }))
    expect(running.exit).toBe(7)
    expect(running.json).toHaveProperty('job.id', 'gWqq$1')
    const unlisted = await start(new AppError('already-running'))
    expect(unlisted.exit).toBe(7)
    expect(unlisted.json).toHaveProperty('job', null)
    const again = await start(
      new AppError('again-needed', { facts: { reason: 'unsaved-run', jobId: 'job-1' } }),
    )
    expect(again.exit).toBe(9)
    expect(again.json).toHaveProperty('job.id', 'gWqq$1')
    expect(again.json).toHaveProperty('error.next', expect.stringContaining('--again'))
  })

  it('10: a start that nobody knows of', async () => {
    expect((await start(new AppError('start-unknown', { facts: { jobId: 'job-1' } }))).exit).toBe(10)
  })

  it('130 and 143: after a signal, whatever it cut short', async () => {
    for (const exit of [130, 143]) {
      const stop = new AbortController()
      const called = await call(['connection', 'list', '--json'], {
        interrupted: stop.signal,
        desk: {
          connections: {
            list: async () => {
              stop.abort(exit)
              throw new AppError('cancelled')
            },
          },
        },
      })
      expect(called.exit).toBe(exit)
      expect(called.json).toMatchObject({ error: { code: 'interrupted' }, outcome: 'interrupted' })
    }
  })
})
