import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { leaveTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'

type RemoveDefinitionDialogProps = { readonly definitionId: string; readonly onClose: () => void }

export function RemoveDefinitionDialog(props: RemoveDefinitionDialogProps): ReactElement | null {
  const { definitionId, onClose } = props
  const definition = useDefinition(definitionId)
  const remove = useAction(async () => {
    await desk.definitions.remove(definitionId)
    leaveTo({ screen: 'extracts' })
  })
  if (!definition) return null
  const text = words.definitions.removeDialog
  return (
    <Dialog
      title={text.title(definition.name)}
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
