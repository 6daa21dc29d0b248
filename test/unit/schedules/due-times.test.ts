import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueTimes, nextDueTimes, passedDueTimes } from '../../../main/core/schedules/due-times.ts'
import { type Instant, instantAt, isoOf } from '../../../main/core/time.ts'
import type { Recurrence, Timetable, Weekday } from '../../../preload/contract/schedules.ts'
import { daysOfYears, isoDay, isWorkingDay, momentOf, months, wallOf, weekdayOf } from './slow-calendar.ts'

/** Jumps at 02:00 and 03:00, by half an hour, at midnight, and never. */
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kolkata']
const years = { from: 2025, to: 2035 }
const minute = 60_000

const holidays = daysOfYears(years.from, years.to)
  .map(isoDay)
  .filter(day => ['01-01', '05-01', '12-25', '12-26', '12-31'].some(fixed => day.endsWith(fixed)))

const timetable = (recurrence: Recurrence, zone: string, patch: Partial<Timetable> = {}): Timetable => ({
  recurrence,
  zone,
  holidays: holidays.map(date => ({ date, name: 'a day off' })),
  skipHolidays: false,
  ...patch,
})

/** All due times whose day in the zone is in these ten years. */
function inTenYears(table: Timetable): readonly Instant[] {
  const found: Instant[] = []
  for (const at of dueTimes(table, instantAt(Date.UTC(years.from - 1, 11, 28)))) {
    const year = new Date(wallOf(at, table.zone)).getUTCFullYear()
    if (year >= years.to) return found
    if (year >= years.from) found.push(at)
  }
  return found
}
const strictlyRising = (times: readonly number[]) =>
  times.every((at, n) => n === 0 || at > Number(times[n - 1]))
const iso = (times: readonly number[]) => times.map(at => new Date(at).toISOString())

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
/** Those that the jumps of these zones touch, and any other. */
const times = fc.oneof(
  fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '02:59', '03:00'),
  clock,
)
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const at = (days: readonly number[], time: string, zone: string) => [
  ...new Set(days.map(day => momentOf(day + minutesOf(time) * minute, zone))),
]

