import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { IconButton } from './button.tsx'

export type MenuAction = { readonly id: string; readonly name: string; readonly onAction: () => void }

/** The rarer acts of a row, behind three dots. */
export function MoreMenu({
  label,
  actions,
}: {
  readonly label: string
  readonly actions: readonly MenuAction[]
}): ReactElement {
  return (
    <MenuTrigger>
      <IconButton icon="more" label={label} />
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="listbox" items={actions}>
          {action => (
            <MenuItem className="option" id={action.id} onAction={action.onAction}>
              {action.name}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
