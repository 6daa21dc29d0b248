import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import { notices } from '../../../preload/contract/text/notices.ts'
import type { NeedView, Place, Settings } from '../../../preload/contract/types.ts'
import type { Summary } from '../schedules/summary.ts'

/** One notification: its words, what a click opens, and the file whose folder its button shows. */
export type Notice = {
  readonly title: string
  readonly body: string
  readonly opens: Place
  readonly file: string | null
}

/**
 * The notifications for what came together: at most one for deliveries and one for what needs the user, so that a
 * month-end does not ring thirty times; one more for each run set that is over. What needs the user comes last and so stays on top.
 */
export function noticesFor(
  delivered: readonly ReceiptView[],
  needs: readonly NeedView[],
  setting: Settings['notifications'],
  sets: readonly Summary[] = [],
): readonly Notice[] {
  return [
    ...(setting === 'all' ? [...forDeliveries(delivered), ...sets.map(forSet)] : []),
    ...(setting === 'off' ? [] : forNeeds(setting === 'all' ? needs.filter(untold(delivered)) : needs)),
  ]
}

/** A finding of a delivery that is told by itself is told with it. */
const untold =
  (delivered: readonly ReceiptView[]) =>
  ({ kind, facts }: NeedView): boolean =>
    kind !== 'finding' || delivered.length !== 1 || delivered[0]?.id !== facts.receiptId

function forDeliveries(receipts: readonly ReceiptView[]): readonly Notice[] {
  const [first, ...others] = receipts
  if (first === undefined) return []
  if (others.length > 0) {
    const text = notices.deliveredTogether(receipts.map(factsOf))
    return [{ ...text, opens: { screen: 'today' }, file: null }]
  }
  return [
    {
      ...notices.delivered(factsOf(first)),
      opens: { screen: 'receipt', receiptId: first.id },
      file: first.files[0]?.path ?? null,
    },
  ]
}

function forNeeds(needs: readonly NeedView[]): readonly Notice[] {
  const [first, ...others] = needs
  if (first === undefined) return []
  if (others.length > 0) {
    const text = notices.needYouTogether(needs.map(need => need.title))
    return [{ ...text, opens: { screen: 'today' }, file: null }]
  }
  return [{ ...notices.needsYou(first), opens: placeOf(first), file: null }]
}

const forSet = (set: Summary): Notice => ({
  ...notices.ranTogether(set),
  opens: set.name === null ? { screen: 'schedules' } : { screen: 'schedule', scheduleId: set.scheduleId },
  file: null,
})

function factsOf(receipt: ReceiptView): Parameters<typeof notices.delivered>[0] {
  const counts = receipt.files.flatMap(({ rows }) => (rows === null ? [] : [rows]))
  return {
    definition: receipt.definitionName,
    files: receipt.files.length,
    rows: counts.length === 0 ? null : counts.reduce((sum, rows) => sum + rows, 0),
    totalsMatch:
      receipt.controlTotals.length === 0 ? null : receipt.controlTotals.every(({ match }) => match),
    finding: receipt.checks?.findings[0] ?? null,
  }
}

function placeOf(need: NeedView): Place {
  const { receiptId } = need.facts
  if (typeof receiptId === 'string') return { screen: 'receipt', receiptId }
  if (need.definitionId !== null) return { screen: 'definition', definitionId: need.definitionId }
  if (need.connectionId !== null) return { screen: 'connection', connectionId: need.connectionId }
  const { scheduleId } = need.facts
  return typeof scheduleId === 'string' ? { screen: 'schedule', scheduleId } : { screen: 'today' }
}
