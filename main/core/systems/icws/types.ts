import type { Instant } from '../../time.ts'

/** A table or a view, and what of it is extracted. */
export type SourceSpec = {
  readonly name: string
  readonly dateTimeFilterColumn?: string
  readonly siteIdFilterColumn?: string
  readonly column: readonly { readonly name: string }[]
}

/** What a job extracts, as the server has it; the ids that the server adds are not part of it. */
export type JobConfig = {
  readonly name: string
  readonly tables: { readonly tableList: readonly SourceSpec[] }
  readonly views: { readonly viewList: readonly SourceSpec[] }
  /** UTC, the extended form with milliseconds, as the vendor's own client sends it. */
  readonly startTimeFilter?: string
  readonly endTimeFilter?: string
  readonly siteIdFilters: readonly { readonly name: string }[]
}

export const periods = ['last-month', 'last-week', 'yesterday'] as const
export type Period = (typeof periods)[number]

/** A definition as we keep it: a configuration, or one whose time range is said when it is run. */
export type IcwsRequest = JobConfig & { readonly period?: Period; readonly zone?: string }

/** What a sign-in answered, as far as it is used. */
export type ConnectionAnswer = {
  readonly sessionId: string
  readonly csrfToken: string
  /** The user as the server spells it. */
  readonly user: string
  /** Days until the password ends; null where the server does not say. */
  readonly passwordDays: number | null
  /** The version of each feature by its id; null where the server names none. */
  readonly features: ReadonlyMap<string, number> | null
  readonly serverTime: Instant | null
}

/** What stands in the body of a failed exchange. */
export type IcwsError = {
  readonly errorId: string
  readonly errorCode: number | null
  /** The field that is wrong. */
  readonly propertyName: string
  /** Hosts that would take the session, without scheme and port. */
  readonly alternates: readonly string[]
}

/** A host that may take a session: an origin, and the path before `/icws`, which a web proxy has. */
export type Place = { readonly origin: string; readonly base: string }
