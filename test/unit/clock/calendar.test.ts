import { afterEach, beforeEach, expect, test } from 'vitest'
import { startOfYesterday } from '../../../main/adapters/calendar.ts'
import { instantAt } from '../../../main/core/time.ts'

let zone: string | undefined
beforeEach(() => {
  zone = process.env.TZ
})
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test.each([
  ['UTC', '2026-11-01T18:30:00Z', '2026-10-31T00:00:00Z'],
  ['UTC', '2026-11-01T00:00:00Z', '2026-10-31T00:00:00Z'],
  ['UTC', '2026-01-01T12:00:00Z', '2025-12-31T00:00:00Z'],
  // Clocks went back in the night of 25 October: that day had 25 hours.
  ['Europe/Berlin', '2026-10-26T08:00:00Z', '2026-10-24T22:00:00Z'],
  ['Europe/Berlin', '2026-03-30T08:00:00Z', '2026-03-28T23:00:00Z'],
  ['Asia/Kolkata', '2026-11-01T18:29:00Z', '2026-10-30T18:30:00Z'],
])('in %s at %s it is %s', (name, now, expected) => {
  process.env.TZ = name
  expect(startOfYesterday(instantAt(Date.parse(now)))).toBe(Date.parse(expected))
})
