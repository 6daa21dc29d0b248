import type { ReactElement } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type ShowDialogProps = {
  readonly columns: number
  readonly onShow: () => void
  readonly onClose: () => void
}

/** On purpose and once more: keeping them masked is the safe answer, and the one that Esc gives. */
export function ShowDialog({ columns, onShow, onClose }: ShowDialogProps): ReactElement {
  return (
    <Dialog
      title={text.show.title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onShow}>{text.show.confirm}</Button>
          <Button look="primary" onPress={onClose} autoFocus>
            {text.show.keep}
          </Button>
        </>
      }
    >
      <p>{text.show.what(columns)}</p>
      <p className="callout">{text.show.copies}</p>
    </Dialog>
  )
}
