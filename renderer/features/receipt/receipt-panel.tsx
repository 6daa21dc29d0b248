import { type ReactElement, useState } from 'react'
import type { ExportFormat } from '../../../preload/contract/receipts.ts'
import { desk } from '../../bridge.ts'
import { outcomeLook } from '../../format/state.ts'
import { lookInside, openReceipt } from '../../stores/place.ts'
import { keepVerified, useVerified } from '../../stores/verified.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { commandAria } from '../../ui/keys.ts'
import { Panel } from '../../ui/panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { useLookKey } from '../look-inside/look-key.ts'
import { ExportMenu } from './export-menu.tsx'
import { ReceiptBody } from './receipt-body.tsx'
import { ReviewDialog } from './review-dialog.tsx'

type ReceiptPanelProps = { readonly receiptId: string; readonly onClose: () => void }

/** The proof of one delivery, and on demand where its files are now. */
export function ReceiptPanel({ receiptId, onClose }: ReceiptPanelProps): ReactElement {
  const text = words.history.receipt
  const { value: receipt, error, again } = useAnswer(receiptId, () => desk.receipts.show(receiptId))
  const verify = useAction(async () => keepVerified(receiptId, await desk.receipts.verify(receiptId)))
  const verified = useVerified(receiptId)
  const show = useAction((index: number) => desk.receipts.showInFolder(receiptId, index))
  const deliver = useAction((jobId: string) => desk.jobs.deliver(jobId, true))
  const save = useAction((format: ExportFormat) => desk.receipts.save([receiptId], format))
  const [reviewing, setReviewing] = useState(false)
  const [reviewed, setReviewed] = useState<string | null>(null)
  useLookKey(() => lookInside(receiptId))
  const failed = verify.error ?? show.error ?? deliver.error ?? save.error
  return (
    <Panel
      label={text.panel}
      title={receipt ? text.title(receipt.number) : text.panel}
      aside={receipt ? <StateMark look={outcomeLook(receipt.outcome)} /> : null}
      onClose={onClose}
      actions={
        receipt ? (
          <>
            <Button look="primary" isPending={show.busy} onPress={() => show.run(0)}>
              {text.showInFolder}
            </Button>
            <Button aria-keyshortcuts={commandAria('L')} onPress={() => lookInside(receiptId)}>
              {text.lookInside}
            </Button>
            <Button isPending={verify.busy} onPress={() => verify.run()}>
              {verify.busy ? text.verifying : text.verify}
            </Button>
            <Button isPending={deliver.busy} onPress={() => deliver.run(receipt.jobId)}>
              {text.deliverAgain}
            </Button>
            {receipt.reviewable ? (
              <Button onPress={() => setReviewing(true)}>{text.review.mark}</Button>
            ) : null}
            <ExportMenu busy={save.busy} onExport={format => save.run(format)} />
          </>
        ) : null
      }
    >
      {error ? (
        <ErrorNote error={error} live>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : null}
      {failed ? <ErrorNote error={failed} live /> : null}
      <p role="status" className={deliver.result ? 'callout callout-ok' : 'unseen'}>
        {deliver.result ? text.asked : ''}
      </p>
      <p role="status" className={save.result ? 'callout callout-ok breakable' : 'unseen'}>
        {save.result ? text.saved(save.result) : ''}
      </p>
      <p role="status" className={reviewed === receiptId ? 'callout callout-ok' : 'unseen'}>
        {reviewed === receiptId ? text.review.done : ''}
      </p>
      {reviewing ? (
        <ReviewDialog
          receiptId={receiptId}
          onReviewed={() => {
            setReviewing(false)
            setReviewed(receiptId)
            again()
          }}
          onClose={() => setReviewing(false)}
        />
      ) : null}
      {verified ? (
        <p className="secondary">
          {text.verifiedAt} <Time at={verified.at} />
        </p>
      ) : receipt ? (
        <p className="secondary">{text.notSince}</p>
      ) : null}
      {receipt ? (
        <ReceiptBody
          receipt={receipt}
          verified={verified?.found ?? null}
          onShow={index => show.run(index)}
          onLook={index => lookInside(receiptId, index)}
          onPrevious={openReceipt}
        />
      ) : error ? null : (
        <SkeletonRows rows={8} label={text.panel} />
      )}
    </Panel>
  )
}
