import type { ReactElement } from 'react'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { goTo, openSchedule } from '../../stores/place.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { schedule as sentences, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RowLink } from '../../ui/table.tsx'
import { ZoneTime } from './zone-time.tsx'

/** The schedules that run a definition, and the way to another one. */
export function ScheduleTab({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const all = useSchedules(state => state.all)
  const mine = all.filter(({ definitionIds }) => definitionIds.includes(definition.id))
  const text = words.schedules
  const create = definition.removed ? null : (
    <Button onPress={() => goTo({ screen: 'new-schedule', definitionId: definition.id })}>
      {text.create}
    </Button>
  )
  if (mine.length === 0) {
    return (
      <EmptyState title={text.none} what={text.noneWhat}>
        {create}
      </EmptyState>
    )
  }
  return (
    <div className="page-body">
      <ul className="items next-items">
        {mine.map(({ id, name, timetable, next: [next] }) => (
          <li key={id}>
            <RowLink onOpen={() => openSchedule(id)}>{name}</RowLink>
            <span className="secondary">{sentences.sentence(timetable)}</span>
            {next === undefined ? null : <ZoneTime at={next} zone={timetable.zone} />}
          </li>
        ))}
      </ul>
      {create}
    </div>
  )
}
