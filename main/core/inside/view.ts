import {
  type InsideColumn,
  type InsideCondition,
  type InsideFind,
  type InsideFound,
  type InsideIndex,
  type InsideRange,
  type InsideRow,
  type InsideTotals,
  type InsideValues,
  longestShownCell,
} from '../../../preload/contract/inside.ts'
import { addSums, noSum } from '../extract-files/column-sum.ts'
import { type Layout, widened } from './columns.ts'
import type { Beginning } from './format.ts'
import { type Indexed, type InsideWork, type Opened, rowsPerMark, type ViewedFile } from './inside-work.ts'
import type { Step } from './locate.ts'
import { shownCell } from './mask.ts'
import { type RowSet, rowSetOf } from './row-set.ts'
import { createSharedWork } from './shared-work.ts'
import { overSpans, spanBetween, spansOf } from './spans.ts'
import { controlOf, totalsOf } from './totals.ts'

const longestCell = 100_000
/** More different values than these are not told apart: nobody filters by one of them from a list. */
const mostDifferent = 10_000
const mostListed = 200

export type ViewParts = {
  readonly work: InsideWork
  readonly file: ViewedFile
  readonly opened: Opened
  readonly beginning: Beginning
  readonly layout: Layout
}

/** What is known of an open file, and what the window has chosen to see of it. Nothing of it is written anywhere. */
export type View = ReturnType<typeof createView>

