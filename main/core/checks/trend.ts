import type { TrendPoint, TrendView } from '../../../preload/contract/checks.ts'
import type { PastDelivery } from './types.ts'
import { alike, bandView, enough, most, scaleOf, usualRows, usualTotals } from './usual.ts'

/** The course of a definition as it is shown; `past` has the newest first. */
export function trendOf(past: readonly PastDelivery[]): TrendView {
  const [newest] = past
  const beside = newest ? alike(past, newest.at) : []
  const currencies = [...new Set((newest?.totals ?? []).map(({ currency }) => currency))]
  const rows = usualRows(beside)
  return {
    points: past.map(pointOf).reverse(),
    rows: rows && bandView(rows.band),
    totals: currencies.flatMap(currency => {
      const scale = scaleOf(beside, currency)
      const usual = usualTotals(beside, currency, scale)
      return usual ? [{ currency, ...bandView(usual.band, scale) }] : []
    }),
    enough,
    most,
  }
}

const pointOf = ({ kept: _, ...point }: PastDelivery): TrendPoint => point
