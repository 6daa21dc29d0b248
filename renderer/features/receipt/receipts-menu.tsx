import { type ReactElement, useState } from 'react'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { mostExported } from '../../../preload/contract/words.ts'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useAction } from '../../ui/use-action.ts'
import type { Question } from '../history/filters.ts'
import { ChainDialog } from './chain-dialog.tsx'

const text = words.history.receipts

/** What can be done with many receipts: those that were found are exported, and the chain of all is checked. */
export function ReceiptsMenu({ question }: { readonly question: Question }): ReactElement {
  const [checking, setChecking] = useState(false)
  const [failed, setFailed] = useState(false)
  const save = useAction(async () => {
    const outcome = question.outcome === 'any' ? 'delivered' : question.outcome
    const { rows } = await desk.history.search({ ...question, outcome, offset: 0, limit: mostExported })
    const ids = rows.flatMap(({ receiptId }) => (receiptId === null ? [] : [receiptId]))
    return { ids, path: ids.length === 0 ? null : await desk.receipts.save(ids, 'zip') }
  })
  const exportFound = async () => {
    const done = await save.run()
    setFailed(done === null || done.ids.length === 0)
  }
  return (
    <>
      <MenuTrigger>
        <Button isPending={save.busy}>
          {save.busy ? text.exporting : text.menu}
          <Icon name="chevron" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="listbox">
            <MenuItem id="check" className="option" onAction={() => setChecking(true)}>
              {text.check}
            </MenuItem>
            <MenuItem id="export" className="option" onAction={exportFound}>
              {text.export(mostExported)}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status" className="unseen">
        {save.result?.path ? words.history.receipt.saved(save.result.path) : ''}
      </span>
      {failed ? <FailedDialog error={save.error} onClose={() => setFailed(false)} /> : null}
      {checking ? <ChainDialog onClose={() => setChecking(false)} /> : null}
    </>
  )
}

/** No error: there was nothing to export. */
function FailedDialog({
  error,
  onClose,
}: {
  readonly error: ErrorView | null
  readonly onClose: () => void
}): ReactElement {
  return (
    <Dialog
      title={words.history.receipt.export}
      onClose={onClose}
      actions={<Button onPress={onClose}>{text.close}</Button>}
    >
      {error ? <ErrorNote error={error} live /> : <p>{text.nothing}</p>}
    </Dialog>
  )
}
