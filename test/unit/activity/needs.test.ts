import { describe, expect, test } from 'vitest'
import { type NeedsInput, needsOf } from '../../../main/core/activity/needs.ts'
import { stopsWork } from '../../../main/core/activity/sign-in-need.ts'
import type { ConnectionStanding, Standing } from '../../../main/core/activity/types.ts'
import type { Definition } from '../../../main/core/definitions/types.ts'
import { connectionId, definitionId } from '../../../main/core/ids.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import type { NeedKind } from '../../../preload/contract/types.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import {
  ago,
  connectionOf,
  day,
  definitionOf,
  deliveryOf,
  jobOf,
  now,
  signedIn,
  standingOf,
} from './standings.ts'

const fine = signedIn('c1', {})
const ask = (input: Partial<NeedsInput>) =>
  needsOf({
    now,
    connections: [fine],
    definitions: [definitionOf('d1'), definitionOf('d2')],
    jobs: [],
    jobListLimit: () => 100,
    filesLiveFor: () => () => null,
    ...input,
  })
const ofConnection = (standing: ConnectionStanding) => ask({ connections: [standing] })
const ofJob = (job: Job, named: Partial<Standing> = {}, definitions?: readonly Definition[]) =>
  ask({ jobs: [standingOf(job, named)], ...(definitions ? { definitions } : {}) })
const kinds = (needs: ReturnType<typeof ask>) => needs.map(need => need.kind)

describe('a connection', () => {
  const refused = { code: 'sign-in-refused', facts: {} } as const

  test.each<[string, ConnectionStanding, NeedKind | null]>([
    ['that is signed in', fine, null],
    ['that was never used', signedIn('c1', { state: 'unknown' }), null],
    ['that was refused', signedIn('c1', { state: 'refused', error: refused }), 'sign-in'],
    ['whose sign-in has expired', signedIn('c1', { state: 'expired' }), 'sign-in'],
    ['whose secret ends in 15 days', signedIn('c1', { expiresAt: ago(-15 * day) }), null],
    ['whose secret ends in 14 days', signedIn('c1', { expiresAt: ago(-14 * day) }), 'sign-in-expires'],
    ['whose secret has ended unused', signedIn('c1', { expiresAt: ago(1) }), 'sign-in'],
    ['kept for the session', signedIn('c1', {}, { keep: 'session' }), null],
    [
      'kept for a session that is over',
      { connection: connectionOf('c1', { keep: 'session' }), secrets: 'none' },
      'session-only',
    ],
    ['that was removed', signedIn('c1', { state: 'refused' }, { removedAt: ago(day) }), null],
  ])('%s', (_, standing, kind) => {
    expect(kinds(ofConnection(standing))).toEqual(kind === null ? [] : [kind])
  })

  test('is named, with the error that its last sign-in met', () => {
    expect(ofConnection(signedIn('c1', { state: 'refused', error: refused }))).toEqual([
      {
        id: 'sign-in:c1',
        kind: 'sign-in',
        connectionId: 'c1',
        definitionId: null,
        jobId: null,
        deliveryId: null,
        title: 'Acme c1',
        error: refused,
        facts: {},
        since: ago(day),
      },
    ])
  })

  test('whose secrets left the keychain has to be signed in to', () => {
    const error = { code: 'secrets-missing', facts: {} } as const
    expect(ofConnection(signedIn('c1', { state: 'unknown', error }))).toMatchObject([
      { kind: 'sign-in', error },
    ])
  })

  test('whose secrets the keychain did not keep says so, and works until quit', () => {
    const error = { code: 'keychain-forgets', facts: {} } as const
    const standing = signedIn('c1', { error }, { keep: 'session' })
    const [need, ...others] = ofConnection(standing)
    expect(need).toMatchObject({ kind: 'session-only', error })
    expect(others).toEqual([])
    expect(need && stopsWork(need)).toBe(false)
    const later = ofConnection({ ...standing, secrets: 'none' })
    expect(later).toMatchObject([{ kind: 'session-only', error: null }])
    expect(later.every(stopsWork)).toBe(true)
  })

  test.each([
    [3.5 * day, 3],
    [1000, 0],
  ])('that expires in %d ms says so in whole days', (left, days) => {
    expect(ofConnection(signedIn('c1', { expiresAt: ago(-left) }))[0]?.facts).toMatchObject({ days })
  })
})

