import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { leaveTo } from '../../stores/place.ts'
import { useSchedule } from '../../stores/schedules.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'

type RemoveScheduleDialogProps = { readonly scheduleId: string; readonly onClose: () => void }

export function RemoveScheduleDialog({
  scheduleId,
  onClose,
}: RemoveScheduleDialogProps): ReactElement | null {
  const schedule = useSchedule(scheduleId)
  const remove = useAction(async () => {
    await desk.schedules.remove(scheduleId)
    leaveTo({ screen: 'schedules' })
  })
  if (!schedule) return null
  const text = words.schedules.removeDialog
  return (
    <Dialog
      title={text.title(schedule.name)}
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
