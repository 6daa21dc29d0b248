import { expect, test } from 'vitest'
import { isRunning } from '../../../main/core/activity/standing.ts'
import type { Standing } from '../../../main/core/activity/types.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { ago, day, definitionOf, deliveryOf, jobOf, now, standingOf } from './standings.ts'

const done = jobOf('j')
const nowhere = { by: 'ana', destination: null }

test.each<[string, Job, Partial<Standing>, boolean]>([
  ['decided', jobOf('j', { state: 'intent' }), {}, true],
  ['queued', jobOf('j', { state: 'queued' }), {}, true],
  ['in a state that nobody knows', jobOf('j', { state: 'unknown' }), {}, true],
  ['started or not, who knows', jobOf('j', { state: 'start-unknown' }), {}, false],
  ['completed, and about to be delivered', done, {}, true],
  ['completed, and waiting for its files', jobOf('j', { hasFiles: false, wanted: nowhere }), {}, true],
  ['completed without files', jobOf('j', { error: { code: 'file-gone', facts: {} } }), {}, false],
  ['completed, and nobody wants it', jobOf('j', { wanted: null }), {}, false],
  ['completed, and nobody said where to', jobOf('j', { wanted: nowhere }), {}, false],
  ['completed, a week ago, and still listed', jobOf('j', { endSeenAt: ago(8 * day) }), {}, true],
  ['completed, a week ago, and dropped', jobOf('j', { endSeenAt: ago(7 * day), listed: false }), {}, false],
  ['on its way', done, { delivery: deliveryOf(done, 'unpacking') }, true],
  ['waiting for its next try', done, { delivery: deliveryOf(done, 'waiting') }, true],
  ['waiting for the user', done, { delivery: deliveryOf(done, 'conflict') }, false],
  ['delivered', done, { delivery: deliveryOf(done, 'delivered') }, false],
])('a job that is %s', (_, job, named, runs) => {
  expect(isRunning(standingOf(job, named), definitionOf('d1', { destination: null }), now)).toBe(runs)
})

test('a folder chosen since sets a job going', () => {
  expect(isRunning(standingOf(jobOf('j', { wanted: nowhere })), definitionOf('d1'), now)).toBe(true)
})
