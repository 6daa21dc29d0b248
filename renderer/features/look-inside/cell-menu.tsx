import { type ReactElement, useRef } from 'react'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { InsideCondition } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { command } from '../../ui/keys.ts'
import type { Shown } from './shown.ts'

export type CellAct = 'whole' | 'values' | 'copy-cell' | 'copy-row' | 'hide'

type CellMenuProps = {
  readonly column: Shown
  readonly value: string
  /** The id of the cell's element. */
  readonly at: string
  readonly onCondition: (condition: InsideCondition) => void
  readonly onAct: (act: CellAct) => void
  readonly onClose: () => void
}

/** So much of a value is said in the menu. */
const mostSaid = 32

/** What can be done with a cell: at the pointer's cell, or by the menu key at the active one. */
export function CellMenu({ column, value, at, onCondition, onAct, onClose }: CellMenuProps): ReactElement {
  const trigger = useRef(document.getElementById(at))
  const { number } = column
  const conditions: readonly {
    readonly name: string
    readonly key?: string
    readonly to: InsideCondition
  }[] = [
    value === ''
      ? { name: text.menu.keepEmpty, key: command('Enter'), to: { column: number, is: 'empty', text: '' } }
      : {
          name: text.menu.keep(value.length > mostSaid ? `${value.slice(0, mostSaid)}…` : value),
          key: command('Enter'),
          to: { column: number, is: 'equal', text: value },
        },
    ...(value === ''
      ? []
      : [{ name: text.menu.keepEmpty, to: { column: number, is: 'empty', text: '' } as const }]),
    { name: text.menu.keepFilled, to: { column: number, is: 'filled', text: '' } },
  ]
  return (
    <Popover
      className="popover"
      triggerRef={trigger}
      placement="bottom start"
      isOpen
      onOpenChange={open => {
        if (!open) onClose()
      }}
    >
      <Menu className="listbox" aria-label={text.menu.label} autoFocus="first" onClose={onClose}>
        <MenuSection className="inside-menu-part">
          {conditions.map(({ name, key, to }) => (
            <Act key={name} name={name} {...(key ? { shortcut: key } : {})} onAct={() => onCondition(to)} />
          ))}
          <Act name={text.menu.values} onAct={() => onAct('values')} />
        </MenuSection>
        <MenuSection className="inside-menu-part">
          <Act name={text.menu.whole} shortcut="Enter" onAct={() => onAct('whole')} />
          <Act name={text.menu.copyCell} shortcut={command('C')} onAct={() => onAct('copy-cell')} />
          <Act name={text.menu.copyRow} shortcut={command('Shift C')} onAct={() => onAct('copy-row')} />
          <Act name={text.menu.hide} onAct={() => onAct('hide')} />
        </MenuSection>
      </Menu>
    </Popover>
  )
}

type ActProps = { readonly name: string; readonly shortcut?: string; readonly onAct: () => void }

const Act = ({ name, shortcut, onAct }: ActProps): ReactElement => (
  <MenuItem className="option palette-option" textValue={name} onAction={onAct}>
    <span>{name}</span>
    {shortcut ? <kbd className="secondary">{shortcut}</kbd> : null}
  </MenuItem>
)
