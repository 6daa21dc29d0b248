/** Trend and Checks of a definition, and what was found about a delivery. */
import type { FindingCode, FindingMark } from '../../../checks.ts'
import { counted, number, rows } from '../figures.ts'

export const trend = 'Trend'
export const checks = 'Checks'

/** A finding in one or two words, where a sentence has no room: at a point of the chart, in a list. */
export const names: Readonly<Record<FindingCode, string>> = {
  empty: 'Empty',
  identical: 'Same files as before',
  'columns-changed': 'Columns changed',
  'rows-unusual': 'Unusual rows',
  'total-unusual': 'Unusual total',
  'period-gap': 'Gap between periods',
  'runs-unsaved': 'Runs not saved',
}

export const actions = {
  open: 'Open receipt',
  expected: 'As expected',
  seen: 'Seen',
} as const
export const said = (mark: FindingMark, by: string, when: string): string =>
  mark === 'expected' ? `As expected, said ${by} ${when}` : `Seen by ${by} ${when}`
/** Beside the names of what was found, for somebody who comes upon the mark in a list. */
export const unusual = (found: string): string => `Unusual: ${found}`

const deliveries = (n: number): string => counted(n, { one: 'delivery', other: 'deliveries' })

export const chart = {
  rows: 'Rows',
  bytes: 'Size',
  total: (currency: string): string => (currency === '' ? 'Total' : `Total ${currency}`),
  delivery: 'Delivery',
  began: 'Run began',
  found: 'Found',
  receipt: 'Receipt',
  usual: (low: string, high: string): string => `usual: ${low} to ${high}`,
  tooFew: (enough: number): string => `Too few deliveries to tell what is usual: at least ${number(enough)}`,
  /** What a screen reader hears of the chart before its points. */
  summary: (figure: string, n: number, from: string, to: string, unusual: number): string =>
    `${figure} of ${deliveries(n)} from ${from} to ${to}. ${unusual === 0 ? 'None is unusual.' : `${number(unusual)} unusual.`}`,
  keys: 'The arrow keys go from delivery to delivery, Enter opens the receipt.',
  point: (when: string, value: string): string => `${when}: ${value}`,
  notCounted: 'not counted',
  asTable: 'As a table',
  asChart: 'As a chart',
  tableOf: (definition: string): string => `Deliveries of ${definition}`,
  capped: (n: number): string => `The newest ${number(n)} deliveries.`,
  none: 'Nothing delivered yet',
  noneWhat:
    'From the first delivery on, its rows, size and totals are drawn here, and what is unusual is marked.',
} as const

export const page = {
  found: 'What was found',
  nothing: 'Nothing unusual was found.',
  notRecorded: (n: number): string =>
    `${deliveries(n)} before that ${n === 1 ? 'was' : 'were'} not checked: that came with a later version.`,
  usual: 'What is usual',
  rows: (low: string, high: string): string => `${low} to ${high} rows`,
  howTitle: 'What each delivery is checked for',
  how: (enough: number, most: number): readonly string[] => [
    'It has no rows, though most deliveries before had some.',
    'Its files are byte for byte those of an earlier delivery.',
    'A file’s columns are not those of the last delivery.',
    `Its rows, or the total of a currency, are far from the usual of the last ${number(most)} deliveries. Ends of months are compared with ends of months where enough are known. With fewer than ${number(enough)}, nothing is said.`,
    'Its period begins later than the last one ended; or, where runs take only what is new, a run in between was never saved.',
  ],
  never: 'What is found never stops a delivery. “As expected” is remembered: its like is not found again.',
} as const

/** `48,211 rows`, or that they were not counted. */
export const rowsOf = (n: number | null): string => (n === null ? chart.notCounted : rows(n))
