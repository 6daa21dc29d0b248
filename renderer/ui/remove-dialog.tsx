import type { ReactElement } from 'react'
import type { ConnectionMark } from '../../preload/contract/words.ts'
import { words } from '../text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import { MarkLabel } from './mark-label.tsx'
import { useAction } from './use-action.ts'

type RemoveDialogProps = {
  readonly title: string
  readonly mark?: ConnectionMark
  /** What goes with it, what stays, and whether it can be taken back. */
  readonly what: string
  readonly confirm: string
  readonly onRemove: () => Promise<unknown>
  readonly onClose: () => void
}

/** Before something is removed. To keep it is the safe answer: it has the focus, and is what Esc gives. */
export function RemoveDialog(props: RemoveDialogProps): ReactElement {
  const { title, mark, what, confirm, onRemove, onClose } = props
  const remove = useAction(onRemove)
  return (
    <Dialog
      title={title}
      about={
        mark === undefined ? null : (
          <p className="about">
            <MarkLabel mark={mark} />
          </p>
        )
      }
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {words.shell.cancel}
          </Button>
          <Button look="danger" isPending={remove.busy} onPress={() => remove.run()}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{what}</p>
      {remove.error ? <ErrorNote error={remove.error} live /> : null}
    </Dialog>
  )
}
