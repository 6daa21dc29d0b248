import type { ReactElement } from 'react'
import { Button } from 'react-aria-components/Button'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import type { InsideColumn, InsideCondition } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Icon } from '../../ui/icons.tsx'
import { calledOf } from './shown.ts'

type FilterWordsProps = {
  readonly columns: readonly InsideColumn[]
  readonly conditions: readonly InsideCondition[]
  readonly onChange: (conditions: readonly InsideCondition[]) => void
}

/** The conditions that are on, as words that can be taken away. */
export function FilterWords({ columns, conditions, onChange }: FilterWordsProps): ReactElement | null {
  if (conditions.length === 0) return null
  const named = conditions.map((condition, id) => ({ id, said: sentenceOf(condition, columns) }))
  return (
    <TagGroup
      aria-label={text.filter.label}
      onRemove={keys => onChange(conditions.filter((_, id) => !keys.has(id)))}
    >
      <TagList className="chips">
        {named.map(({ id, said }) => (
          <Tag key={id} id={id} textValue={said} className="chip">
            <span className="inside-condition">{said}</span>
            <Button slot="remove" className="chip-remove" aria-label={text.filter.remove(said)}>
              <Icon name="close" />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  )
}

function sentenceOf(condition: InsideCondition, columns: readonly InsideColumn[]): string {
  const column = columns.find(({ number }) => number === condition.column)
  const called = column ? calledOf(column) : text.columnNumber(condition.column)
  switch (condition.is) {
    case 'equal':
    case 'containing':
      return text.filter[condition.is](called, condition.text)
    default:
      return text.filter[condition.is](called)
  }
}
