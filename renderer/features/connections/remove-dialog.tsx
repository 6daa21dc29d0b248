import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { goTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { useAction } from '../../ui/use-action.ts'

type RemoveDialogProps = { readonly connectionId: string; readonly onClose: () => void }

export function RemoveDialog({ connectionId, onClose }: RemoveDialogProps): ReactElement | null {
  const connection = useConnection(connectionId)
  const remove = useAction(async () => {
    await desk.connections.remove(connectionId)
    goTo({ screen: 'connections' })
  })
  if (!connection) return null
  const text = words.connections.removeDialog
  return (
    <Dialog
      title={text.title(connection.name)}
      about={
        <p className="about">
          <MarkLabel mark={connection.mark} />
        </p>
      }
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {words.shell.cancel}
          </Button>
          <Button look="danger" isPending={remove.busy} onPress={() => remove.run()}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <p>{text.what}</p>
      {remove.error ? <ErrorNote error={remove.error} live /> : null}
    </Dialog>
  )
}
