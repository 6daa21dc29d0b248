import type { ReactElement } from 'react'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { ExportFormat } from '../../../preload/contract/receipts.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'

const formats: readonly ExportFormat[] = ['pdf', 'json', 'zip']
const text = words.history.receipt

type ExportMenuProps = { readonly busy: boolean; readonly onExport: (format: ExportFormat) => void }

/** One receipt as a file; where to is asked by the system's own dialog. */
export function ExportMenu({ busy, onExport }: ExportMenuProps): ReactElement {
  return (
    <MenuTrigger>
      <Button isPending={busy}>
        {busy ? text.exporting : text.export}
        <Icon name="chevron" />
      </Button>
      <Popover className="popover" placement="top end">
        <Menu className="listbox">
          {formats.map(format => (
            <MenuItem key={format} id={format} className="option" onAction={() => onExport(format)}>
              {text.exportAs[format]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
