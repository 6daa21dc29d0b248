import type { ReactElement } from 'react'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { baseName } from '../../format/paths.ts'
import { lookInside } from '../../stores/place.ts'
import { figures } from '../../text.ts'
import { IconButton } from '../../ui/button.tsx'

type FilesMenuProps = { readonly receipt: ReceiptView; readonly fileIndex: number }

/** From one file of a delivery to another; nothing where there is one only. */
export function FilesMenu({ receipt, fileIndex }: FilesMenuProps): ReactElement | null {
  if (receipt.files.length < 2) return null
  return (
    <MenuTrigger>
      <IconButton icon="chevron" label={text.otherFiles} />
      <Popover className="popover inside-files" placement="bottom end">
        <Menu className="listbox" aria-label={text.otherFiles}>
          {receipt.files.map((file, index) =>
            index === fileIndex ? null : (
              <MenuItem
                key={file.path}
                id={file.path}
                className="option palette-option"
                textValue={baseName(file.path)}
                onAction={() => lookInside(receipt.id, index)}
              >
                <span className="breakable">{baseName(file.path)}</span>
                <span className="secondary">{figures.size(file.bytes)}</span>
              </MenuItem>
            ),
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
