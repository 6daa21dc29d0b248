import { moneyText, parseMoney, sameMoney } from '../money.ts'
import { createColumnSum, longestAmount } from './column-sum.ts'
import type { KeptColumn } from './records.ts'
import type { ExtractHeader, JournalTotal } from './types.ts'

/** Column 169 of the Standard Accounting Extract: the signed journal amount. Counted from 0. */
export const journalAmount = 168

export type Journal = {
  /** The column of the amounts. */
  readonly kept: KeptColumn
  /** Null: its rows have no such column, so it is one of the files beside an accounting extract. */
  result(header: ExtractHeader): JournalTotal | null
}

/** Adds up the amounts of an accounting extract, exactly. The first row tells whether it is one. */
export function createJournal(): Journal {
  const amounts = createColumnSum()
  let rows = 0
  let accounting: boolean | null = null
  return {
    kept: {
      column: journalAmount,
      longest: longestAmount,
      take(bytes, start, end) {
        accounting ??= true
        rows += 1
        amounts.add(bytes, start, end)
      },
      takeNone() {
        accounting ??= false
        rows += 1
      },
    },
    result(header) {
      if (accounting !== true) return null
      const { numbers, sum } = amounts.result()
      const unread = rows - numbers
      const promised = parseMoney(header.total)
      return {
        total: moneyText(sum),
        match: unread === 0 && promised !== null && sameMoney(sum, promised),
        unread,
      }
    },
  }
}
