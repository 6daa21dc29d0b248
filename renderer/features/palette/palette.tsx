import { type ReactElement, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { words } from '../../text.ts'
import { Icon } from '../../ui/icons.tsx'
import { commandsFor, matches } from './commands.ts'

/** As many as are read at a glance; a further letter finds the others. */
const SHOWN = 9

/** Ctrl+K: type what you want to run, open or go to. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactElement {
  const definitions = useDefinitions(state => state.all)
  const connections = useConnections(state => state.all)
  const [typed, setTyped] = useState('')
  const schedules = useSchedules(state => state.all)
  const found = commandsFor(definitions, connections, schedules)
    .filter(command => matches(command, typed))
    .slice(0, SHOWN)
  const shell = words.shell
  return (
    <ModalOverlay
      className="overlay overlay-top"
      isOpen
      isDismissable
      onOpenChange={open => {
        if (!open) onClose()
      }}
    >
      <Modal className="dialog palette">
        <Dialog className="dialog-inner" aria-label={shell.palette}>
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            {/* Esc closes; it does not first empty the field, which nobody sees the use of here. */}
            <SearchField
              className="palette-field"
              aria-label={shell.palette}
              autoFocus
              onKeyDown={event => {
                if (event.key === 'Escape') onClose()
              }}
            >
              <Icon name="search" />
              <Input placeholder={shell.paletteField} />
            </SearchField>
            <Menu
              className="listbox palette-list"
              aria-label={shell.palette}
              items={found}
              renderEmptyState={() => <p className="palette-empty">{shell.paletteEmpty}</p>}
            >
              {command => (
                <MenuItem
                  className="option palette-option"
                  id={command.id}
                  textValue={command.name}
                  onAction={() => {
                    onClose()
                    command.run()
                  }}
                >
                  <span>{command.name}</span>
                  <span className="secondary">
                    {command.keys === undefined ? command.about : <kbd>{command.keys}</kbd>}
                  </span>
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
