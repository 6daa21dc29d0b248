import { type ReactElement, useState } from 'react'
import type { OutputMap } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'
import { isWhole, trimmed } from './draft.ts'
import { OutputMaps } from './output-maps.tsx'

type MapFoldersDialogProps = { readonly connectionId: string; readonly onClose: () => void }

/** Where folders of the server lie, of a connection that is there already. */
export function MapFoldersDialog({ connectionId, onClose }: MapFoldersDialogProps): ReactElement | null {
  const connection = useConnection(connectionId)
  const [maps, setMaps] = useState<readonly OutputMap[]>(connection?.outputMaps ?? [])
  const [tried, setTried] = useState(false)
  const save = useAction(async () => {
    await desk.connections.mapFolders(connectionId, maps.map(trimmed))
    onClose()
  })
  if (!connection) return null
  const text = words.connections.maps
  return (
    <Dialog
      title={text.dialog(connection.name)}
      wide
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (maps.every(isWhole)) void save.run()
      }}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.busy}>
            {text.save}
          </Button>
        </>
      }
    >
      <OutputMaps maps={maps} onChange={setMaps} tried={tried} />
      {save.error ? <ErrorNote error={save.error} live /> : null}
    </Dialog>
  )
}
