/** Definitions as we keep them: what somebody wrote, checked strictly, and what of it is sent. */
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { isZone } from '../../schedules/wall-time.ts'
import type { Instant } from '../../time.ts'
import { rangeOf } from './period.ts'
import { readTime, writtenTime } from './times.ts'
import { type IcwsRequest, type JobConfig, periods } from './types.ts'

const name = z.string().trim().min(1).max(256)
const time = z.string().transform((text, context) => {
  const at = readTime(text.trim())
  if (at?.at != null && !at.zoneAssumed) return writtenTime(at.at)
  context.addIssue({ code: 'custom', message: 'time' })
  return z.NEVER
})
const named = z.strictObject({ name })
const source = z.strictObject({
  name,
  dateTimeFilterColumn: name.exactOptional(),
  siteIdFilterColumn: name.exactOptional(),
  column: z.array(named).min(1).max(2000),
})
const shape = z.strictObject({
  name,
  tables: z.strictObject({ tableList: z.array(source).max(500) }).default({ tableList: [] }),
  views: z.strictObject({ viewList: z.array(source).max(500) }).default({ viewList: [] }),
  startTimeFilter: time.exactOptional(),
  endTimeFilter: time.exactOptional(),
  siteIdFilters: z.array(named).max(1000).default([]),
  period: z.enum(periods).exactOptional(),
  zone: z.string().refine(isZone).exactOptional(),
})

/**
 * A request that somebody wrote. Throws `bad-input` at the first key that is not known, of the wrong type, or does not
 * go with the others: `field` is its path, as in `tables.tableList[0].column`.
 */
export function readRequest(request: unknown): IcwsRequest {
  const read = shape.safeParse(request)
  if (!read.success) throw badInput(fieldOf(read.error))
  const found: IcwsRequest = read.data
  const { tables, views, startTimeFilter, endTimeFilter, period, zone } = found
  if (tables.tableList.length + views.viewList.length === 0) throw badInput('tables')
  const twice = doubled(tables.tableList) ?? doubled(views.viewList)
  if (twice !== null) throw badInput(twice)
  const fixed = startTimeFilter !== undefined || endTimeFilter !== undefined
  if (period !== undefined && fixed) throw badInput('period')
  if ((period === undefined) !== (zone === undefined)) throw badInput('zone')
  if (startTimeFilter !== undefined && endTimeFilter !== undefined && startTimeFilter >= endTimeFilter) {
    throw badInput('endTimeFilter')
  }
  return found
}

const badInput = (field: string) => new AppError('bad-input', { facts: { field, sent: false } })

function fieldOf({ issues }: z.ZodError): string {
  const [issue] = issues
  const path =
    issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? [])
  return (
    path.reduce<string>((text, key) => {
      if (typeof key === 'number') return `${text}[${key}]`
      return text === '' ? String(key) : `${text}.${String(key)}`
    }, '') || 'request'
  )
}

/** Names of tables and views are one name in upper and lower case. */
function doubled(sources: readonly { readonly name: string }[]): string | null {
  const names = sources.map(one => one.name.toLowerCase())
  return sources.find((_, index) => names.indexOf(names[index] ?? '') !== index)?.name ?? null
}

/** What is asked of the server when a run is started at this moment, by its own clock. */
export function configAt(request: IcwsRequest, at: Instant): JobConfig {
  const { period, zone, ...config } = request
  if (period === undefined || zone === undefined) return config
  const { from, to } = rangeOf(period, zone, at)
  return { ...config, startTimeFilter: writtenTime(from), endTimeFilter: writtenTime(to) }
}

/**
 * The body of a start. The schema requires the user; whether the server insists is not known. A list without anything
 * in it is left out.
 */
export function startBody(config: JobConfig, user: string): string {
  const { tables, views, siteIdFilters, ...rest } = config
  return JSON.stringify({
    ...rest,
    submittedUserId: user,
    ...(tables.tableList.length > 0 ? { tables } : {}),
    ...(views.viewList.length > 0 ? { views } : {}),
    ...(siteIdFilters.length > 0 ? { siteIdFilters } : {}),
  })
}
