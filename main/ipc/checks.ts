import { definitionId, receiptId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const checks: Handlers<'checks'> = {
  trend: ({ desk }, id) => desk.checks.trend(definitionId(id)),
  ofReceipt: ({ desk }, id) => desk.checks.ofReceipt(receiptId(id)),
  mark: ({ desk, account }, id, code, as) => desk.checks.mark(receiptId(id), code, as, account),
}
