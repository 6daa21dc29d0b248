import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../shell/page.tsx'
import type { CellAct } from './cell-menu.tsx'
import { ControlLine, FileFacts } from './file-facts.tsx'
import { FindBar } from './find-bar.tsx'
import { useFinding } from './finding.ts'
import { Footer } from './footer.tsx'
import { InsideGrid } from './grid.tsx'
import type { Inside } from './inside.ts'
import { keyAct, type TableAct } from './keys.ts'
import { resized } from './layout.ts'
import { Said } from './said.tsx'
import { type Asked, TableDialogs } from './table-dialogs.tsx'
import { ShownNote, Tools } from './tools.tsx'
import { useTable } from './use-table.ts'

type TableScreenProps = {
  readonly inside: Inside
  readonly head: Omit<ComponentProps<typeof Page>, 'children' | 'about' | 'actions'>
  /** Opens the file anew: it is no longer the one that was opened. */
  readonly onAgain: () => void
}

/** An opened file: what it is, the tools, the table, and what its rows come to. */
export function TableScreen({ inside, head, onAgain }: TableScreenProps): ReactElement {
  const { view, store } = inside
  const left = useStore(store, state => state.left)
  const failed = useStore(store, state => state.error)
  const filtered = useStore(store, state => state.conditions.length > 0)
  const table = useTable(inside)
  const { cells, cursor, column, shown } = table
  const [asked, setAsked] = useState<Asked | null>(null)
  const [done, setDone] = useState('')
  const grid = useRef<HTMLDivElement>(null)
  const finding = useFinding({ inside, rows: left, cursor, onFound: table.goTo })
  const error = cells.read().error ?? (asked === null ? failed : null)

  // The table is what one came for: the keys go to it at once, and again when what had them is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may have taken away what had the focus
  useEffect(() => {
    const { activeElement } = document
    if (activeElement === document.body || activeElement instanceof HTMLHeadingElement) {
      grid.current?.focus({ preventScroll: true })
    }
  }, [asked, left, finding.open])

  const acts: Readonly<Record<TableAct | CellAct, () => void>> = {
    find: () => finding.onOpen(true),
    next: () => finding.search('down'),
    previous: () => finding.search('up'),
    'go-to': () => setAsked({ kind: 'go-to' }),
    menu: () => setAsked({ kind: 'menu' }),
    values: () => setAsked({ kind: 'values' }),
    whole: () => setAsked({ kind: 'whole' }),
    keep: () => {
      const value = cells.cell(cursor.row, cursor.column) ?? ''
      void table.addCondition({ column: column.number, is: value === '' ? 'empty' : 'equal', text: value })
    },
    'copy-cell': () => table.copyCell().then(() => setDone(text.menu.copiedCell)),
    'copy-row': () => table.copyRow().then(row => setDone(row === null ? '' : text.menu.copiedRow(row))),
    hide: () => table.onLayout({ ...table.layout, hidden: [...table.layout.hidden, column.number] }),
  }
  const onKey = (where: 'page' | 'grid') => (event: KeyboardEvent) => {
    const act = asked === null && !event.defaultPrevented ? keyAct(event, where) : null
    if (!act) return
    event.preventDefault()
    acts[act]()
  }
  const closeFind = () => {
    finding.onOpen(false)
    grid.current?.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the whole screen, wherever the focus is in it
    <div className="inside-keys" onKeyDown={onKey('page')}>
      <Page
        {...head}
        about={<FileFacts view={view} />}
        actions={
          <Button look="primary" onPress={() => setAsked({ kind: 'copy' })}>
            {text.tools.copy}
          </Button>
        }
      >
        <ControlLine inside={inside} />
        <Tools inside={inside} table={table} onFind={acts.find} onAsk={setAsked} />
        {finding.open ? (
          <FindBar inside={inside} finding={finding} column={column} onClose={closeFind} />
        ) : null}
        {view.changed ? <p className="inside-note tone-attention">{text.changed}</p> : null}
        <ShownNote inside={inside} />
        {error ? (
          <div className="page-note">
            <ErrorNote error={error} live>
              <Button onPress={onAgain}>{text.again}</Button>
            </ErrorNote>
          </div>
        ) : null}
        {left === 0 ? (
          <div className="page-scroll">
            {filtered ? (
              <EmptyState title={text.grid.nothingLeft} what={text.grid.nothingLeftWhat}>
                <Button onPress={() => table.filter([])}>{text.grid.clearFilters}</Button>
              </EmptyState>
            ) : (
              <EmptyState title={text.noRows} what={text.noRowsWhat} />
            )}
          </div>
        ) : (
          <InsideGrid
            ref={grid}
            label={text.grid.label(view.name)}
            cells={cells}
            rows={left}
            columns={shown}
            cursor={cursor}
            hit={finding.open ? finding.text.toLowerCase() : ''}
            onCursor={table.onCursor}
            onResize={(number, rem) => table.onLayout(resized(table.layout, number, rem))}
            onKey={onKey('grid')}
            onMenu={acts.menu}
            onOpen={acts.whole}
          />
        )}
        <Footer inside={inside} column={column} />
        <Said inside={inside} column={column} done={done} />
        <TableDialogs
          inside={inside}
          table={table}
          asked={asked}
          onAct={act => {
            setAsked(null)
            acts[act]()
          }}
          onClose={() => setAsked(null)}
        />
      </Page>
    </div>
  )
}
