import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jobId, remoteId } from '../../../main/core/ids.ts'
import {
  advance,
  foundElsewhere,
  ImpossibleMove,
  intent,
  isMerged,
  type JobEvent,
  jobStates,
  stages,
} from '../../../main/core/jobs/job.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import type { RemoteJob } from '../../../main/core/systems/system.ts'
import { instantAt } from '../../../main/core/time.ts'
import type { JobState, JobStatus } from '../../../preload/contract/words.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'

const at = instantAt(1_000_000)
const statuses: readonly JobStatus[] = [
  'submitted',
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'unknown',
]

const remoteJob: fc.Arbitrary<RemoteJob> = fc.record({
  id: fc.constant(remoteId('R1')),
  status: fc.constantFrom(...statuses),
  rawStatus: fc.string({ maxLength: 5 }),
  startedAt: fc.constantFrom(null, systemTime(at)),
  endedAt: fc.constantFrom(null, systemTime(at)),
  hasFiles: fc.boolean(),
  raw: fc.constant({}),
})
const error = fc.constantFrom({ code: 'timed-out' as const, facts: {} })
const event: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.constant({ kind: 'sending' as const, at, listedBefore: [] }),
  fc.constant({ kind: 'session-ended' as const }),
  remoteJob.map(remote => ({ kind: 'found' as const, remote, origin: 'here' as const, at })),
  fc.constant({ kind: 'ours' as const, by: 'anna', sentAt: at }),
  error.map(view => ({ kind: 'outcome-unknown' as const, error: view })),
  error.map(view => ({ kind: 'not-started' as const, error: view, at })),
  remoteJob.map(remote => ({ kind: 'seen' as const, remote, at })),
  fc.constant({ kind: 'unlisted' as const }),
  fc.constant({ kind: 'vanished' as const, at }),
  fc.constant({ kind: 'deadline' as const, at }),
  fc.constant({ kind: 'without-files' as const }),
  fc.constant({ kind: 'wanted' as const, wanted: { by: 'anna', destination: null } }),
  fc.constantFrom(at, null).map(time => ({ kind: 'ask-again' as const, at: time })),
)
const definition = aDefinition()
const wish = intent(jobId('job-1'), definition, 'anna', null, at)
const birth: fc.Arbitrary<Job> = fc.oneof(
  fc.constant(wish),
  remoteJob.map(remote => foundElsewhere(jobId('job-1'), definition, remote, null, at)),
)

/** Every pair of states that one event led through, over any life that events allow. */
function live(
  first: Job,
  events: readonly JobEvent[],
  look: (from: Job, to: Job, by: JobEvent) => void,
): Job {
  return events.reduce((job, by) => {
    try {
      const next = advance(job, by)
      look(job, next, by)
      return next
    } catch (refused) {
      if (refused instanceof ImpossibleMove) return job
      throw refused
    }
  }, first)
}
const lives = fc.tuple(birth, fc.array(event, { maxLength: 25 }))

describe('the life of a job', () => {
  test('what the system ended stays ended', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        live(first, events, (from, to) => {
          if (stages[from.state] === 'ended') expect(to.state).toBe(from.state)
        })
      }),
    )
  })

  test('nothing is sent but from an intent, and the journal has the time before', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        live(first, events, (from, to, by) => {
          if (to.state === 'starting' && from.state !== 'starting') {
            expect([from.state, by.kind, to.sentAt]).toEqual(['intent', 'sending', at])
          }
        })
      }),
    )
  })

  test('a run that was never sent never becomes a job of ours without being found', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        live(first, events, (from, to, by) => {
          if (from.remoteId === null && to.remoteId !== null) expect(by.kind).toBe('found')
          if (from.state === 'not-started' && to.state !== 'not-started') expect(from.sentAt).not.toBeNull()
        })
      }),
    )
  })

  test('a job keeps its remote id for ever, and who it is', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        live(first, events, (from, to) => {
          if (from.remoteId !== null) expect(to.remoteId).toBe(from.remoteId)
          expect([to.id, to.knownAt, to.definitionId]).toEqual([from.id, from.knownAt, from.definitionId])
        })
      }),
    )
  })

  test('what has ended is asked about no more, but for files that are missing; what is open has not been seen to end', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        const job = live(first, events, (from, to, by) => {
          if (by.kind === 'ask-again') return
          const missing = to.state === 'completed' && !to.hasFiles
          const over = !['before', 'open'].includes(stages[to.state])
          if (over && !missing && from.state !== to.state) expect(to.nextAskAt).toBeNull()
        })
        if (stages[job.state] === 'open') expect(job.endSeenAt).toBeNull()
        if (stages[job.state] === 'ended') expect(job.endSeenAt).not.toBeNull()
      }),
    )
  })

  test('an end of ours can be left for what the system says, and only for that', () => {
    fc.assert(
      fc.property(lives, ([first, events]) => {
        live(first, events, (from, to, by) => {
          if (stages[from.state] === 'given-up' && to.state !== from.state) {
            expect(by.kind).toBe('seen')
            expect(to.error?.code).not.toBe('job-timed-out')
          }
        })
      }),
    )
  })

  test('an unknown status is kept in the words it came in', () => {
    const remote: RemoteJob = {
      id: remoteId('R1'),
      status: 'unknown',
      rawStatus: 'Suspendiert',
      startedAt: null,
      endedAt: null,
      hasFiles: false,
      raw: { x: 1 },
    }
    const job = foundElsewhere(jobId('job-1'), definition, remote, null, at)
    expect(job).toMatchObject({ state: 'unknown', rawStatus: 'Suspendiert', raw: { x: 1 } })
    expect(stages[job.state]).toBe('open')
  })

  test('a move that the diagram does not have is refused', () => {
    const impossible: readonly [JobState, JobEvent][] = [
      ['intent', { kind: 'outcome-unknown', error: { code: 'timed-out', facts: {} } }],
      ['starting', { kind: 'sending', at, listedBefore: [] }],
      ['completed', { kind: 'vanished', at }],
      ['completed', { kind: 'not-started', error: null, at }],
      ['gone', { kind: 'deadline', at }],
      ['not-started', { kind: 'sending', at, listedBefore: [] }],
      ['failed', { kind: 'ask-again', at }],
    ]
    for (const [state, by] of impossible)
      expect(() => advance({ ...wish, state }, by)).toThrow(ImpossibleMove)
  })
})

test('every state has a stage', () => {
  expect(jobStates).toHaveLength(13)
})

test('a row that only points at another one is told apart from a start that was refused', () => {
  const code = 'already-running' as const
  const refused = advance(wish, { kind: 'not-started', error: { code, facts: {} }, at })
  const merged = advance(wish, { kind: 'not-started', error: { code, facts: { jobId: 'job-2' } }, at })
  expect([isMerged(refused), isMerged(merged)]).toEqual([false, true])
})
