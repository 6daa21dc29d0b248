import { describe, expect, test } from 'vitest'
import { stages } from '../../../main/core/jobs/job.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../../main/core/jobs/settle.ts'
import { type AgainCheck, createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import { seconds } from '../../../main/core/time.ts'
import { type FakeSystem, lostAfter, lostBefore } from '../../fakes/fake-system.ts'
import { jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'
import { mortal } from '../../fakes/mortal.ts'

const request: RunRequest = {
  by: 'anna',
  again: false,
  join: true,
  wanted: { by: 'anna', destination: null },
}
const never: AgainCheck = async () => null

type Answer = (system: FakeSystem) => void
const answers: Record<string, Answer> = {
  'the system answers': () => {},
  'the answer is lost after the start': system => system.nextStart(lostAfter()),
  'the request is lost before the start': system => system.nextStart(lostBefore()),
}
const colleagueIsFaster: Answer = system =>
  system.nextStart(usual => {
    system.startElsewhere('SAE')
    return usual()
  })

/** One run in a process that dies at a step, and the process that comes after it. */
async function die(answer: Answer, cutAt: number, when: 'before' | 'after') {
  // But for the colleague's case, nothing at the system keeps a second job from being started.
  const all = jobsWorld({ severalAtOnce: answer !== colleagueIsFaster })
  const { clock, system, definition, jobs, leases } = all
  answer(system)
  const doomedLeases = memoryLeases(leases, clock)
  const doomed = mortal({ ...all.world, leases: doomedLeases }, cutAt, when)
  const run = createStarter(doomed.world, createLists(doomed.world), never).start(definition, request)
  const outcome = run.then(
    () => 'done' as const,
    () => 'failed' as const,
  )
  for (let n = 0; n < 60 && !doomed.dead(); n++) {
    await clock.advance(seconds(1))
    if ((await Promise.race([outcome, 'running'])) !== 'running') break
  }
  const survived = !doomed.dead()
  if (!survived) doomedLeases.kill()
  system.calm()
  const sentByTheDead = system.calls.filter(call => call.startsWith('start')).length

  const next = { ...all.world, leases: memoryLeases(leases, clock) }
  const lists = createLists(next)
  return { survived, sentByTheDead, next, lists, clock, system, definition, jobs }
}

describe.each([...Object.entries(answers), ['a colleague is faster', colleagueIsFaster] as const])(
  'the power is cut while a job is started, and %s',
  (_, answer) => {
    test.each(['before', 'after'] as const)(
      '%s the effect of any step: started once at most, and known',
      async when => {
        let cuts = 0
        for (let cutAt = 1; ; cutAt++) {
          const { survived, sentByTheDead, next, lists, clock, system, definition, jobs } = await die(
            answer,
            cutAt,
            when,
          )
          if (survived) break
          await whileTimePasses(clock, recoverStarts(next, lists))
          cuts += 1
          const where = `${when} step ${cutAt}\n${jobs.journal.join('\n')}`
          expect(system.starts(), where).toBeLessThanOrEqual(1)
          expect(sentByTheDead, where).toBeLessThanOrEqual(1)

          // Recovery alone sends nothing and leaves nothing in between.
          const states = jobs.rows().map(job => job.state)
          expect(states, where).not.toContain('intent')
          expect(states, where).not.toContain('starting')
          expect(states, where).not.toContain('start-unknown')

          // Whatever the system runs is known, once, and what was asked for here is still wanted.
          const remote = system.list('SAE')
          for (const { id } of remote) {
            const rows = jobs.rows().filter(job => job.remoteId === id)
            expect(rows, where).toHaveLength(1)
            if (system.starts() === 1)
              expect(rows[0], where).toMatchObject({ origin: 'here', wanted: request.wanted })
          }

          // The user tries again: a job that runs is joined, and only where none was started one is started now.
          const runs = remote.length > 0
          const again = createStarter(next, lists, never).start(definition, request)
          const { job } = await whileTimePasses(clock, again)
          expect(job.remoteId, where).not.toBeNull()
          expect(system.list('SAE'), where).toHaveLength(runs ? remote.length : 1)
          expect(system.starts(), where).toBeLessThanOrEqual(1)
        }
        // The flow has many more steps than this; a loop that ends at once would prove nothing.
        expect(cuts).toBeGreaterThan(10)
      },
    )

    test('the next run settles it where no recovery came before it', async () => {
      for (let cutAt = 1; ; cutAt++) {
        const { survived, next, lists, clock, system, definition, jobs } = await die(answer, cutAt, 'after')
        if (survived) break
        const run = createStarter(next, lists, never).start(definition, request)
        const { job } = await whileTimePasses(clock, run)
        const where = `after step ${cutAt}\n${jobs.journal.join('\n')}`
        expect(job.remoteId, where).not.toBeNull()
        expect(system.list('SAE'), where).toHaveLength(1)
        expect(jobs.rows().filter(row => stages[row.state] === 'before')).toEqual([])
      }
    })
  },
)
