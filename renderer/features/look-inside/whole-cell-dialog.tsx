import { type ReactElement, useState } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { copyToClipboard } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'

type WholeCellProps = {
  readonly inside: Inside
  /** The row's number in the file. */
  readonly row: number
  readonly column: Shown
  readonly onClose: () => void
}

/** A cell as it is in the file, however long, with its blanks and line ends. */
export function WholeCellDialog({ inside, row, column, onClose }: WholeCellProps): ReactElement {
  const { value, error, again } = useAnswer(`${row} ${column.number}`, async () => ({
    cell: (await inside.whole(row, column.number)) ?? '',
  }))
  const [copied, setCopied] = useState(false)
  const cell = value?.cell ?? null
  const copy = async () => {
    if (cell === null) return
    await copyToClipboard(cell)
    setCopied(true)
  }
  return (
    <Dialog
      wide
      title={text.whole.title(column.called)}
      about={cell === null ? null : <p className="about">{text.whole.about(row, [...cell].length)}</p>}
      onClose={onClose}
      actions={
        <>
          <Button onPress={copy}>{copied ? text.whole.copied : text.whole.copy}</Button>
          <Button look="primary" onPress={onClose} autoFocus>
            {text.whole.close}
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorNote error={error} live>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : cell === null ? (
        <SkeletonRows rows={2} label={text.grid.loading} />
      ) : cell === '' ? (
        <p className="secondary">{text.whole.empty}</p>
      ) : (
        <pre className="inside-whole">{cell}</pre>
      )}
    </Dialog>
  )
}
