import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Finding } from './finding.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'
import { WorkProgress } from './work-progress.tsx'

type FindBarProps = {
  readonly inside: Inside
  readonly finding: Finding
  /** The column with the cursor: the one that one searches in, if not in all. */
  readonly column: Shown
  readonly onClose: () => void
}

/** Between tools and table: what is looked for, where, and what came of it. Enter steps down, Shift and Enter up. */
export function FindBar({ inside, finding, column, onClose }: FindBarProps): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter' || event.target !== field.current) return
    event.preventDefault()
    void finding.search(event.shiftKey ? 'up' : 'down')
  }
  const offered = finding.column ?? column.number
  return (
    <search className="inside-find" aria-label={text.find.label} onKeyDown={onKeyDown}>
      <input
        ref={field}
        className="input"
        aria-label={text.find.field}
        placeholder={text.find.field}
        value={finding.text}
        spellCheck="false"
        onChange={event => finding.onText(event.target.value)}
      />
      <select
        className="input"
        aria-label={text.find.where}
        value={finding.column ?? ''}
        onChange={event => finding.onColumn(event.target.value === '' ? null : offered)}
      >
        <option value="">{text.find.everywhere}</option>
        <option value={offered}>
          {text.find.inColumn(finding.column === null ? column.called : nameOf(inside, offered))}
        </option>
      </select>
      <Button aria-keyshortcuts="F3" onPress={() => finding.search('down')}>
        {text.find.next}
      </Button>
      <Button aria-keyshortcuts="Shift+F3" onPress={() => finding.search('up')}>
        {text.find.previous}
      </Button>
      <WorkProgress works={inside.works} name="find" label={text.find.working} />
      <span className="inside-said" role="status">
        {finding.said}
      </span>
      <IconButton icon="close" label={text.find.close} onPress={onClose} />
    </search>
  )
}

const nameOf = (inside: Inside, column: number): string =>
  inside.view.columns[column - 1]?.name ?? text.columnNumber(column)