describe.each(zones)('over ten years in %s, against a slow calendar', zone => {
  const days = daysOfYears(years.from, years.to)

  test.each(['00:00', '02:00', '02:30', '18:30'])('daily at %s', time => {
    const found = inTenYears(timetable({ kind: 'daily', time, days: 'all' }, zone))
    expect(strictlyRising(found)).toBe(true)
    expect(iso(found)).toEqual(iso(at(days, time, zone)))
  })

  test('on working days, on weekdays without holidays, and on days of the month, at any time', () => {
    fc.assert(
      fc.property(
        times,
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (time, weekdays) => {
          const working = inTenYears(timetable({ kind: 'daily', time, days: 'working' }, zone))
          expect(iso(working)).toEqual(
            iso(
              at(
                days.filter(day => isWorkingDay(day, holidays)),
                time,
                zone,
              ),
            ),
          )
          const weekly = timetable({ kind: 'weekly', time, weekdays: weekdays as Weekday[] }, zone, {
            skipHolidays: true,
          })
          const wanted = days.filter(
            day => weekdays.includes(weekdayOf(day)) && !holidays.includes(isoDay(day)),
          )
          const found = inTenYears(weekly)
          expect(strictlyRising(found)).toBe(true)
          expect(iso(found)).toEqual(iso(at(wanted, time, zone)))
        },
      ),
      { numRuns: 3 },
    )
  })

  test('on a day of each month, moved to the working day before or after where that is a day off', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom('keep', 'before', 'after'),
        (time, day, dayOff) => {
          const found = inTenYears(timetable({ kind: 'monthly-day', time, day, dayOff }, zone))
          const wide = daysOfYears(years.from - 1, years.to + 1)
          const wanted = months(wide).map(month => {
            const step = dayOff === 'before' ? -1 : 1
            let index = wide.indexOf(month[Math.min(day, month.length) - 1] ?? 0)
            while (dayOff !== 'keep' && !isWorkingDay(wide[index] ?? 0, holidays)) index += step
            return wide[index] ?? 0
          })
          const inside = wanted.filter(one => one >= Date.UTC(years.from) && one < Date.UTC(years.to))
          expect(strictlyRising(found)).toBe(true)
          expect(iso(found)).toEqual(iso(at(inside, time, zone)))
        },
      ),
      { numRuns: 12 },
    )
  })

  test('on the nth working day of each month, from its beginning and from its end', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(1, 2, 3, 5, 10, 23, -1, -2, -3, -23), (time, nth) => {
        const found = inTenYears(timetable({ kind: 'monthly-working-day', time, nth }, zone))
        const wanted = months(days).map(month => {
          const working = month.filter(day => isWorkingDay(day, holidays))
          const ordered = nth > 0 ? working : [...working].reverse()
          return ordered[Math.min(Math.abs(nth), ordered.length) - 1] ?? 0
        })
        expect(iso(found)).toEqual(iso(at(wanted, time, zone)))
      }),
      { numRuns: 12 },
    )
  })

  test.each(['30 2 * * *', '0 0 * * *', '0,30 2 * * 1-5', '15 18 L * *'])(
    'by the fixed times of cron: %s',
    expression => {
      const found = inTenYears(timetable({ kind: 'cron', expression }, zone))
      const [minutes = '', hour = '', month = '', , weekday = ''] = expression.split(' ')
      const last = new Set(months(days).map(one => one.at(-1)))
      const wanted = days.filter(
        day => (weekday === '*' || weekdayOf(day) <= 5) && (month === '*' || last.has(day)),
      )
      const all = minutes
        .split(',')
        .flatMap(one => at(wanted, `${hour.padStart(2, '0')}:${one.padStart(2, '0')}`, zone))
      expect(iso(found)).toEqual(iso([...new Set(all)].sort((a, b) => a - b)))
    },
  )

  test('every 15 minutes goes by elapsed time through every jump', () => {
    const table = timetable({ kind: 'cron', expression: '*/15 * * * *' }, zone)
    const jumps = days.filter(
      day => wallOf(day, zone) - day !== wallOf(day + 24 * 60 * minute, zone) - day - 24 * 60 * minute,
    )
    for (const jump of [...jumps, Date.UTC(2030, 5, 1)]) {
      const from = jump - 24 * 60 * minute
      const found = passedDueTimes(table, instantAt(from - 1), instantAt(from + 3 * 24 * 60 * minute)).times
      const wanted = Array.from({ length: 3 * 24 * 60 + 1 }, (_, n) => from + n * minute).filter(
        moment => new Date(wallOf(moment, zone)).getUTCMinutes() % 15 === 0,
      )
      expect(iso(found)).toEqual(iso(wanted))
    }
  })

  test('the same due times come whenever they are asked for: none is lost between two looks, none comes twice', () => {
    const any = fc.oneof(
      times.map((time): Recurrence => ({ kind: 'daily', time, days: 'all' })),
      times.map((time): Recurrence => ({ kind: 'monthly-day', time, day: 31, dayOff: 'after' })),
      times.map((time): Recurrence => ({ kind: 'monthly-working-day', time, nth: -1 })),
      fc
        .constantFrom('30 2 * * *', '*/20 1-3 * * *')
        .map((expression): Recurrence => ({ kind: 'cron', expression })),
    )
    const start = fc.integer({ min: Date.UTC(years.from), max: Date.UTC(years.to) })
    fc.assert(
      fc.property(
        any,
        start,
        fc.array(fc.integer({ min: 1, max: 40 * 24 * 60 }), { maxLength: 20 }),
        (recurrence, from, steps) => {
          const table = timetable(recurrence, zone)
          let looked = instantAt(from)
          const piecemeal: Instant[] = []
          for (const step of steps) {
            const now = instantAt(looked + step * minute)
            piecemeal.push(...passedDueTimes(table, looked, now).times)
            looked = now
          }
          const next = nextDueTimes(table, looked, 1)
          expect([...piecemeal, ...next]).toEqual(nextDueTimes(table, instantAt(from), piecemeal.length + 1))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the two days on which clocks jump', () => {
  const berlin = (time: string): Timetable => timetable({ kind: 'daily', time, days: 'all' }, 'Europe/Berlin')

  test('a time that does not exist is the first moment after the jump', () => {
    const found = nextDueTimes(berlin('02:30'), instantAt(Date.UTC(2026, 2, 28, 12)), 2)
    expect(found.map(isoOf)).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'])
  })

  test('a time that exists twice is the first of the two, once', () => {
    const found = nextDueTimes(berlin('02:30'), instantAt(Date.UTC(2026, 9, 24, 12)), 2)
    expect(found.map(isoOf)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'])
  })

  test('a day that a country leaves out is the first moment after it', () => {
    const apia = timetable({ kind: 'daily', time: '18:30', days: 'all' }, 'Pacific/Apia')
    const found = nextDueTimes(apia, instantAt(Date.UTC(2011, 11, 30, 6)), 2)
    expect(found.map(isoOf)).toEqual(['2011-12-30T10:00:00.000Z', '2011-12-31T04:30:00.000Z'])
  })
})

describe('a timetable', () => {
  test.each([
    ['zone', { kind: 'daily', time: '18:30', days: 'all' }, 'Mars/Olympus'],
    ['time', { kind: 'daily', time: '24:00', days: 'all' }, 'UTC'],
    ['weekdays', { kind: 'weekly', time: '18:30', weekdays: [] }, 'UTC'],
    ['expression', { kind: 'cron', expression: '61 * * * *' }, 'UTC'],
    ['expression', { kind: 'cron', expression: '* * * * * *' }, 'UTC'],
  ] as const)('whose %s makes no sense is refused by name', (field, recurrence, zone) => {
    const ask = () => nextDueTimes(timetable(recurrence as Recurrence, zone), instantAt(0), 1)
    expect(ask).toThrow(expect.objectContaining({ code: 'bad-input', facts: { field } }))
  })

  test('that never comes is never due', () => {
    expect(
      nextDueTimes(timetable({ kind: 'cron', expression: '0 0 30 2 *' }, 'UTC'), instantAt(0), 3),
    ).toEqual([])
  })

  test('of every minute tells a year of sleep in two entries, and the newest by itself', () => {
    const table = timetable({ kind: 'cron', expression: '* * * * *' }, 'UTC')
    const [from, now] = [instantAt(Date.UTC(2026, 0, 1)), instantAt(Date.UTC(2027, 0, 1))]
    const passed = passedDueTimes(table, from, now)
    expect(passed.times).toEqual([now])
    expect(passed.before).toEqual({ from: from + minute, until: now - minute })
  })
})
