/**
 * Which definition a listed job is a run of. The server knows no definitions, so what a job asks for decides: an equal
 * configuration. After a lost answer this is what tells that a start happened (core/jobs/evidence.ts); so where the
 * server is vague, equal is assumed, never different.
 */
import { isAppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import { addMillis, hours, type Instant } from '../../time.ts'
import type { Target } from '../system.ts'
import { rangeOf } from './period.ts'
import { readRequest } from './request.ts'
import { readTime, writtenTime } from './times.ts'
import type { IcwsRequest, JobConfig, SourceSpec } from './types.ts'

/** A job as far as it says what it is a run of. */
export type Run = {
  readonly name: string
  /** Null where the server did not tell, or not so that it could be read. */
  readonly config: JobConfig | null
  /** When it was submitted, by the server's clock; null where it has no time at all. */
  readonly at: Instant | null
}

/** A target, with its request read once for all jobs of a list. */
export type Wanted = { readonly id: RemoteId; readonly request: IcwsRequest }

/** Targets that have a request. One that cannot be read says so when it is run; it must not hide the others' jobs. */
export function wantedOf(targets: readonly Target[]): readonly Wanted[] {
  return targets.flatMap(({ id, request }) => {
    try {
      return request === null ? [] : [{ id, request: readRequest(request) }]
    } catch (error) {
      if (isAppError(error, 'bad-input')) return []
      throw error
    }
  })
}

/**
 * The target whose configuration this job has. Null: none has it, or several do, and nobody can tell whose it is: given to
 * the first, it would look as if a lost start of the second had never been.
 */
export function targetOfRun(run: Run, wanted: readonly Wanted[]): RemoteId | null {
  const [first, ...others] = wanted.filter(({ request }) => isRunOf(run, request))
  return first === undefined || others.length > 0 ? null : first.id
}

export function isRunOf({ name, config, at }: Run, request: IcwsRequest): boolean {
  if (config === null) return name === request.name
  return asksForTheSame(config, request) && sameRange(config, request, at)
}

/** Whether two configurations ask for the same, of the same time range. */
export const asksAlike = (a: JobConfig, b: JobConfig): boolean =>
  asksForTheSame(a, b) &&
  sameTime(a.startTimeFilter, b.startTimeFilter) &&
  sameTime(a.endTimeFilter, b.endTimeFilter)

const asksForTheSame = (a: JobConfig, b: JobConfig): boolean =>
  a.name === b.name &&
  sameSet(a.tables.tableList.map(sourceKey), b.tables.tableList.map(sourceKey)) &&
  sameSet(a.views.viewList.map(sourceKey), b.views.viewList.map(sourceKey)) &&
  sameSet(a.siteIdFilters.map(keyOf), b.siteIdFilters.map(keyOf))

/** Names are one name in upper and lower case; whether the server keeps the order of columns is not known. */
const sourceKey = ({ name, dateTimeFilterColumn, siteIdFilterColumn, column }: SourceSpec): string =>
  JSON.stringify([
    name.toLowerCase(),
    (dateTimeFilterColumn ?? '').toLowerCase(),
    (siteIdFilterColumn ?? '').toLowerCase(),
    column.map(keyOf).sort(),
  ])

const keyOf = ({ name }: { readonly name: string }): string => name.trim().toLowerCase()

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n')

/** How far apart the moment of the submission and the one that a period was counted from may be. */
const margin = hours(1)

function sameRange(config: JobConfig, request: IcwsRequest, at: Instant | null): boolean {
  const { period, zone } = request
  if (period === undefined || zone === undefined) {
    return (
      sameTime(config.startTimeFilter, request.startTimeFilter) &&
      sameTime(config.endTimeFilter, request.endTimeFilter)
    )
  }
  // The end of a range is a moment from which it is the last one; so any whole period fits a job without a time.
  const end = readTime(config.endTimeFilter ?? '')?.at ?? null
  const moments = at === null ? [end] : [at, addMillis(at, -margin), addMillis(at, margin)]
  return moments.some(moment => {
    if (moment === null) return false
    const { from, to } = rangeOf(period, zone, moment)
    return (
      sameTime(config.startTimeFilter, writtenTime(from)) && sameTime(config.endTimeFilter, writtenTime(to))
    )
  })
}

/** To the second: nobody knows whether the server keeps parts of one. */
function sameTime(a: string | undefined, b: string | undefined): boolean {
  const [first, second] = [a, b].map(text => readTime(text ?? '')?.at ?? null)
  if (first === null || second === null || first === undefined || second === undefined)
    return first === second
  return Math.trunc(first / 1000) === Math.trunc(second / 1000)
}
