import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { goTo, leaveTo } from '../../stores/place.ts'
import { useSchedule } from '../../stores/schedules.ts'
import { offerUndo } from '../../stores/undo.ts'
import { words } from '../../text.ts'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'

type RemovalProps = { readonly id: string; readonly onClose: () => void }

/** Its secrets go with it, so this cannot be taken back. */
export function ConnectionRemoval({ id, onClose }: RemovalProps): ReactElement | null {
  const connection = useConnection(id)
  if (!connection) return null
  const text = words.connections.removeDialog
  return (
    <RemoveDialog
      title={text.title(connection.name)}
      mark={connection.mark}
      what={text.what}
      confirm={text.confirm}
      onClose={onClose}
      onRemove={async () => {
        await desk.connections.remove(id)
        goTo({ screen: 'connections' })
      }}
    />
  )
}

export function DefinitionRemoval({ id, onClose }: RemovalProps): ReactElement | null {
  const definition = useDefinition(id)
  if (!definition) return null
  const { name, watch } = definition
  const text = words.definitions.removeDialog
  return (
    <RemoveDialog
      title={text.title(name)}
      what={text.what}
      confirm={text.confirm}
      onClose={onClose}
      onRemove={async () => {
        await desk.definitions.remove(id)
        leaveTo({ screen: 'extracts' })
        offerUndo(words.keyboard.undo.removed(name), async () => {
          await desk.definitions.restore(id)
          if (watch) await desk.definitions.watch(id, true)
        })
      }}
    />
  )
}

export function ScheduleRemoval({ id, onClose }: RemovalProps): ReactElement | null {
  const schedule = useSchedule(id)
  if (!schedule) return null
  const text = words.schedules.removeDialog
  return (
    <RemoveDialog
      title={text.title(schedule.name)}
      what={text.what}
      confirm={text.confirm}
      onClose={onClose}
      onRemove={async () => {
        await desk.schedules.remove(id)
        leaveTo({ screen: 'schedules' })
        offerUndo(words.keyboard.undo.removed(schedule.name), () => desk.schedules.restore(id))
      }}
    />
  )
}
