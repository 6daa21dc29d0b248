import { describe, expect, it } from 'vitest'
import { isOpen, jobLook, lookOf, outcomeLook, signInLook } from '../../../renderer/format/state.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const { activity, definitions } = monthEnd(1_700_000_000_000)

describe('states', () => {
  it('are the delivery’s once there is one', () => {
    expect(jobLook('completed', null)).toEqual({ shape: 'waiting', tone: 'quiet', word: 'Not saved' })
    expect(jobLook('completed', 'delivered')).toEqual({ shape: 'delivered', tone: 'ok', word: 'Delivered' })
    expect(jobLook('completed', 'finished-empty').shape).toBe('empty')
  })

  it('show an unknown status as it came', () => {
    expect(jobLook('unknown', null, 'Archiving').word).toBe('Unknown: Archiving')
    expect(jobLook('unknown', null).word).toBe('Unknown')
  })

  it('call nothing delivered that is not', () => {
    const delivered = ['delivered', 'delivered-with-warnings', 'same-bytes'] as const
    const others = [
      'waiting',
      'downloading',
      'verifying',
      'unpacking',
      'publishing',
      'needs-space',
      'needs-sign-in',
      'destination-unreachable',
      'conflict',
      'unreachable',
      'not-what-it-claims',
      'finished-empty',
      'file-gone',
      'cancelled',
    ] as const
    for (const state of delivered) expect(jobLook('completed', state).shape).toBe('delivered')
    for (const state of others) expect(jobLook('completed', state).shape).not.toBe('delivered')
  })

  it('tell outcomes and sign-ins by shape and word', () => {
    expect(outcomeLook('delivered-with-warnings')).toEqual({
      shape: 'delivered',
      tone: 'attention',
      word: 'Delivered, warnings',
    })
    expect(signInLook({ state: 'refused', expiresAt: null, error: null })).toEqual({
      shape: 'needs-you',
      tone: 'attention',
      word: 'Sign-in refused',
    })
  })

  it('know which jobs a run would join', () => {
    const [downloading, running] = activity.running
    if (!downloading || !running) throw new Error('the data has two')
    expect(isOpen(running)).toBe(true)
    expect(isOpen(downloading)).toBe(false)
    const failed = definitions.find(one => one.id === 'd-travel')?.lastJob
    if (!failed) throw new Error('the data has a failed job')
    expect(isOpen(failed)).toBe(false)
    expect(lookOf(failed)).toEqual({ shape: 'failed', tone: 'danger', word: 'Failed' })
  })
})
