import type {
  InsideCalls,
  InsideColumn,
  InsideCondition,
  InsideFound,
  InsideHeader,
  InsideRow,
  InsideTotals,
  InsideView,
} from '../../preload/contract/inside.ts'
import { mostRowsAsked } from '../../preload/contract/inside.ts'

export type FakeTable = {
  readonly name: string
  readonly columns: readonly Omit<InsideColumn, 'number' | 'masked'>[]
  readonly rows: number
  /** Of a row and a column, both from 0. */
  readonly cell: (row: number, column: number) => string
  readonly header: InsideHeader | null
  /** Whose sum is compared with the header's; from 0. */
  readonly amount: number | null
}

const firstRows = 60

/** One file as main would show it, out of a function that knows its cells. Masks, filters and sums as the contract says. */
export function createFakeInside(table: FakeTable): Partial<InsideCalls> {
  let columns: readonly InsideColumn[] = table.columns.map((column, at) => ({
    ...column,
    number: at + 1,
    masked: column.sensitive,
  }))
  let left: readonly number[] | null = null
  const rowCount = () => left?.length ?? table.rows
  const seen = (row: number, number: number): string => {
    const cell = table.cell(row, number - 1)
    return columns[number - 1]?.masked && cell !== '' ? `•••• ${cell.slice(-4)}` : cell
  }
  const rowAt = (row: number, numbers: readonly number[]): InsideRow => ({
    number: row + 1,
    cells: numbers.map(number => seen(row, number)),
  })
  const atPosition = (position: number): number => left?.[position] ?? position
  const every = (): number[] => Array.from({ length: rowCount() }, (_, at) => atPosition(at))
  const numbers = () => columns.map(({ number }) => number)

  const totalsOf = (column: number): InsideTotals => {
    const cells = every().map(row => table.cell(row, column - 1))
    const filled = cells.filter(cell => cell !== '')
    const decimals = filled.filter(cell => /^[+-]?\d+(\.\d+)?$/.test(cell))
    const masked = columns[column - 1]?.masked ?? false
    const sum = masked || decimals.length === 0 ? null : decimals.reduce(plus, '0')
    return {
      column,
      rows: cells.length,
      filled: filled.length,
      numbers: decimals.length,
      sum,
      average: sum === null ? null : (Number(sum) / decimals.length).toFixed(4),
    }
  }

  return {
    open: async () => {
      const view: InsideView = {
        viewId: 'view-1',
        name: table.name,
        bytes: table.rows * table.columns.length * 4,
        where: 'there',
        changed: false,
        dialect: {
          delimiter: table.header ? '|' : ',',
          encoding: 'utf-8',
          byteOrderMark: false,
          lineEnd: 'crlf',
        },
        layout: table.header ? 'concur' : 'titles',
        header: table.header,
        columns,
        firstRows: Array.from({ length: Math.min(firstRows, table.rows) }, (_, row) => rowAt(row, numbers())),
        firstRowsAreAll: table.rows <= firstRows,
      }
      return { kind: 'table', view }
    },
    index: async (_id, wanted) => {
      const total = table.amount === null ? null : (totalsOf(table.amount + 1).sum ?? null)
      const { header } = table
      return {
        rows: table.rows,
        columns,
        totals: wanted.map(totalsOf),
        control: header
          ? {
              headerRows: header.rows,
              headerTotal: header.total,
              rows: table.rows,
              total,
              unread: 0,
              match:
                header.rows === table.rows &&
                (total === null || plus(total, negated(header.total)) === '0.00'),
            }
          : null,
      }
    },
    rows: async (_id, { from, count, columns: wanted }) => {
      if (count > mostRowsAsked) throw new Error(`${count} rows at once are more than may be asked for`)
      const end = Math.min(from + count, rowCount())
      return Array.from({ length: Math.max(0, end - from) }, (_, at) => rowAt(atPosition(from + at), wanted))
    },
    cell: async (_id, row, column) => seen(row - 1, column),
    find: async (_id, { text, column, from, direction }): Promise<InsideFound | null> => {
      const searched = column === null ? numbers() : [column]
      const step = direction === 'down' ? 1 : -1
      for (let position = from; position >= 0 && position < rowCount(); position += step) {
        const row = atPosition(position)
        const hit = searched.find(one => seen(row, one).toLowerCase().includes(text.toLowerCase()))
        if (hit !== undefined) return { position, number: row + 1, column: hit }
      }
      return null
    },
    filter: async (_id, conditions) => {
      left = null
      if (conditions.length > 0)
        left = every().filter(row => conditions.every(one => meets(seen(row, one.column), one)))
      return rowCount()
    },
    values: async (_id, column) => {
      const counts = new Map<string, number>()
      for (const row of every()) counts.set(seen(row, column), (counts.get(seen(row, column)) ?? 0) + 1)
      const values = [...counts].map(([text, rows]) => ({ text, rows })).sort((a, b) => b.rows - a.rows)
      return { values: values.slice(0, 200), different: values.length }
    },
    addUp: async (_id, wanted) => wanted.map(totalsOf),
    show: async (_id, shown) => {
      columns = columns.map(one => ({ ...one, masked: one.sensitive && !shown.includes(one.number) }))
      return columns
    },
    saveCopy: async (_id, wanted) => ({
      path: '/home/m/Documents/copy.xlsx',
      rows: rowCount(),
      sheets: Math.ceil(rowCount() / 1_048_575),
      columnsLeftOut: 0,
      cellsCut: 0,
      masked: columns
        .filter(({ number, masked }) => masked && wanted.includes(number))
        .map(({ number }) => number),
    }),
  }
}

function meets(cell: string, { is, text }: InsideCondition): boolean {
  const [seen, wanted] = [cell.toLowerCase(), text.toLowerCase()]
  return {
    equal: seen === wanted,
    containing: seen.includes(wanted),
    empty: seen === '',
    filled: seen !== '',
  }[is]
}

/** Decimals of two places, added as whole hundredths. */
function plus(a: string, b: string): string {
  const sum = hundredths(a) + hundredths(b)
  const digits = String(sum < 0n ? -sum : sum).padStart(3, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const hundredths = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.replace(/^[+-]/, '').split('.')
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2))
  return decimal.startsWith('-') ? -value : value
}

const negated = (decimal: string): string => (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`)
