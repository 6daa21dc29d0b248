import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { figures } from '../../text.ts'
import { grouped } from './figures.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'
import { useWork, WorkProgress } from './work-progress.tsx'

type FooterProps = { readonly inside: Inside; readonly column: Shown }

/** How many rows there are, and the selected column: count, sum and average, exact. */
export function Footer({ inside, column }: FooterProps): ReactElement {
  const { store, works, view } = inside
  const index = useStore(store, state => state.index)
  const left = useStore(store, state => state.left)
  const filtered = useStore(store, state => state.conditions.length > 0)
  const counting = useWork(works, 'index') !== null
  return (
    <footer className="inside-foot">
      {counting ? (
        <WorkProgress works={works} name="index" label={text.foot.counting} />
      ) : (
        <span className="inside-count">
          {filtered && index
            ? text.filter.left(left, index.rows)
            : index
              ? text.foot.rows(index.rows)
              : view.header
                ? text.foot.promised(view.header.rows)
                : ''}
        </span>
      )}
      <ColumnFigures inside={inside} column={column} />
    </footer>
  )
}

function ColumnFigures({ inside, column }: FooterProps): ReactElement {
  const totals = useStore(inside.store, state => state.totals[column.number])
  const adding = useWork(inside.works, 'add-up') !== null
  const notNumbers = totals ? totals.filled - totals.numbers : 0
  return (
    <section className="inside-figures" aria-label={text.foot.label}>
      <strong className="inside-column" data-hint={column.called}>
        {column.called}
      </strong>
      {adding ? <WorkProgress works={inside.works} name="add-up" label={text.foot.adding} /> : null}
      {totals && !adding ? (
        <div className="inside-totals">
          <Figure name={text.foot.count} value={figures.number(totals.filled)} />
          {column.masked ? (
            <span className="secondary">{text.foot.masked}</span>
          ) : totals.sum === null ? (
            <span className="secondary">{text.foot.noNumbers}</span>
          ) : (
            <>
              <Figure name={text.foot.sum} value={grouped(totals.sum)} strong />
              <Figure name={text.foot.average} value={grouped(totals.average ?? '')} />
              {notNumbers > 0 ? (
                <span className="tone-attention">{text.foot.notNumbers(notNumbers)}</span>
              ) : null}
            </>
          )}
        </div>
      ) : null}
    </section>
  )
}

type FigureProps = { readonly name: string; readonly value: string; readonly strong?: boolean }

const Figure = ({ name, value, strong = false }: FigureProps): ReactElement => (
  <span className="inside-figure">
    <span className="secondary">{name}</span> {strong ? <strong>{value}</strong> : value}
  </span>
)
