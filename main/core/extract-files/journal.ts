import { addMoney, moneyText, parseMoney, sameMoney, zeroMoney } from '../money.ts'
import { createColumnSum, longestAmount } from './column-sum.ts'
import type { KeptColumn } from './records.ts'
import type { ExtractHeader, JournalTotal } from './types.ts'

/** Column 169 of the Standard Accounting Extract: the signed journal amount. Counted from 0. */
const journalAmount = 168
/** Column 22: the employee's currency, which the amount is in. */
const employeeCurrency = 21

export type Journal = {
  /** The columns of the currency and of the amount. */
  readonly kept: readonly KeptColumn[]
  /** Null: its rows have no such column, so it is one of the files beside an accounting extract. */
  result(header: ExtractHeader): JournalTotal | null
}

/** No company pays in more; a file that names more of them names something else in that column. */
const mostCurrencies = 200

type Sum = ReturnType<typeof createColumnSum>

/**
 * Adds up the amounts of an accounting extract, exactly, by currency: those of two currencies have no sum that means
 * anything, but the header line promises it. The first row tells whether it is one.
 */
export function createJournal(): Journal {
  const sums = new Map<string, Sum>()
  /** That of the row before, which nearly every row has too. */
  let last: { readonly code: number; readonly sum: Sum } | null = null
  let code = 0
  let rows = 0
  let accounting: boolean | null = null

  function sumOfRow(): Sum {
    if (last?.code === code) return last.sum
    const currency = code === 0 || sums.size >= mostCurrencies ? '' : nameOf(code)
    const sum = sums.get(currency) ?? createColumnSum()
    sums.set(currency, sum)
    last = { code, sum }
    return sum
  }

  return {
    kept: [
      {
        column: employeeCurrency,
        longest: 4,
        take(bytes, start, end) {
          code = codeOf(bytes, start, end)
        },
        takeNone() {
          code = 0
        },
      },
      {
        column: journalAmount,
        longest: longestAmount,
        take(bytes, start, end) {
          accounting ??= true
          rows += 1
          sumOfRow().add(bytes, start, end)
        },
        takeNone() {
          accounting ??= false
          rows += 1
        },
      },
    ],
    result(header) {
      if (accounting !== true) return null
      const found = [...sums].map(([currency, one]) => ({ currency, ...one.result() }))
      const sum = found.reduce((whole, one) => addMoney(whole, one.sum), zeroMoney)
      const unread = found.reduce((left, { numbers }) => left - numbers, rows)
      const promised = parseMoney(header.total)
      const named = found.some(({ currency }) => currency !== '')
      return {
        total: moneyText(sum),
        match: unread === 0 && promised !== null && sameMoney(sum, promised),
        unread,
        ...(named
          ? {
              currencies: found
                .map(one => ({ currency: one.currency, total: moneyText(one.sum) }))
                .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
            }
          : {}),
      }
    },
  }
}

/** Three capital letters as one number, so that no text is made of every row; 0 where it is no currency's code. */
function codeOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 3) return 0
  let code = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x41 || byte > 0x5a) return 0
    code = code * 256 + byte
  }
  return code
}

const nameOf = (code: number): string => String.fromCharCode(code >> 16, (code >> 8) & 0xff, code & 0xff)
