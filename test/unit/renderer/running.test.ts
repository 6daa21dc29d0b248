import { describe, expect, it } from 'vitest'
import type { JobView, RunPlan } from '../../../preload/contract/types.ts'
import { stepOf, unsavedRun } from '../../../renderer/features/run/step.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const data = monthEnd(1_700_000_000_000)

const definition = (id: string) => {
  const found = data.definitions.find(one => one.id === id)
  if (!found) throw new Error(`the data has no ${id}`)
  return found
}
const plan = (id: string, more: Partial<RunPlan> = {}): RunPlan => {
  const { lastJob, lastReceipt, destination } = definition(id)
  const lastCompleted = lastJob?.state === 'completed' ? lastJob : null
  const last = { lastRun: lastJob, lastCompleted, lastReceipt }
  return { definitionId: id, ...last, open: null, again: null, destination, ...more }
}

describe('what the run dialog asks for', () => {
  it('is nothing before it knows the last run', () => {
    expect(stepOf(null, false)).toBe('asking')
  })

  it('is a folder first, whatever else there is', () => {
    expect(stepOf(plan('d-attendee', { again: 'unsaved-run' }), true)).toBe('no-folder')
  })

  it('joins an open job and never runs beside it, not even after the warning', () => {
    const open = definition('d-card').lastJob
    expect(stepOf(plan('d-card', { open, again: 'recent-run' }), true)).toBe('open')
  })

  it('starts only after the second step where one is needed', () => {
    expect(stepOf(plan('d-sae-us', { again: 'recent-run' }), false)).toBe('again')
    expect(stepOf(plan('d-sae-us', { again: 'recent-run' }), true)).toBe('warned')
    expect(stepOf(plan('d-sae-us'), false)).toBe('ready')
  })

  it('offers to deliver the last run where it ended well and was never saved', () => {
    expect(unsavedRun(plan('d-attendee'))).toBe('j-6')
    expect(unsavedRun(plan('d-sae-us'))).toBeNull()
    expect(unsavedRun(plan('d-travel'))).toBeNull()
    expect(unsavedRun(plan('d-card'))).toBeNull()
  })

  it('offers the last that ended well, where a later one failed', () => {
    const lastRun = { ...definition('d-attendee').lastJob, id: 'j-later', state: 'failed' } as JobView
    expect(unsavedRun(plan('d-attendee', { lastRun }))).toBe('j-6')
  })
})
