import type { ReactElement } from 'react'
import { closePanel, type Panel } from '../../stores/place.ts'
import { DoctorPanel } from '../doctor/doctor-panel.tsx'
import { JobPanel } from '../receipt/job-panel.tsx'
import { ReceiptPanel } from '../receipt/receipt-panel.tsx'

/** What is open at the right. */
export function OpenPanel({ panel }: { readonly panel: Panel }): ReactElement {
  switch (panel.kind) {
    case 'receipt':
      return <ReceiptPanel key={panel.receiptId} receiptId={panel.receiptId} onClose={closePanel} />
    case 'job':
      return <JobPanel key={panel.row.jobId} row={panel.row} onClose={closePanel} />
    case 'doctor':
      return <DoctorPanel key={panel.connectionId} connectionId={panel.connectionId} onClose={closePanel} />
  }
}
