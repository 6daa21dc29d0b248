import { type ReactElement, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { InsideCopy, InsideProgress } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'
import { useWork, WorkProgress } from './work-progress.tsx'

/** A sheet's rows, less the one with the names. */
const sheetRows = 1_048_575

type CopyDialogProps = {
  readonly inside: Inside
  readonly shown: readonly Shown[]
  readonly onClose: () => void
}

/**
 *   asked ──Save copy…──► (the system's dialog) ──► writing ──► saved
 *     ▲                            └──no──┐            └─Cancel─┐
 *     └───────────────────────────────────┴────────────────────┘
 */
export function CopyDialog({ inside, shown, onClose }: CopyDialogProps): ReactElement {
  const { store, works } = inside
  const { columns, left, index, conditions, error } = useStore(store)
  const [which, setWhich] = useState<'all' | 'shown'>(shown.length < columns.length ? 'shown' : 'all')
  const writing = useWork(works, 'copy')
  const [saved, setSaved] = useState<InsideCopy | null>(null)
  const folder = useAction(() => inside.showCopy())
  useEffect(() => () => works.cancel('copy'), [works])
  const chosen = which === 'all' ? columns : shown
  const sensitive = chosen.filter(column => column.sensitive)
  const save = async () => setSaved(await inside.copy(chosen.map(({ number }) => number)))
  const counted = index ? { left, all: index.rows, filtered: conditions.length > 0 } : null
  return (
    <Dialog
      wide
      title={text.copy.title}
      about={<p className="about">{text.copy.what}</p>}
      onClose={onClose}
      actions={
        saved ? (
          <>
            <Button onPress={() => folder.run()}>{text.copy.showInFolder}</Button>
            <Button look="primary" onPress={onClose} autoFocus>
              {text.copy.close}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={writing ? () => works.cancel('copy') : onClose}>{text.copy.cancel}</Button>
            <Button look="primary" isPending={writing !== null} onPress={save} autoFocus>
              {text.copy.save}
            </Button>
          </>
        )
      }
    >
      {saved ? (
        <Saved copy={saved} />
      ) : (
        <>
          <dl className="facts">
            <dt>{text.copy.rowsOf}</dt>
            <dd>
              {counted === null
                ? text.foot.counting
                : counted.filtered
                  ? text.copy.filteredRows(counted.left, counted.all)
                  : text.copy.rows(counted.left)}
            </dd>
            <dt>{text.copy.sheets}</dt>
            <dd>{left > sheetRows ? text.copy.manySheets : text.copy.oneSheet}</dd>
            <dt>{text.copy.values}</dt>
            <dd>{text.copy.valuesAre}</dd>
            {sensitive.length > 0 ? (
              <>
                <dt>{text.copy.sensitive}</dt>
                <dd>{sensitive.every(({ masked }) => masked) ? text.copy.masked : text.copy.shown}</dd>
              </>
            ) : null}
          </dl>
          {shown.length < columns.length ? (
            <Choice
              label={text.copy.columnsOf}
              options={[
                { id: 'shown', name: text.copy.shownColumns(shown.length) },
                { id: 'all', name: text.copy.allColumns(columns.length) },
              ]}
              value={which}
              onChange={setWhich}
              inline
            />
          ) : null}
          <WorkProgress works={works} name="copy" label={text.copy.working} plain />
          {writing?.progress ? (
            <p className="secondary">{text.copy.rowsDone(rowsDone(writing.progress, left), left)}</p>
          ) : null}
        </>
      )}
      {(error ?? folder.error) ? <ErrorNote error={error ?? folder.error ?? notHere} live /> : null}
    </Dialog>
  )
}

/** Main counts bytes; rows of one file are near enough alike to tell how many that is about. */
const rowsDone = ({ done, of }: InsideProgress, rows: number): number =>
  of === 0 ? 0 : Math.min(rows, Math.floor((done / of) * rows))

const notHere = { code: 'internal', facts: {} } as const

function Saved({ copy }: { readonly copy: InsideCopy }): ReactElement {
  const { rows, sheets, columnsLeftOut, cellsCut, masked, path } = copy
  return (
    <div className="callout callout-ok" role="status">
      <p>
        <strong>{text.copy.saved(rows, sheets)}</strong>
      </p>
      <p className="breakable">{path}</p>
      {sheets > 1 ? <p>{text.copy.manySheets}</p> : null}
      {columnsLeftOut > 0 ? <p>{text.copy.columnsLeftOut(columnsLeftOut)}</p> : null}
      {cellsCut > 0 ? <p>{text.copy.cellsCut(cellsCut)}</p> : null}
      {masked.length > 0 ? <p>{text.copy.maskedColumns(masked.length)}</p> : null}
    </div>
  )
}
