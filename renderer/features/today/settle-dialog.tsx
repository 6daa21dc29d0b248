import { type ReactElement, useState } from 'react'
import { desk } from '../../bridge.ts'
import { useActivity } from '../../stores/activity.ts'
import { useConnection } from '../../stores/connections.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'

type SettleDialogProps = {
  readonly jobId: string
  readonly definitionName: string
  readonly onClose: () => void
}

/** Settles a start whose answer was lost: the user says what the system's own list shows. */
export function SettleDialog({ jobId, definitionName, onClose }: SettleDialogProps): ReactElement {
  const [found, setFound] = useState<'started' | 'not-started'>('started')
  const [remoteId, setRemoteId] = useState('')
  const settle = useAction(async () => {
    await desk.jobs.settle(jobId, found === 'started' ? { remoteId: remoteId.trim() } : 'not-started')
    onClose()
  })
  // A start that is not settled is always something that needs the user.
  const connectionId = useActivity(state => state.needs.find(one => one.jobId === jobId)?.connectionId)
  const connection = useConnection(connectionId ?? null)
  const text = words.today.settle
  const ready = found === 'not-started' || remoteId.trim() !== ''
  return (
    <Dialog
      title={text.title(definitionName)}
      onClose={onClose}
      onSubmit={() => {
        if (ready) void settle.run()
      }}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={!ready} isPending={settle.busy}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <p>{text.explain}</p>
      <Choice
        label={text.title(definitionName)}
        options={[
          { id: 'started', name: text.started },
          { id: 'not-started', name: text.notStarted },
        ]}
        value={found}
        onChange={setFound}
      />
      {found === 'started' ? (
        <TextField
          label={text.remoteId}
          {...(connection ? { what: text.remoteIdWhere[connection.system] } : {})}
          value={remoteId}
          onChange={setRemoteId}
          mono
        />
      ) : null}
      {settle.error ? <ErrorNote error={settle.error} live /> : null}
    </Dialog>
  )
}