describe('a job', () => {
  const failure = { code: 'job-failed', facts: { status: 'Failed' } } as const
  const lost = { code: 'connection-cut', facts: { sent: true } } as const
  const fileGone = { code: 'file-gone', facts: {} } as const
  const elsewhere = { origin: 'elsewhere', startedBy: null, sentAt: null, wanted: null } as const

  test.each<[string, Job, NeedKind | null]>([
    ['that runs', jobOf('j', { state: 'running', endSeenAt: null }), null],
    ['whose state nobody knows', jobOf('j', { state: 'unknown', endSeenAt: null }), null],
    ['whose start is unknown', jobOf('j', { state: 'start-unknown', error: lost }), 'start-unknown'],
    ['that failed', jobOf('j', { state: 'failed', error: failure }), 'job-failed'],
    ['that was cancelled at the system', jobOf('j', { state: 'cancelled', error: failure }), 'job-failed'],
    ['that is gone', jobOf('j', { state: 'gone', listed: false }), 'job-failed'],
    ['that is past its deadline', jobOf('j', { state: 'timed-out' }), 'job-failed'],
    ['that failed elsewhere', jobOf('j', { state: 'failed', ...elsewhere }), null],
    [
      'that failed elsewhere and is watched',
      jobOf('j', { state: 'failed', ...elsewhere, wanted: { by: 'watch', destination: null } }),
      'job-failed',
    ],
    ['that was found not to be started', jobOf('j', { state: 'not-started', error: lost }), 'job-failed'],
    [
      'whose start was refused, as its caller was told',
      jobOf('j', { state: 'not-started', error: { code: 'request-refused', facts: {} } }),
      null,
    ],
    ['that was settled as not started', jobOf('j', { state: 'not-started', error: null }), null],
    ['that is about to be delivered', jobOf('j'), null],
    ['that completed without files', jobOf('j', { hasFiles: false, error: fileGone }), 'delivery'],
    ['whose files may still come', jobOf('j', { hasFiles: false }), null],
    ['that completed elsewhere', jobOf('j', elsewhere), null],
  ])('%s', (_, job, kind) => {
    expect(kinds(ofJob(job))).toEqual(kind === null ? [] : [kind])
  })

  test('whose start is unknown stays, with words of its own, until it is settled', () => {
    const old = jobOf('j', { state: 'start-unknown', error: lost, sentAt: ago(90 * day) })
    expect(ofJob(old, { laterDelivered: true })).toMatchObject([{ error: null, since: ago(90 * day) }])
  })

  test('that failed says the system’s words, under the name of its definition', () => {
    const need = ofJob(jobOf('j', { state: 'failed', error: failure }))[0]
    expect(need).toMatchObject({ id: 'job-failed:j', title: 'SAE d1', error: failure, jobId: 'j' })
  })

  test('of a connection that was removed needs nobody', () => {
    const gone = signedIn('c1', {}, { removedAt: ago(1) })
    const jobs = [standingOf(jobOf('j', { state: 'failed' }))]
    expect(ask({ connections: [gone], jobs })).toEqual([])
  })

  test('that failed is spoken for by the newest failed one of its definition', () => {
    const failed = (id: string, definition: string, endedAgo: number) =>
      standingOf(
        jobOf(id, {
          definitionId: definitionId(definition),
          state: 'failed',
          endSeenAt: ago(endedAgo),
        }),
      )
    const needs = ask({
      jobs: [failed('old', 'd1', 3000), failed('new', 'd1', 1000), failed('x', 'd2', 2000)],
    })
    expect(needs.map(need => need.jobId)).toEqual(['x', 'new'])
  })
})

