import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { InsideControl, InsideView } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { figures } from '../../text.ts'
import { ShapeIcon } from '../../ui/icons.tsx'
import { grouped } from './figures.ts'
import type { Inside } from './inside.ts'

/** What the file is and how it is read, in one line. */
export function FileFacts({ view }: { readonly view: InsideView }): ReactElement {
  const facts = [
    figures.size(view.bytes),
    text.layouts[view.layout](view.columns.length),
    text.recognised(text.dialect(view.dialect)),
    text.where[view.where],
  ]
  return <>{facts.map(fact => (fact === null ? null : <span key={fact}>{fact}</span>))}</>
}

/** What the first line promises beside what the rows come to. Nothing where no line promises anything. */
export function ControlLine({ inside }: { readonly inside: Inside }): ReactElement | null {
  const index = useStore(inside.store, state => state.index)
  const { header } = inside.view
  if (!header) return null
  const control = index?.control ?? null
  return (
    <p className="inside-control">
      <strong>{text.control.title}</strong>
      <span>{text.control.header(figures.rows(header.rows), grouped(header.total))}</span>
      {control ? <Counted control={control} /> : <span className="secondary">{text.control.counting}</span>}
    </p>
  )
}

function Counted({ control }: { readonly control: InsideControl }): ReactElement {
  const { rows, total, match, unread } = control
  return (
    <>
      <span>
        {total === null
          ? text.control.rowsAlone(figures.rows(rows))
          : text.control.rows(figures.rows(rows), grouped(total))}
      </span>
      <span className={match ? 'verdict tone-ok' : 'verdict tone-danger'}>
        <ShapeIcon shape={match ? 'delivered' : 'failed'} />
        {match ? text.control.match : text.control.differ}
      </span>
      {unread > 0 ? <span className="tone-attention">{text.control.unread(unread)}</span> : null}
    </>
  )
}
