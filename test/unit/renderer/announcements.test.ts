import { describe, expect, it } from 'vitest'
import type { ActivityView } from '../../../preload/contract/types.ts'
import { announcements } from '../../../renderer/features/shell/announcements.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const { activity, history } = monthEnd(1_700_000_000_000)
const nothing: ActivityView = { needs: [], running: [], delivered: [] }
const [downloading] = activity.running
const [need] = activity.needs
const delivered = history.find(row => row.receiptId !== null)
if (!downloading || !need || !delivered) throw new Error('the data lacks what is announced')

describe('what a screen reader is told', () => {
  it('says nothing where nothing changed', () => {
    expect(announcements(activity, activity)).toEqual([])
  })

  it('says what needs the user first, then what was delivered, then what moved', () => {
    expect(announcements(nothing, { needs: [need], running: [downloading], delivered: [delivered] })).toEqual(
      [
        'Acme EU needs you. The sign-in has expired.',
        `${delivered.definitionName} delivered`,
        'Cash advance accounting: Downloading',
      ],
    )
  })

  it('says a new state, and bytes that came never', () => {
    const before = { ...nothing, running: [downloading] }
    const { delivery } = downloading
    if (!delivery) throw new Error('it has a delivery')
    const further = { ...downloading, delivery: { ...delivery, updatedAt: 1 } }
    expect(announcements(before, { ...nothing, running: [further] })).toEqual([])
    const verifying = { ...downloading, delivery: { ...delivery, state: 'verifying' as const } }
    expect(announcements(before, { ...nothing, running: [verifying] })).toEqual([
      'Cash advance accounting: Verifying',
    ])
  })
})