describe('a delivery', () => {
  test.each<[DeliveryState, boolean]>([
    ['waiting', false],
    ['downloading', false],
    ['verifying', false],
    ['unpacking', false],
    ['publishing', false],
    ['needs-space', true],
    ['needs-sign-in', true],
    ['destination-unreachable', true],
    ['conflict', true],
    ['unreachable', true],
    ['delivered', false],
    ['delivered-with-warnings', false],
    ['same-bytes', false],
    ['not-what-it-claims', true],
    ['finished-empty', true],
    ['file-gone', true],
    ['cancelled', false],
  ])('that is %s needs you: %s', (state, needed) => {
    const job = jobOf('j')
    const needs = ofJob(job, { delivery: deliveryOf(job, state) })
    expect(needs.map(need => [need.kind, need.deliveryId])).toEqual(needed ? [['delivery', 'v-j']] : [])
  })

  test('keeps its place: trying again makes it no younger', () => {
    const job = jobOf('j')
    const since = (updated: number) =>
      ofJob(job, { delivery: deliveryOf(job, 'unreachable', { updatedAt: ago(updated) }) })[0]?.since
    expect(since(5)).toBe(since(50_000))
  })

  test('that waits for a sign-in is spoken for by the connection’s need', () => {
    const job = jobOf('j')
    const jobs = [standingOf(job, { delivery: deliveryOf(job, 'needs-sign-in') })]
    const refused = signedIn('c1', { state: 'refused' })
    expect(kinds(ask({ connections: [refused], jobs }))).toEqual(['sign-in'])
    const soon = signedIn('c1', { expiresAt: ago(-day) })
    expect(kinds(ask({ connections: [soon], jobs }))).toEqual(['delivery', 'sign-in-expires'])
  })
})

describe('an old trouble', () => {
  const job = jobOf('j')
  const ended = (state: DeliveryState, at: number) => ({
    delivery: deliveryOf(job, state, { createdAt: ago(30 * day), updatedAt: ago(at) }),
  })
  const failedAt = (at: number) => jobOf('j', { state: 'failed', endSeenAt: ago(at) })

  test.each<[string, Job, Partial<Standing>, number]>([
    ['a failed job, a moment before its week is over', failedAt(7 * day - 1), {}, 1],
    ['a failed job, after a week', failedAt(7 * day), {}, 0],
    ['a failed job, after a later run was delivered', failedAt(day), { laterDelivered: true }, 0],
    ['an ended delivery, after six days', job, ended('finished-empty', 6 * day), 1],
    ['an ended delivery, after a week', job, ended('finished-empty', 7 * day), 0],
    [
      'an ended delivery, after a later run was delivered',
      job,
      { ...ended('file-gone', day), laterDelivered: true },
      0,
    ],
    ['a delivery that waits, after a month', job, ended('conflict', 30 * day), 1],
    [
      'a delivery that waits, after a later run was delivered',
      job,
      { ...ended('needs-space', day), laterDelivered: true },
      1,
    ],
  ])('%s', (_, one, named, count) => {
    expect(ofJob(one, named)).toHaveLength(count)
  })
})

