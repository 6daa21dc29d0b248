import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { grouped } from './figures.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'

type SaidProps = { readonly inside: Inside; readonly column: Shown; readonly done: string }

/** What screen readers are told: how many rows a filter left, what a column comes to, what was copied. */
export function Said({ inside, column, done }: SaidProps): ReactElement {
  const { index, left, conditions, totals } = useStore(inside.store)
  const [said, setSaid] = useState('')
  const sum = totals[column.number]?.sum ?? null
  const all = index?.rows ?? null
  const filtered = useRef(conditions)
  useEffect(() => {
    if (filtered.current === conditions || all === null) return
    filtered.current = conditions
    setSaid(text.filter.left(left, all))
  }, [conditions, left, all])
  useEffect(() => {
    if (sum !== null) setSaid(text.foot.said(column.called, grouped(sum)))
  }, [sum, column.called])
  useEffect(() => {
    if (done !== '') setSaid(done)
  }, [done])
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  )
}
