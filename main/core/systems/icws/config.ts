import { z } from 'zod'
import type { KeptRequest, Period, RemoteJob } from '../system.ts'
import { readTime, writtenTime } from './times.ts'
import type { JobConfig, SourceSpec } from './types.ts'

/** Text, or a number where a server writes one for an id. */
const text = z.union([z.string(), z.number()]).transform(value => String(value).trim())
const named = z.object({ name: text })
const optionalText = text.nullish().transform(value => value || undefined)
const source = z.object({
  name: text,
  dateTimeFilterColumn: optionalText,
  siteIdFilterColumn: optionalText,
  column: z.array(named),
})
const config = z.object({
  name: text,
  tables: z.object({ tableList: z.array(source).nullish() }).nullish(),
  views: z.object({ viewList: z.array(source).nullish() }).nullish(),
  startTimeFilter: optionalText,
  endTimeFilter: optionalText,
  siteIdFilters: z.array(named).nullish(),
})

/**
 * A job's configuration as the server has it, with what it added left out. Null where there is none, or none that can
 * be read: half a configuration would look like another one.
 */
export function readConfig(value: unknown): JobConfig | null {
  const read = config.safeParse(value)
  if (!read.success) return null
  const { name, tables, views, startTimeFilter, endTimeFilter, siteIdFilters } = read.data
  const [tableList, viewList] = [tables?.tableList ?? [], views?.viewList ?? []]
  if (tableList.length + viewList.length === 0) return null
  return {
    name,
    tables: { tableList: tableList.map(specOf) },
    views: { viewList: viewList.map(specOf) },
    ...(startTimeFilter === undefined ? {} : { startTimeFilter: canonical(startTimeFilter) }),
    ...(endTimeFilter === undefined ? {} : { endTimeFilter: canonical(endTimeFilter) }),
    siteIdFilters: siteIdFilters ?? [],
  }
}

const specOf = ({
  name,
  dateTimeFilterColumn,
  siteIdFilterColumn,
  column,
}: z.infer<typeof source>): SourceSpec => ({
  name,
  ...(dateTimeFilterColumn === undefined ? {} : { dateTimeFilterColumn }),
  ...(siteIdFilterColumn === undefined ? {} : { siteIdFilterColumn }),
  column,
})

function canonical(time: string): string {
  const at = readTime(time)?.at ?? null
  return at === null ? time : writtenTime(at)
}

/** The request that would run this job again, with its very time range; null where the job does not tell it. */
export function requestOf({ raw }: Pick<RemoteJob, 'raw'>): KeptRequest | null {
  return readConfig(raw.jobConfig)
}

/** The time range of a job; null where it is open at an end, or not told. */
export function periodOf({ raw }: Pick<RemoteJob, 'raw'>): Period | null {
  const { startTimeFilter = '', endTimeFilter = '' } = readConfig(raw.jobConfig) ?? {}
  const [from, to] = [readTime(startTimeFilter)?.at ?? null, readTime(endTimeFilter)?.at ?? null]
  return from === null || to === null ? null : { from, to }
}