describe('files that were never saved', () => {
  const nowhere = [definitionOf('d1', { destination: null })]
  const wantedNowhere = { by: 'ana', destination: null }

  test.each<[string, Partial<Job>, NeedKind | null]>([
    ['wanted, and nobody said where to', { wanted: wantedNowhere }, 'no-destination'],
    ['wanted, with a folder of its own', {}, null],
    ['not wanted', { wanted: null }, null],
    ['wanted, and no files are named yet', { wanted: wantedNowhere, hasFiles: false }, null],
    ['wanted, and still listed', { wanted: wantedNowhere, endSeenAt: ago(60 * day) }, 'no-destination'],
    [
      'wanted, and long gone from the list',
      { wanted: wantedNowhere, endSeenAt: ago(60 * day), listed: false },
      null,
    ],
  ])('%s', (_, named, kind) => {
    expect(kinds(ofJob(jobOf('j', named), {}, nowhere))).toEqual(kind === null ? [] : [kind])
  })

  test('a folder that was chosen since is enough', () => {
    expect(ofJob(jobOf('j', { wanted: wantedNowhere }))).toEqual([])
  })

  const unsaved = jobOf('j', { wanted: null })
  test.each<[number | null, number | null, number | null]>([
    [79, 100, null],
    [80, 100, 21],
    [100, 100, 1],
    [130, 100, 1],
    [40, 50, 11],
    [100, null, null],
    [null, 100, null],
  ])('at position %s of a list of %s: falls off after %s more runs', (listPosition, limit, left) => {
    const needs = ask({ jobs: [standingOf(unsaved, { listPosition })], jobListLimit: () => limit })
    expect(needs.map(need => [need.kind, need.facts.left])).toEqual(
      left === null ? [] : [['near-end-of-list', left]],
    )
  })

  const day72 = () => () => hours(72)
  test.each<[number, boolean]>([
    [23, false],
    [25, true],
    [71, true],
    [73, false],
  ])('%s hours after its end, where files live for 72: told %s', (after, told) => {
    const job = jobOf('j', { wanted: null, endedAt: null, endSeenAt: ago(hours(after)) })
    const needs = ask({ jobs: [standingOf(job)], filesLiveFor: day72 })
    const until = addMillis(ago(hours(after)), hours(72))
    expect(needs.map(need => [need.kind, need.facts.until])).toEqual(told ? [['files-end', until]] : [])
    expect(ask({ jobs: [standingOf(job, { saved: true })], filesLiveFor: day72 })).toEqual([])
  })

  test('the one whose files go first speaks for its definition', () => {
    const jobs = [30, 60, 40].map(after =>
      standingOf(jobOf(`j${after}`, { wanted: null, endedAt: null, endSeenAt: ago(hours(after)) })),
    )
    expect(ask({ jobs, filesLiveFor: day72 }).map(need => need.jobId)).toEqual(['j60'])
  })

  test.each<[string, Partial<Standing>, boolean]>([
    ['saved', { saved: true }, false],
    ['a page of HTML came, a month ago', { delivery: oldDelivery('not-what-it-claims') }, true],
    ['empty, a month ago', { delivery: oldDelivery('finished-empty') }, false],
    ['its delivery was cancelled', { delivery: oldDelivery('cancelled') }, false],
    ['its delivery runs', { delivery: oldDelivery('downloading') }, false],
  ])('near the end, and %s', (_, named, needed) => {
    expect(kinds(ofJob(unsaved, { listPosition: 95, ...named }))).toEqual(needed ? ['near-end-of-list'] : [])
  })

  function oldDelivery(state: DeliveryState) {
    return deliveryOf(unsaved, state, { createdAt: ago(30 * day), updatedAt: ago(30 * day) })
  }

  test('the one that falls first speaks for its definition', () => {
    const jobs = [90, 99, 85].map(at => standingOf(jobOf(`j${at}`, { wanted: null }), { listPosition: at }))
    expect(ask({ jobs }).map(need => need.jobId)).toEqual(['j99'])
  })

  test('a run elsewhere that nobody watches is another one’s affair', () => {
    const job = jobOf('j', { origin: 'elsewhere', wanted: null })
    expect(ofJob(job, { listPosition: 99 })).toEqual([])
  })
})

test('the most urgent comes first, and of one kind what has waited longest', () => {
  const job = (id: string, named: Partial<Job>, standing: Partial<Standing> = {}) =>
    standingOf(jobOf(id, { connectionId: connectionId('c3'), ...named }), standing)
  const conflict = jobOf('j1')
  const needs = ask({
    connections: [
      signedIn('c1', { expiresAt: ago(-day) }),
      signedIn('c2', { state: 'expired' }),
      { connection: connectionOf('c3', { keep: 'session' }), secrets: 'none' },
    ],
    jobs: [
      job('failed', { state: 'failed' }),
      job('unsaved', { wanted: null }, { listPosition: 90 }),
      standingOf(conflict, { delivery: deliveryOf(conflict, 'conflict', { createdAt: ago(5) }) }),
      standingOf(jobOf('j2'), { delivery: deliveryOf(jobOf('j2'), 'conflict', { createdAt: ago(9) }) }),
      job('where', { wanted: { by: 'ana', destination: null }, definitionId: definitionId('d3') }),
      job('lost', { state: 'start-unknown' }),
    ],
  })
  expect(needs.map(need => need.id)).toEqual([
    'start-unknown:lost',
    'sign-in:c2',
    'session-only:c3',
    'near-end-of-list:unsaved',
    'delivery:v-j2',
    'delivery:v-j1',
    'no-destination:where',
    'job-failed:failed',
    'sign-in-expires:c1',
  ])
})

test('every state that a job can be in has an answer', () => {
  const states: Record<JobState, NeedKind | null> = {
    intent: null,
    starting: null,
    'start-unknown': 'start-unknown',
    'not-started': null,
    submitted: null,
    queued: null,
    running: null,
    completed: null,
    failed: 'job-failed',
    cancelled: 'job-failed',
    unknown: null,
    gone: 'job-failed',
    'timed-out': 'job-failed',
  }
  for (const [state, kind] of Object.entries(states)) {
    expect([state, ...kinds(ofJob(jobOf('j', { state: state as JobState })))]).toEqual(
      kind === null ? [state] : [state, kind],
    )
  }
})
