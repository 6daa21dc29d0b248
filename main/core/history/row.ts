import type { HistoryRow, ReceiptSummary } from '../../../preload/contract/types.ts'
import { addMoney, moneyText, parseMoney, zeroMoney } from '../money.ts'
import type { HistoryEntry } from './types.ts'

/** The entry as it is shown: its totals added up. */
export const historyRow = ({ totals, deliveredAt: _, ...entry }: HistoryEntry): HistoryRow => ({
  ...entry,
  total: totalOf(totals),
})

/** What a definition shows of its last delivery; null where there was none. */
export function receiptSummary(entry: HistoryEntry | null): ReceiptSummary | null {
  if (!entry || entry.receiptId === null || entry.deliveredAt === null) return null
  const { receiptId: id, deliveredAt, files, bytes, rows, totals } = entry
  return { id, deliveredAt, files: files ?? 0, bytes: bytes ?? 0, rows, total: totalOf(totals) }
}

/** The sum of amounts, exact; null where there are none, or one cannot be read: a part of a sum would be a wrong one. */
export function totalOf(amounts: readonly string[]): string | null {
  const read = amounts.map(parseMoney)
  const readable = read.filter(amount => amount !== null)
  if (readable.length === 0 || readable.length < read.length) return null
  return moneyText(readable.reduce(addMoney, zeroMoney))
}
