import { expect, test } from 'vitest'
import { readHolidays } from '../../../main/core/schedules/holidays.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'

const calendar = (...events: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap(one => ['BEGIN:VEVENT', ...one.split('\n'), 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n')
const read = (...events: readonly string[]) => readHolidays(calendar(...events), fakeStart)

test('all-day events are days off, from this year on, in order, each once', () => {
  expect(
    read(
      'UID:2\nDTSTART;VALUE=DATE:20261226\nSUMMARY:2. Weihnachtstag\\, Stephanitag',
      'UID:1\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:1. Weihnachtstag',
      'UID:3\nDTSTART;VALUE=DATE:20251225\nSUMMARY:long ago',
      'UID:4\nDTSTART;VALUE=DATE:20261225\nSUMMARY:1. Weihnachtstag',
    ),
  ).toEqual([
    { date: '2026-12-25', name: '1. Weihnachtstag' },
    { date: '2026-12-26', name: '2. Weihnachtstag, Stephanitag' },
  ])
})

test('an event of several days is each of them, without the day of its end', () => {
  expect(
    read('UID:1\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Closed').map(
      one => one.date,
    ),
  ).toEqual(['2026-12-24', '2026-12-25', '2026-12-26'])
})

test('a yearly event is written down for ten years, without those that its calendar leaves out', () => {
  const days = read(
    'UID:1\nDTSTART;VALUE=DATE:20000101\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20280101\nSUMMARY:New Year',
  )
  expect(days.map(one => one.date.slice(0, 4))).toEqual([
    '2026',
    '2027',
    '2029',
    '2030',
    '2031',
    '2032',
    '2033',
    '2034',
    '2035',
  ])
})

test('an appointment is no holiday, and a calendar without holidays is refused', () => {
  const appointment = 'UID:1\nDTSTART:20261224T100000Z\nDTEND:20261224T110000Z\nSUMMARY:Meeting'
  expect(() => read(appointment)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  expect(read(appointment, 'UID:2\nDTSTART;VALUE=DATE:20261225')).toEqual([{ date: '2026-12-25', name: '' }])
})

test.each(['', 'no calendar', '<html></html>', 'BEGIN:VCALENDAR'])(
  'what is no calendar is refused: %j',
  text => {
    expect(() => readHolidays(text, fakeStart)).toThrow(
      expect.objectContaining({ code: 'bad-input', facts: { field: 'holidays' } }),
    )
  },
)
