import type { KeyboardEvent, ReactElement } from 'react'
import { Button } from 'react-aria-components/Button'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { SearchField } from 'react-aria-components/SearchField'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import { useConnections } from '../../stores/connections.ts'
import { words } from '../../text.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Filters, Since } from './filters.ts'

const text = words.history
const outcomes = ['delivered', 'trouble', 'not-saved'] as const
const reviewed = ['yes', 'no'] as const
const sinces: readonly Since[] = ['today', 'week', 'month', 'year']

type FilterBarProps = {
  readonly filters: Filters
  readonly found: number | null
  readonly onChange: (filters: Filters) => void
  /** Arrow down in the search field goes on to the rows. */
  readonly onDown: () => void
}

/** The search field, the filters to be added, and those that are on as words that can be taken away. */
export function FilterBar({ filters, found, onChange, onDown }: FilterBarProps): ReactElement {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') onDown()
  }
  return (
    <div className="filter-bar">
      <SearchField
        className="search"
        aria-label={text.search}
        value={filters.text}
        onChange={value => onChange({ ...filters, text: value })}
        onKeyDown={onKeyDown}
        autoFocus
      >
        <Icon name="search" />
        <Input className="input" placeholder={text.searchHint} />
        <Button className="button button-icon" aria-label={text.clear}>
          <Icon name="close" />
        </Button>
      </SearchField>
      <FilterMenu filters={filters} onChange={onChange} />
      <ActiveFilters filters={filters} onChange={onChange} />
      <span className="found" role="status">
        {found === null ? '' : text.found(found)}
      </span>
    </div>
  )
}

type FilterProps = Pick<FilterBarProps, 'filters' | 'onChange'>

function FilterMenu({ filters, onChange }: FilterProps): ReactElement {
  const connections = useConnections(state => state.all)
  return (
    <MenuTrigger>
      <Button className="button button-secondary">
        {text.filter}
        <Icon name="chevron" />
      </Button>
      <Popover className="popover">
        <Menu className="listbox">
          <MenuSection>
            <Header className="option-group">{text.outcomeGroup}</Header>
            {outcomes.map(outcome => (
              <MenuItem
                key={outcome}
                id={outcome}
                className="option"
                onAction={() =>
                  // Whoever asks for what was not saved means the others' as well.
                  onChange({
                    ...filters,
                    outcome,
                    passedBy: outcome === 'not-saved' ? 'shown' : filters.passedBy,
                  })
                }
              >
                {text.outcomes[outcome]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header className="option-group">{text.sinceGroup}</Header>
            {sinces.map(since => (
              <MenuItem
                key={since}
                id={since}
                className="option"
                onAction={() => onChange({ ...filters, since })}
              >
                {text.sinces[since]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header className="option-group">{text.reviewed.group}</Header>
            {reviewed.map(one => (
              <MenuItem
                key={one}
                id={`reviewed-${one}`}
                className="option"
                onAction={() => onChange({ ...filters, reviewed: one })}
              >
                {text.reviewed[one]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header className="option-group">{text.passedBy.group}</Header>
            <MenuItem
              id="passed-by"
              className="option"
              onAction={() =>
                onChange({ ...filters, passedBy: filters.passedBy === 'hidden' ? 'shown' : 'hidden' })
              }
            >
              {filters.passedBy === 'hidden' ? text.passedBy.show : text.passedBy.hide}
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header className="option-group">{text.connectionGroup}</Header>
            {connections.map(connection => (
              <MenuItem
                key={connection.id}
                id={connection.id}
                className="option"
                onAction={() => onChange({ ...filters, connectionId: connection.id })}
              >
                {connection.name}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function ActiveFilters({ filters, onChange }: FilterProps): ReactElement | null {
  const connections = useConnections(state => state.all)
  const { outcome, since, connectionId, passedBy, reviewed } = filters
  const connection = connections.find(one => one.id === connectionId)
  const active: readonly { readonly id: string; readonly name: string; readonly without: Filters }[] = [
    ...(outcome === 'any'
      ? []
      : [{ id: 'outcome', name: text.outcomes[outcome], without: { ...filters, outcome: 'any' as const } }]),
    ...(since === null
      ? []
      : [{ id: 'since', name: text.sinces[since], without: { ...filters, since: null } }]),
    ...(connection
      ? [{ id: 'connection', name: connection.name, without: { ...filters, connectionId: null } }]
      : []),
    ...(reviewed === 'any'
      ? []
      : [
          {
            id: 'reviewed',
            name: text.reviewed[reviewed],
            without: { ...filters, reviewed: 'any' as const },
          },
        ]),
    ...(passedBy === 'hidden'
      ? [{ id: 'passed-by', name: text.passedBy.hidden, without: { ...filters, passedBy: 'shown' as const } }]
      : []),
  ]
  if (active.length === 0) return null
  const remove = (keys: Set<unknown>) => {
    const filter = active.find(one => keys.has(one.id))
    if (filter) onChange(filter.without)
  }
  return (
    <TagGroup aria-label={text.filters} onRemove={remove}>
      <TagList className="chips">
        {active.map(filter => (
          <Tag key={filter.id} id={filter.id} textValue={filter.name} className="chip">
            {filter.name}
            <Button slot="remove" className="chip-remove" aria-label={text.removeFilter(filter.name)}>
              <Icon name="close" />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  )
}
