import type { BandView, FindingCode } from '../../../preload/contract/checks.ts'
import { addMoney, type Money, moneyText, parseMoney } from '../money.ts'
import type { Instant } from '../time.ts'
import { type Band, bandOf, countNoise, isAbout, isWithin } from './band.ts'
import type { PastDelivery } from './types.ts'

/** With fewer than this, a band is chance: of five months, one quarter's end alone would be a fifth. */
export const enough = 6
/** Two years of months, a month of working days: long enough to know, short enough to follow what grows. */
export const most = 24

/**
 * The deliveries to compare with. The end of a month is compared with ends of months, and other days with other days,
 * as soon as enough of the same kind are known; until then all are.
 */
export function alike(past: readonly PastDelivery[], at: Instant): readonly PastDelivery[] {
  const same = past.filter(one => isMonthEnd(one.at) === isMonthEnd(at))
  return (same.length >= enough ? same : past).slice(0, most)
}

/** The last three days of a month and the first three of the next, in UTC: the core knows no zone, and is wide enough. */
function isMonthEnd(at: Instant): boolean {
  const day = new Date(at)
  const days = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  return day.getUTCDate() <= 3 || day.getUTCDate() > days - 3
}

/** What is usual of a figure, beyond it only what somebody called expected, and how many deliveries that rests on. */
export type Usual = { readonly band: Band; readonly expected: readonly bigint[]; readonly known: number }

type Figure = { readonly value: bigint; readonly expected: boolean }

function usualOf(figures: readonly Figure[], noise?: (median: bigint) => bigint): Usual | null {
  const band =
    figures.length < enough
      ? null
      : bandOf(
          figures.map(one => one.value),
          noise,
        )
  if (band === null) return null
  const expected = figures.filter(one => one.expected).map(one => one.value)
  return { band, expected, known: figures.length }
}

export const isUsual = (value: bigint, { band, expected }: Usual): boolean =>
  isWithin(value, band) || expected.some(one => isAbout(value, one))

/** Null: too few to tell. */
export function usualRows(past: readonly PastDelivery[]): Usual | null {
  const figures = past.flatMap(one =>
    one.rows === null ? [] : [{ value: BigInt(one.rows), expected: wasExpected(one, 'rows-unusual') }],
  )
  const usual = usualOf(figures, countNoise)
  return usual && { ...usual, band: { ...usual.band, low: usual.band.low > 0n ? usual.band.low : 0n } }
}

/** What is usual of the totals of one currency, in units of `scale` decimals; null: too few to tell. */
export function usualTotals(past: readonly PastDelivery[], currency: string, scale: number): Usual | null {
  return usualOf(
    past.flatMap(one => {
      const total = totalIn(one, currency)
      return total === null
        ? []
        : [{ value: inUnits(total, scale), expected: wasExpected(one, 'total-unusual') }]
    }),
  )
}

/** The most decimals that these deliveries' totals have. */
export function scaleOf(past: readonly PastDelivery[], currency: string): number {
  return past.reduce((scale, one) => Math.max(scale, totalIn(one, currency)?.scale ?? 0), 0)
}

/** Of older deliveries it is not recorded which currency their one total is in: it is taken for the one asked for. */
function totalIn({ totals }: PastDelivery, currency: string): Money | null {
  const named = totals.find(one => one.currency === currency)
  const [only, ...more] = totals
  const found = named ?? (only?.currency === '' && more.length === 0 ? only : null)
  return found === null ? null : parseMoney(found.total)
}

function wasExpected({ findings }: PastDelivery, code: FindingCode): boolean {
  return (findings ?? []).some(one => one.code === code && one.mark?.as === 'expected')
}

/** An amount as a whole number of its smallest unit. `scale` is at least its own. */
export const inUnits = (money: Money, scale: number): bigint => addMoney(money, { units: 0n, scale }).units

export const bandView = ({ low, high }: Band, scale = 0): BandView => ({
  low: moneyText({ units: low, scale }),
  high: moneyText({ units: high, scale }),
})