export function createView({ work, file, opened, beginning, layout }: ViewParts) {
  let columns = layout.columns
  const indexing = createSharedWork<Indexed>()
  let indexed: Indexed | null = null
  let left: RowSet | null = null
  const shown = new Set<number>()

  const rowsOf = ({ rows, marks }: Indexed) => ({ rows, marks, bytes: opened.bytes })
  const isMasked = (number: number) => columns[number - 1]?.sensitive === true && !shown.has(number)
  const masked = () => columns.filter(({ number }) => isMasked(number)).map(({ number }) => number - 1)

  const shownColumns = (): readonly InsideColumn[] =>
    columns.map(column => ({ ...column, masked: isMasked(column.number) }))

  async function scan(summed: readonly number[], step: Step): Promise<Indexed> {
    if (indexed) return indexed
    const ask = {
      what: 'index',
      file,
      header: beginning.header,
      columns: summed.map(number => number - 1),
    } as const
    return indexing.join(step('index', opened.bytes), async options => {
      const found = await work.inside(ask, options)
      indexed = found
      columns = widened({ ...layout, columns }, found.widest, beginning.titles, opened.rows)
      return found
    })
  }

  async function addUp(numbers: readonly number[], step: Step): Promise<readonly InsideTotals[]> {
    const known = await scan([], step)
    const asked = numbers.map(number => number - 1)
    let rows = 0
    let sums = numbers.map(() => noSum)
    await overSpans(
      spansOf(rowsOf(known), left),
      step('add-up', opened.bytes),
      span => work.inside({ what: 'add-up', file, span, columns: asked }, silent),
      found => {
        rows += found.rows
        sums = sums.map((sum, at) => addSums(sum, found.sums[at] ?? noSum))
        return undefined
      },
    )
    return numbers.map((number, at) => totalsOf(number, rows, sums[at] ?? noSum, isMasked(number)))
  }

  /** Rows by their numbers from 0, in order. */
  async function read(
    wanted: readonly number[],
    numbers: readonly number[],
    longest: number,
    step: Step,
  ): Promise<readonly InsideRow[]> {
    const columnsAt = numbers.map(number => number - 1)
    const inHead = (row: number) => opened.all || row < opened.rows.length
    if (indexed === null && wanted.every(inHead)) {
      return wanted.flatMap(row => {
        const cells = opened.rows[row]
        const cellAt = (at: number) => shownCell(cells?.[at], isMasked(at + 1), longest)
        return cells ? [{ number: row + 1, cells: columnsAt.map(cellAt) }] : []
      })
    }
    const known = rowsOf(await scan([], step))
    const there = wanted.filter(row => row < known.rows)
    const byMark = grouped(there, row => Math.floor(row / rowsPerMark))
    const pieces = [...byMark].map(([mark, rows]) => ({
      span: spanBetween(known, mark, mark + 1, null),
      rows,
    }))
    const asked = { columns: columnsAt, longest, pieces, masked: masked() }
    const found = await work.inside({ what: 'rows', file, wanted: asked }, silent)
    return there.flatMap((row, at) => {
      const cells = found[at]
      return cells ? [{ number: row + 1, cells }] : []
    })
  }

  return {
    file,
    columns: shownColumns,

    firstRows: (): readonly InsideRow[] =>
      opened.rows.map((cells, row) => ({
        number: row + 1,
        cells: columns.map(({ number }) => shownCell(cells[number - 1], isMasked(number), longestShownCell)),
      })),

    async index(numbers: readonly number[], step: Step): Promise<InsideIndex> {
      const first = indexed === null && !indexing.isRunning()
      const known = await scan(numbers, step)
      const totals =
        first && left === null
          ? numbers.map((number, at) =>
              totalsOf(number, known.rows, known.sums[at] ?? noSum, isMasked(number)),
            )
          : await addUp(numbers, step)
      return {
        rows: known.rows,
        totals,
        control: controlOf(beginning.header, known),
        columns: shownColumns(),
      }
    },

    addUp,

    async rows({ from, count, columns: numbers }: InsideRange, step: Step): Promise<readonly InsideRow[]> {
      const wanted = left ? left.slice(from, count) : Array.from({ length: count }, (_, at) => from + at)
      return read(wanted, numbers, longestShownCell, step)
    },

    async cell(row: number, column: number, step: Step): Promise<string | null> {
      const [found] = await read([row - 1], [column], longestCell, step)
      return found?.cells[0] ?? null
    },

    async find({ text, column, from, direction }: InsideFind, step: Step): Promise<InsideFound | null> {
      const known = await scan([], step)
      const size = left?.size ?? known.rows
      const position = direction === 'up' ? Math.min(from, size - 1) : from
      const first = left ? left.slice(position, 1)[0] : position
      if (size === 0 || position >= size || first === undefined) return null
      const wanted = {
        text,
        column: column === null ? null : column - 1,
        from: first,
        direction,
        masked: masked(),
      }
      const spans = spansOf(rowsOf(known), left)
      const last = spans.findLastIndex(({ row }) => row <= first)
      const ahead = direction === 'down' ? spans.slice(Math.max(0, last)) : spans.slice(0, last + 1).reverse()
      const found: InsideFound[] = []
      await overSpans(
        ahead,
        step('find', opened.bytes),
        span => work.inside({ what: 'find', file, span, wanted }, silent),
        one => {
          if (one === null) return undefined
          const at = left ? left.before(one.row) : one.row
          found.push({ position: at, number: one.row + 1, column: one.column + 1 })
          return 'enough'
        },
      )
      return found[0] ?? null
    },

    async filter(conditions: readonly InsideCondition[], step: Step): Promise<number> {
      const known = await scan([], step)
      if (conditions.length === 0) {
        left = null
        return known.rows
      }
      const wanted = { conditions, masked: masked() }
      const parts: { readonly row: number; readonly bits: Uint8Array }[] = []
      await overSpans(
        spansOf(rowsOf(known), null),
        step('filter', opened.bytes),
        span => work.inside({ what: 'filter', file, span, wanted }, silent),
        (bits, { row }) => {
          parts.push({ row, bits })
          return undefined
        },
      )
      left = rowSetOf(known.rows, parts)
      return left.size
    },

    async values(column: number, step: Step): Promise<InsideValues> {
      const known = await scan([], step)
      const counts = new Map<string, number>()
      let tooMany = false
      const asked = {
        what: 'values',
        file,
        column: column - 1,
        masked: isMasked(column),
        most: mostDifferent,
      } as const
      await overSpans(
        spansOf(rowsOf(known), left),
        step('values', opened.bytes),
        span => work.inside({ ...asked, span }, silent),
        found => {
          for (const [text, rows] of found ?? []) counts.set(text, (counts.get(text) ?? 0) + rows)
          tooMany = found === null || counts.size > mostDifferent
          return tooMany ? 'enough' : undefined
        },
      )
      if (tooMany) return { values: [], different: null }
      const sorted = [...counts].sort(([a, more], [b, other]) => other - more || (a < b ? -1 : 1))
      return {
        values: sorted.slice(0, mostListed).map(([text, rows]) => ({ text, rows })),
        different: counts.size,
      }
    },

    show(numbers: readonly number[]): readonly InsideColumn[] {
      shown.clear()
      for (const number of numbers) shown.add(number)
      return shownColumns()
    },

    /** What a copy of these columns is made of. */
    async copied(numbers: readonly number[], step: Step) {
      const known = await scan([], step)
      return {
        spans: spansOf(rowsOf(known), left),
        masked: masked(),
        columns: numbers.map(number => {
          const { name = null, holds = null } = columns[number - 1] ?? {}
          return { column: number - 1, name: name ?? String(number), money: holds === 'money' }
        }),
      }
    },
  }
}

/** The spans of one work report together, as they are handed on. */
const silent = { signal: new AbortController().signal, onProgress: () => {} }

function grouped(rows: readonly number[], by: (row: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const group = groups.get(by(row))
    if (group) group.push(row)
    else groups.set(by(row), [row])
  }
  return groups
}
