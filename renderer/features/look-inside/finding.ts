import { useRef, useState } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import type { Cursor } from './cursor.ts'
import type { Inside } from './inside.ts'
import { calledOf } from './shown.ts'

export type Direction = 'down' | 'up'

export type Finding = {
  readonly open: boolean
  readonly text: string
  /** Number of the column that is searched; null: all. */
  readonly column: number | null
  /** What the last search came to, in words. */
  readonly said: string
  readonly onOpen: (open: boolean) => void
  readonly onText: (text: string) => void
  readonly onColumn: (column: number | null) => void
  readonly search: (direction: Direction) => Promise<void>
}

type FindingOf = {
  readonly inside: Inside
  readonly rows: number
  readonly cursor: Cursor
  /** Shows what was found; a column that is hidden is shown again. */
  readonly onFound: (row: number, column: number) => void
}

/**
 * Find, step by step from the cursor on. It does not go round in silence: at an end it says so, and the next step
 * begins at the other one.
 */
export function useFinding({ inside, rows, cursor, onFound }: FindingOf): Finding {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  const [column, setColumn] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  /** The direction in which the last step came to an end, and what was searched for. */
  const ended = useRef<string | null>(null)

  const search = async (direction: Direction): Promise<void> => {
    if (wanted === '') return
    const step = `${direction} ${column} ${wanted}`
    const round = ended.current === step
    ended.current = null
    setSaid('')
    const near = cursor.row + (direction === 'down' ? 1 : -1)
    const from = round ? (direction === 'down' ? 0 : rows - 1) : near
    const beyond = from < 0 || from >= rows
    const found = beyond ? null : await inside.find({ text: wanted, column, from, direction })
    if (found === undefined) return
    if (found) {
      const { columns } = inside.store.getState()
      const at = columns.find(({ number }) => number === found.column)
      setSaid(text.find.found(found.number, at ? calledOf(at) : text.columnNumber(found.column)))
      onFound(found.position, found.column)
      return
    }
    const filtered = inside.store.getState().conditions.length > 0
    if (round) setSaid(filtered ? text.find.nowhereLeft : text.find.nowhere)
    else {
      ended.current = step
      setSaid(direction === 'down' ? text.find.noneBelow : text.find.noneAbove)
    }
  }

  return {
    open,
    text: wanted,
    column,
    said,
    onOpen: now => {
      setOpen(now)
      if (!now) inside.works.cancel('find')
    },
    onText: to => {
      setWanted(to)
      setSaid('')
    },
    onColumn: to => {
      setColumn(to)
      setSaid('')
    },
    search,
  }
}
