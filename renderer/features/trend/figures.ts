import type { BandView, TrendPoint, TrendView } from '../../../preload/contract/checks.ts'
import { moneyText } from '../../format/money.ts'
import { figures, words } from '../../text.ts'

/** One thing that is drawn over time: rows, size, or the total of a currency. */
export type Figure = {
  readonly id: string
  readonly name: string
  /** Exact, as a person reads it; null where it is not known of that delivery. */
  readonly textOf: (point: TrendPoint) => string | null
  /** For drawing alone: a float is good enough for a place on the screen, and for nothing else. */
  readonly placeOf: (point: TrendPoint) => number | null
  readonly band: { readonly low: number; readonly high: number; readonly text: string } | null
  /** Findings that are about this figure: they are ringed and named here. */
  readonly codes: readonly string[]
}

const totalOf = (point: TrendPoint, currency: string): string | null =>
  point.totals.find(one => one.currency === currency)?.total ?? null

/** What there is to draw of a definition: rows, then totals, then the size. What nothing is known of is left out. */
export function figuresOf(trend: TrendView): readonly Figure[] {
  const { chart } = words.checks
  const currencies = [...new Set(trend.points.flatMap(point => point.totals.map(({ currency }) => currency)))]
  const totals = currencies.map((currency): Figure => {
    const band = trend.totals.find(one => one.currency === currency) ?? null
    return {
      id: `total-${currency}`,
      name: chart.total(currency),
      textOf: point => {
        const total = totalOf(point, currency)
        return total === null ? null : [moneyText(total), currency].filter(Boolean).join(' ')
      },
      placeOf: point => {
        const total = totalOf(point, currency)
        return total === null ? null : Number(total)
      },
      band: band && drawn(band, moneyText),
      codes: ['total-unusual'],
    }
  })
  const rows: Figure = {
    id: 'rows',
    name: chart.rows,
    textOf: ({ rows: n }) => (n === null ? null : words.checks.rowsOf(n)),
    placeOf: ({ rows: n }) => n,
    band: trend.rows && drawn(trend.rows, text => figures.number(Number(text))),
    codes: ['rows-unusual', 'empty'],
  }
  const size: Figure = {
    id: 'bytes',
    name: chart.bytes,
    textOf: ({ bytes }) => figures.size(bytes),
    placeOf: ({ bytes }) => bytes,
    band: null,
    codes: ['identical', 'columns-changed', 'period-gap', 'runs-unsaved'],
  }
  return [rows, ...totals, size].filter(({ placeOf }) => trend.points.some(point => placeOf(point) !== null))
}

const drawn = ({ low, high }: BandView, textOf: (text: string) => string): NonNullable<Figure['band']> => ({
  low: Number(low),
  high: Number(high),
  text: words.checks.chart.usual(textOf(low), textOf(high)),
})

/** The names of what is unusual about a delivery, of all or of some codes; empty where nothing is. */
export function foundNames({ findings }: TrendPoint, codes?: readonly string[]): string {
  const found = (findings ?? []).filter(({ code }) => codes?.includes(code) ?? true)
  return [...new Set(found.map(({ code }) => words.checks.names[code]))].join(', ')
}
