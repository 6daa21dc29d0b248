/** The checks against the past as the window is shown them: what is unusual about a delivery, and its definition's course. */
import type { Instant } from './types.ts'

export const findingCodes = [
  'empty',
  'identical',
  'columns-changed',
  'rows-unusual',
  'total-unusual',
  'period-gap',
  'runs-unsaved',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** Something unusual about a delivery beside the earlier ones of its definition. It never stops anything. */
export type Finding = {
  readonly code: FindingCode
  readonly facts: Readonly<Record<string, string | number>>
}

/** What a receipt has of the checks: with how many earlier deliveries its own was compared, and what was found. */
export type ReceiptChecks = { readonly compared: number; readonly findings: readonly Finding[] }

/** What somebody said to a finding. `seen`: it need not be shown on Today; `expected`: nor is its like found again. */
export const findingMarks = ['seen', 'expected'] as const
export type FindingMark = (typeof findingMarks)[number]
export type FindingView = Finding & {
  readonly mark: { readonly as: FindingMark; readonly by: string; readonly at: Instant } | null
}

/** The total of one currency, exact. `currency` is empty where the files name none, or that was not recorded. */
export type CurrencyTotal = { readonly currency: string; readonly total: string }

/** One run of a definition that was delivered. */
export type TrendPoint = {
  readonly jobId: string
  readonly receiptId: string
  readonly receiptNumber: number
  /** When the run began. */
  readonly at: Instant
  readonly deliveredAt: Instant
  readonly files: number
  readonly bytes: number
  readonly rows: number | null
  readonly totals: readonly CurrencyTotal[]
  /** Null: it was delivered before deliveries were checked. */
  readonly findings: readonly FindingView[] | null
}

/** From the least to the most that is usual, both included; decimals as text. */
export type BandView = { readonly low: string; readonly high: string }

/** The course of a definition, oldest first, and what is usual of it by now. */
export type TrendView = {
  readonly points: readonly TrendPoint[]
  /** Null while too few are known to tell. */
  readonly rows: BandView | null
  readonly totals: readonly (BandView & { readonly currency: string })[]
  /** How many deliveries have to be known before anything is called unusual, and how many are looked at. */
  readonly enough: number
  readonly most: number
}
