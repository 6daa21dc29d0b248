import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import type { DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import { schedule as sentences, words } from '../../../preload/contract/text/index.ts'
import { SchedulePage } from '../../../renderer/features/schedules/schedule-page.tsx'
import { SchedulesPage } from '../../../renderer/features/schedules/schedules-page.tsx'

const at = Date.UTC(2026, 10, 30, 17, 30)
const due = (patch: Partial<DueView>): DueView => ({
  scheduleId: 's-1',
  scheduleName: 'Month end',
  dueAt: at,
  until: null,
  state: 'missed',
  late: true,
  reason: 'not-running',
  error: null,
  items: [],
  noticedAt: at,
  endedAt: at,
  nextTryAt: null,
  ...patch,
})
const schedule = (patch: Partial<ScheduleView>): ScheduleView => ({
  id: 's-1',
  name: 'Month end',
  definitionIds: ['d-1', 'd-2'],
  timetable: {
    recurrence: { kind: 'monthly-working-day', time: '18:30', nth: -1 },
    zone: 'Europe/Berlin',
    holidays: [],
    skipHolidays: false,
  },
  missed: 'ask',
  paused: false,
  next: [at],
  last: due({}),
  open: [],
  ...patch,
})

const shown = vi.hoisted((): { all: readonly ScheduleView[] } => ({ all: [] }))
vi.mock('../../../renderer/bridge.ts', () => ({ desk: {} }))
vi.mock('../../../renderer/stores/schedules.ts', () => ({
  useSchedules: (select: (state: typeof shown) => unknown) => select(shown),
  useSchedule: (id: string) => shown.all.find(one => one.id === id),
}))
vi.mock('../../../renderer/ui/now.ts', () => ({ useNow: () => Date.UTC(2026, 10, 1) }))
vi.mock('../../../renderer/stores/definitions.ts', () => ({
  useDefinitions: (select: (state: { all: [] }) => unknown) => select({ all: [] }),
  useDefinition: () => null,
}))
vi.mock('../../../renderer/stores/connections.ts', () => ({
  useConnections: (select: (state: { all: [] }) => unknown) => select({ all: [] }),
}))
// The page around it listens to a window, which a text has not.
vi.mock('../../../renderer/features/shell/page.tsx', () => ({
  Page: ({ children, beside }: { children: unknown; beside?: unknown }) => [beside, children],
}))

const list = (...all: readonly ScheduleView[]) => {
  shown.all = all
  return renderToStaticMarkup(<SchedulesPage />)
}
const page = (one: ScheduleView) => {
  shown.all = [one]
  return renderToStaticMarkup(<SchedulePage scheduleId={one.id} tab="timetable" />)
}
const text = words.schedules

test('a list of none says what schedules are for', () => {
  expect(list()).toContain(text.noneWhat)
})

test('a row says when, in whose zone, what comes next and how it went last', () => {
  const html = list(schedule({}))
  expect(html).toContain('On the last working day of each month at 18:30 Europe/Berlin')
  expect(html).toContain('Mon 30 Nov 18:30')
  expect(html).toContain('Central European Standard Time (Europe/Berlin)')
  expect(html).toContain(sentences.states.missed)
  expect(html).toContain(text.definitions(2))
})

test('a paused one has no next time, and is resumed there', () => {
  const html = list(schedule({ paused: true, next: [], last: null }))
  expect(html).toContain(text.resumeOf('Month end'))
  expect(html).toContain(text.notYet)
})

test('one that asks says so in the list, and asks on its page', () => {
  const asking = schedule({ open: [due({ state: 'asking', endedAt: null })] })
  expect(list(asking)).toContain(sentences.states.asking)
  const html = page(asking)
  expect(html).toContain(text.asks.run)
  expect(html).toContain(text.asks.leave)
  expect(page(schedule({}))).not.toContain(text.asks.run)
})
