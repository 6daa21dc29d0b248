import { type ReactElement, useState } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'

type GoToRowProps = {
  readonly rows: number
  readonly filtered: boolean
  readonly onGo: (row: number) => void
  readonly onClose: () => void
}

/** A row by its number; thousands marks and blanks that were copied with it are no fault. */
export function GoToRowDialog({ rows, filtered, onGo, onClose }: GoToRowProps): ReactElement {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const row = /^\d+$/.test(plain(typed)) ? Number(plain(typed)) : 0
  const fits = row >= 1 && row <= rows
  return (
    <Dialog
      title={text.goTo.title}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (fits) onGo(row - 1)
      }}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button look="primary" type="submit">
            {text.goTo.go}
          </Button>
        </>
      }
    >
      <TextField
        label={text.goTo.field(rows)}
        {...(filtered ? { what: text.goTo.filtered } : {})}
        value={typed}
        onChange={setTyped}
        problem={tried && !fits ? text.goTo.wrong(rows) : null}
        autoFocus
      />
    </Dialog>
  )
}

const plain = (typed: string): string => typed.replace(/[\s,.']/g, '')
