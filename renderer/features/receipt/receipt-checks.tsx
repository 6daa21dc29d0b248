import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { FindingList } from '../trend/finding-list.tsx'

/** What was unusual beside the earlier deliveries, with what was said to it since. */
export function ReceiptChecks({ receiptId }: { readonly receiptId: string }): ReactElement {
  const { value, error, again } = useAnswer(receiptId, () => desk.checks.ofReceipt(receiptId))
  return (
    <section className="panel-part">
      <h3>{words.checks.page.found}</h3>
      {error ? <ErrorNote error={error} /> : null}
      <FindingList receiptId={receiptId} findings={value ?? []} onMarked={again} />
    </section>
  )
}
