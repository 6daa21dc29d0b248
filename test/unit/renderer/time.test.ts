import { describe, expect, it } from 'vitest'
import {
  clockTime,
  duration,
  fullTime,
  roughDuration,
  shortDay,
  shortTime,
  timeWithin,
} from '../../../renderer/format/time.ts'

const at = (text: string): number => Date.parse(text)
const berlin = 'Europe/Berlin'
const now = at('2026-11-14T20:00:00Z')

describe('points in time', () => {
  it.each([
    ['2026-11-14T17:31:02Z', 'Today 18:31'],
    ['2026-11-13T17:31:02Z', 'Yesterday 18:31'],
    ['2026-11-15T17:31:02Z', 'Tomorrow 18:31'],
    ['2026-11-12T17:31:02Z', 'Thu 12 Nov 18:31'],
    ['2026-09-02T06:05:00Z', 'Wed 2 Sep 08:05'],
    ['2025-11-14T17:31:02Z', '14 Nov 2025 18:31'],
  ])('writes %s as "%s"', (text, said) => {
    expect(shortTime(at(text), now, berlin)).toBe(said)
  })

  it('takes the day from the zone, not from UTC', () => {
    expect(shortTime(at('2026-11-13T23:30:00Z'), now, berlin)).toBe('Today 00:30')
    expect(shortTime(at('2026-11-13T23:30:00Z'), now, 'UTC')).toBe('Yesterday 23:30')
  })

  it('calls the day before a clock change yesterday, though it is 25 hours long', () => {
    expect(shortTime(at('2026-10-24T22:30:00Z'), at('2026-10-25T23:30:00Z'), berlin)).toBe('Yesterday 00:30')
  })

  it('speaks in small letters within a sentence', () => {
    expect(timeWithin(at('2026-11-14T17:31:02Z'), now, berlin)).toBe('today 18:31')
  })

  it('says the zone in the full stamp, summer and winter', () => {
    expect(fullTime(at('2026-11-14T17:31:02Z'), berlin)).toBe(
      'Saturday 14 November 2026 18:31:02, Central European Standard Time (Europe/Berlin)',
    )
    expect(fullTime(at('2026-07-14T17:31:02Z'), berlin)).toBe(
      'Tuesday 14 July 2026 19:31:02, Central European Summer Time (Europe/Berlin)',
    )
  })

  it('writes midnight as 00:00', () => {
    expect(clockTime(at('2026-11-13T23:00:00Z'), berlin)).toBe('00:00')
    expect(shortDay(at('2026-11-14T17:31:02Z'), berlin)).toBe('Sat 14 Nov')
  })
})

describe('durations', () => {
  it.each([
    [0, 'less than 1 s'],
    [999, 'less than 1 s'],
    [59_999, '59 s'],
    [68_000, '1 min 8 s'],
    [120_000, '2 min'],
    [7_500_000, '2 h 5 min'],
    [3_600_000, '1 h'],
    [86_400_000, '1 day'],
    [100_000_000, '1 day 3 h'],
    [259_200_000, '3 days'],
  ])('writes %i ms as "%s"', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })

  it('leaves the seconds out of what ticks', () => {
    expect(roughDuration(68_000)).toBe('1 min')
    expect(roughDuration(8000)).toBe('8 s')
  })
})
