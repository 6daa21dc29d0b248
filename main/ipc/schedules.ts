import { scheduleId } from '../core/ids.ts'
import { instantAt } from '../core/time.ts'
import type { Handlers } from './handlers.ts'

export const schedules: Handlers<'schedules'> = {
  save: ({ desk }, input) => desk.schedules.save(input),
  remove: ({ desk }, id) => desk.schedules.remove(scheduleId(id)),
  restore: ({ desk }, id) => desk.schedules.restore(scheduleId(id)),
  pause: ({ desk }, id, on) => desk.schedules.pause(scheduleId(id), on),
  answer: ({ desk }, id, dueAt, answer) => desk.schedules.answer(scheduleId(id), instantAt(dueAt), answer),
  preview: ({ desk }, timetable) => desk.schedules.preview(timetable),
  ledger: ({ desk }, id) => desk.schedules.ledger(scheduleId(id)),
  // What is in the file crosses to the window as days, and comes back with the schedule.
  chooseHolidays: async ({ desk, native }) => {
    const text = await native.readCalendar()
    return text === null ? null : desk.schedules.holidays(text)
  },
}
