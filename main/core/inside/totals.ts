import type { InsideControl, InsideTotals } from '../../../preload/contract/inside.ts'
import type { ColumnSum } from '../extract-files/column-sum.ts'
import type { ExtractHeader } from '../extract-files/types.ts'
import { type Money, moneyText } from '../money.ts'
import type { Indexed } from './inside-work.ts'

/** A column's sum as it is shown. Of what is masked no sum is told: it would be no sum of anything, and gives it away. */
export function totalsOf(
  column: number,
  rows: number,
  { filled, numbers, sum }: ColumnSum,
  masked: boolean,
): InsideTotals {
  const known = numbers > 0 && !masked
  return {
    column,
    rows,
    filled,
    numbers: masked ? 0 : numbers,
    sum: known ? moneyText(sum) : null,
    average: known ? moneyText(averageOf(sum, numbers)) : null,
  }
}

/** Rounded half away from zero, to two decimals more than the sum has. */
export function averageOf({ units, scale }: Money, count: number): Money {
  const [dividend, divisor] = [units * 100n, BigInt(count)]
  const half = dividend < 0n ? -divisor : divisor
  // Twice the quotient, moved by half a unit away from zero, and cut.
  return { units: (2n * dividend + half) / (2n * divisor), scale: scale + 2 }
}

export const controlOf = (header: ExtractHeader | null, { rows, journal }: Indexed): InsideControl | null =>
  header && {
    headerRows: header.rows,
    headerTotal: header.total,
    rows,
    total: journal?.total ?? null,
    unread: journal?.unread ?? 0,
    match: rows === header.rows && (journal === null || journal.match),
  }
