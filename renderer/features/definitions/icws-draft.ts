import type { KeptRequest } from '../../../preload/contract/types.ts'
import { boundsOf, isPeriod, rangeOf, type TypedPeriod, typedOf } from './period.ts'
import { fieldsOf, hasOnly, listOf, partsOf, textOf } from './reading.ts'

/** A table or a view while it is being typed. */
export type TypedSource = {
  readonly kind: 'table' | 'view'
  readonly name: string
  readonly columns: string
  readonly dateColumn: string
  readonly siteColumn: string
}

export type IcwsDraft = {
  readonly sources: readonly TypedSource[]
  readonly period: TypedPeriod
  readonly sites: string
}

export const emptySource: TypedSource = {
  kind: 'table',
  name: '',
  columns: '',
  dateColumn: '',
  siteColumn: '',
}

export const emptyIcws = (zone: string): IcwsDraft => ({
  sources: [emptySource],
  period: { range: 'last-month', zone, start: '', end: '' },
  sites: '',
})

const known = [
  'name',
  'tables',
  'views',
  'startTimeFilter',
  'endTimeFilter',
  'siteIdFilters',
  'period',
  'zone',
] as const
const ofSource = ['name', 'dateTimeFilterColumn', 'siteIdFilterColumn', 'column'] as const

const namesOf = (list: unknown): string =>
  listOf(list)
    .map(one => textOf(fieldsOf(one).name))
    .join('\n')

const sourceOf =
  (kind: TypedSource['kind']) =>
  (value: unknown): TypedSource => {
    const source = fieldsOf(value)
    return {
      kind,
      name: textOf(source.name),
      columns: namesOf(source.column),
      dateColumn: textOf(source.dateTimeFilterColumn),
      siteColumn: textOf(source.siteIdFilterColumn),
    }
  }

/** The draft of a request; null where the form would drop something of it. */
export function icwsDraftOf(request: KeptRequest, zone: string): IcwsDraft | null {
  const tables = listOf(fieldsOf(request.tables).tableList)
  const views = listOf(fieldsOf(request.views).viewList)
  const whole =
    hasOnly(request, known) &&
    hasOnly(fieldsOf(request.tables), ['tableList']) &&
    hasOnly(fieldsOf(request.views), ['viewList']) &&
    [...tables, ...views].every(one => hasOnly(fieldsOf(one), ofSource))
  if (!whole) return null
  const start = typedOf(textOf(request.startTimeFilter))
  const end = typedOf(textOf(request.endTimeFilter))
  const sources = [...tables.map(sourceOf('table')), ...views.map(sourceOf('view'))]
  return {
    sources: sources.length > 0 ? sources : [emptySource],
    period: {
      range: rangeOf(textOf(request.period), start, end),
      zone: textOf(request.zone) || zone,
      start,
      end,
    },
    sites: namesOf(request.siteIdFilters),
  }
}

/** The request without its name, which is the definition's. */
export function icwsRequestOf({ sources, period, sites }: IcwsDraft): KeptRequest {
  const listed = (kind: TypedSource['kind']) => sources.filter(one => one.kind === kind).map(written)
  return {
    tables: { tableList: listed('table') },
    views: { viewList: listed('view') },
    siteIdFilters: partsOf(sites).map(name => ({ name })),
    ...(isPeriod(period.range) ? { period: period.range, zone: period.zone.trim() } : {}),
    ...(period.range === 'fixed' ? boundsOf(period, 'startTimeFilter', 'endTimeFilter') : {}),
  }
}

function written({ name, columns, dateColumn, siteColumn }: TypedSource) {
  return {
    name: name.trim(),
    ...(dateColumn.trim() === '' ? {} : { dateTimeFilterColumn: dateColumn.trim() }),
    ...(siteColumn.trim() === '' ? {} : { siteIdFilterColumn: siteColumn.trim() }),
    column: partsOf(columns).map(column => ({ name: column })),
  }
}

/** Where a source stands in the request: what was refused is named by that. */
export function pathOfSource(sources: readonly TypedSource[], at: number): string {
  const kind = sources[at]?.kind ?? 'table'
  const nth = sources.slice(0, at).filter(one => one.kind === kind).length
  return kind === 'table' ? `tables.tableList[${nth}]` : `views.viewList[${nth}]`
}
