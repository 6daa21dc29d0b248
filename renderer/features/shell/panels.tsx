import type { ReactElement } from 'react'
import { closePanel, type Panel } from '../../stores/place.ts'
import { JobPanel } from '../receipt/job-panel.tsx'
import { ReceiptPanel } from '../receipt/receipt-panel.tsx'

/** What is open at the right. */
export function OpenPanel({ panel }: { readonly panel: Panel }): ReactElement {
  return panel.kind === 'receipt' ? (
    <ReceiptPanel key={panel.receiptId} receiptId={panel.receiptId} onClose={closePanel} />
  ) : (
    <JobPanel key={panel.row.jobId} row={panel.row} onClose={closePanel} />
  )
}
