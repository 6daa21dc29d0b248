import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { noteReviewed } from '../../stores/reviewed.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'

const text = words.history.receipt.review

type ReviewDialogProps = {
  readonly receiptId: string
  readonly onReviewed: () => void
  readonly onClose: () => void
}

/** Before a review is written: it cannot be taken back. */
export function ReviewDialog({ receiptId, onReviewed, onClose }: ReviewDialogProps): ReactElement {
  const review = useAction(async () => {
    await desk.receipts.review(receiptId)
    noteReviewed()
    onReviewed()
  })
  return (
    <Dialog
      title={text.mark}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {words.shell.cancel}
          </Button>
          <Button look="primary" isPending={review.busy} onPress={() => review.run()}>
            {text.mark}
          </Button>
        </>
      }
    >
      <p>{text.what}</p>
      {review.error ? <ErrorNote error={review.error} live /> : null}
    </Dialog>
  )
}
