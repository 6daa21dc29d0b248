import type { ReactElement } from 'react'
import { leaveTo, type Page } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type LeaveDialogProps = { readonly page: Page; readonly onClose: () => void }

/** What was typed would be lost: to stay is the safe answer, and the one that Esc gives. */
export function LeaveDialog({ page, onClose }: LeaveDialogProps): ReactElement {
  const text = words.shell.leave
  return (
    <Dialog
      title={text.title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => leaveTo(page)}>{text.discard}</Button>
          <Button look="primary" onPress={onClose} autoFocus>
            {text.stay}
          </Button>
        </>
      }
    >
      <p>{text.what}</p>
    </Dialog>
  )
}
