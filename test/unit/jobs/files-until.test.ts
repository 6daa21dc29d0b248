import { expect, test } from 'vitest'
import { jobId, remoteId } from '../../../main/core/ids.ts'
import { advance, intent } from '../../../main/core/jobs/job.ts'
import { filesUntil } from '../../../main/core/jobs/job-view.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'

const lives = { filesLiveFor: () => hours(72) }
const endedAt = { ...systemTime(fakeStart), zoneAssumed: false }

function ended(patch: Partial<Job>): Job {
  const remote = {
    id: remoteId('5150'),
    status: 'completed' as const,
    rawStatus: 'SUCCESS',
    startedAt: null,
    endedAt,
    hasFiles: true,
    raw: {},
  }
  const wish = intent(jobId('job-1'), aDefinition(), 'anna', null, fakeStart)
  const sent = advance(wish, { kind: 'sending', at: fakeStart, listedBefore: [] })
  const job = advance(sent, { kind: 'found', remote, origin: 'here', at: fakeStart })
  return { ...job, ...patch }
}

test('files live from the end that the system states', () => {
  expect(filesUntil(ended({}), lives)).toBe(addMillis(fakeStart, hours(72)))
  expect(filesUntil(ended({ hasFiles: false }), lives)).toBeNull()
  expect(filesUntil(ended({}), { filesLiveFor: () => null })).toBeNull()
})

test('an end of a zone that nobody knows may have been hours before: nobody is told too late', () => {
  const assumed = { ...endedAt, zoneAssumed: true }
  const foundLate = ended({ endedAt: assumed, knownAt: fakeStart, endSeenAt: fakeStart })
  expect(filesUntil(foundLate, lives)).toBe(addMillis(fakeStart, hours(72 - 15)))
  // It was still open when we first saw it.
  const knownAt = addMillis(fakeStart, -minutes(20))
  const watched = ended({ endedAt: assumed, knownAt, endSeenAt: fakeStart })
  expect(filesUntil(watched, lives)).toBe(addMillis(knownAt, hours(72)))
})
