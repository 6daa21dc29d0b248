/** What the practice server can extract, and the rows of its files. */
import { type Random, randomFrom } from '../random.ts'

export type Source = {
  name: string
  dateTimeFilterColumn?: string
  siteIdFilterColumn?: string
  column: { name: string }[]
}
export type JobConfig = {
  name: string
  submittedUserId?: string
  tables?: { tableList: Source[] }
  views?: { viewList: Source[] }
  startTimeFilter?: string
  endTimeFilter?: string
  siteIdFilters?: { name: string }[]
}
/** A request file for such a job, as a person writes one. */
export type Sample = { readonly name: string; readonly request: Readonly<Record<string, unknown>> }

const columns = (...names: readonly string[]) => names.map(name => ({ name }))

const summary: Source = {
  name: 'InteractionSummary',
  dateTimeFilterColumn: 'StartDateTimeUTC',
  siteIdFilterColumn: 'SiteID',
  column: columns(
    'InteractionIDKey',
    'SiteID',
    'StartDateTimeUTC',
    'LocalUserId',
    'RemoteNumber',
    'tTalk',
    'tHeld',
  ),
}
const queues: Source = {
  name: 'IAgentQueueStats',
  dateTimeFilterColumn: 'dIntervalStart',
  column: columns('cName', 'cReportGroup', 'dIntervalStart', 'nAnswered', 'nAbandoned', 'tTalk'),
}
const agents: Source = {
  name: 'vAgentActivity',
  dateTimeFilterColumn: 'StatusDateTimeUTC',
  column: columns('UserId', 'StatusDateTimeUTC', 'StatusGroup', 'StateDuration'),
}

export const samples: readonly Sample[] = [
  {
    name: 'Monthly calls',
    request: {
      name: 'Monthly calls',
      tables: { tableList: [summary] },
      period: 'last-month',
      zone: 'Europe/Berlin',
    },
  },
  {
    name: 'Queues and agents',
    request: {
      name: 'Queues and agents',
      tables: { tableList: [queues] },
      views: { viewList: [agents] },
      startTimeFilter: '2026-09-01T00:00:00Z',
      endTimeFilter: '2026-10-01T00:00:00Z',
      siteIdFilters: [{ name: '1' }],
    },
  },
]

/** What earlier runs asked for. */
export const earlier: readonly JobConfig[] = [
  {
    name: 'Monthly calls',
    tables: { tableList: [summary] },
    startTimeFilter: '20260731T220000Z',
    endTimeFilter: '20260831T220000Z',
  },
  {
    name: 'Queues and agents',
    tables: { tableList: [queues] },
    views: { viewList: [agents] },
    startTimeFilter: '20260801T000000Z',
    endTimeFilter: '20260901T000000Z',
    siteIdFilters: [{ name: '1' }],
  },
]

/** A file of a run: its path below the run's folder, its first line, and how to make the next one. */
export type SampleFile = {
  readonly path: readonly string[]
  readonly head: string
  readonly rows: number
  readonly next: () => string
}

/** About how many bytes a row has. */
export const rowBytes = 70

/** The files of a run: one a table, and the views in a folder of their own. The same run gives the same bytes. */
export function filesOf(seed: number, id: string, config: JobConfig, rows: number): readonly SampleFile[] {
  const file = (source: Source, below: readonly string[]): SampleFile => {
    const random = randomFrom(seed, 'icws', id, source.name)
    let number = 0
    return {
      path: [...below, `${source.name}.csv`],
      head: line(source.column.map(({ name }) => name)),
      rows,
      next() {
        number += 1
        return line(source.column.map(({ name }) => cellOf(name, number, random)))
      },
    }
  }
  return [
    ...(config.tables?.tableList ?? []).map(table => file(table, [])),
    ...(config.views?.viewList ?? []).map(view => file(view, ['views'])),
  ]
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

const firstCall = Date.UTC(2026, 8, 1, 6)

/** By a column's name, so that whatever somebody asks for has something in it. */
function cellOf(name: string, number: number, random: Random): string {
  if (/date|time|interval/i.test(name) && !/duration/i.test(name)) {
    return new Date(firstCall + number * 97_000).toISOString().slice(0, 19)
  }
  if (/key$/i.test(name)) return `1001${String(random.int(10 ** 9, 10 ** 10 - 1))}2026`
  if (/^t[A-Z]|duration|^n[A-Z]/.test(name)) return String(random.int(0, 900))
  if (/site/i.test(name)) return String(random.int(1, 3))
  if (/user|agent/i.test(name)) return `agent.${random.int(100, 140)}`
  if (/number/i.test(name)) return `+49 30 ${random.int(1_000_000, 9_999_999)}`
  return random.pick(['Sales', 'Service', 'Claims', 'Zürich', 'Back "Office"'])
}
