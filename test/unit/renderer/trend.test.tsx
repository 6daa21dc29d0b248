import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { TrendPoint, TrendView } from '../../../preload/contract/checks.ts'
import { FigureChart } from '../../../renderer/features/trend/figure-chart.tsx'
import { figuresOf, foundNames } from '../../../renderer/features/trend/figures.ts'
import { PointReader } from '../../../renderer/features/trend/point-reader.tsx'
import { TrendTable } from '../../../renderer/features/trend/trend-table.tsx'
import { words } from '../../../renderer/text.ts'

const point = (n: number, patch: Partial<TrendPoint> = {}): TrendPoint => ({
  jobId: `job-${n}`,
  receiptId: `r-${n}`,
  receiptNumber: n,
  at: Date.UTC(2026, 9, n, 18),
  deliveredAt: Date.UTC(2026, 9, n, 18, 5),
  files: 3,
  bytes: 46_000_000,
  rows: 48_000 + n,
  totals: [{ currency: 'USD', total: '9007199254740993.0700' }],
  findings: [],
  ...patch,
})
const unusual = {
  code: 'rows-unusual',
  facts: { rows: 900_000, low: 1, high: 2, known: 6 },
  mark: null,
} as const
const points = [point(1), point(2, { rows: 900_000, findings: [unusual] }), point(3, { rows: null })]
const trend: TrendView = {
  points,
  rows: { low: '40000', high: '56000' },
  totals: [{ currency: 'USD', low: '1.0000', high: '2.0000' }],
  enough: 6,
  most: 24,
}
const figures = figuresOf(trend)
const [rows] = figures
if (!rows) throw new Error('There are no rows')

describe('the course of a definition', () => {
  it('is drawn by rows, each currency and size, with what is usual of them', () => {
    expect(figures.map(({ name }) => name)).toEqual(['Rows', 'Total USD', 'Size'])
    expect(figures.map(({ band }) => band?.text ?? null)).toEqual([
      'usual: 40,000 to 56,000',
      'usual: 1.00 to 2.00',
      null,
    ])
    // What a float would have lost is read out as the file has it.
    expect(figures[1]?.textOf(point(1))).toBe('9,007,199,254,740,993.07 USD')
  })

  it('leaves out of what nothing is known', () => {
    const bare = figuresOf({ ...trend, points: [point(1, { rows: null, totals: [] })], totals: [] })
    expect(bare.map(({ id }) => id)).toEqual(['bytes'])
  })

  it('rings and names what is unusual, and says so in its summary', () => {
    const drawn = renderToStaticMarkup(
      <FigureChart figure={rows} points={points} chosen={0} onChoose={() => {}} />,
    )
    expect(drawn).toContain('role="img"')
    expect(drawn).toMatch(/aria-label="Rows of 3 deliveries from [^"]+ 1 unusual\."/)
    expect(drawn).toContain(words.checks.names['rows-unusual'])
    // Of the third, nothing is known to be drawn; what is ringed is drawn once more around its point.
    expect(drawn.match(/<circle/g)).toHaveLength(3)
    expect(drawn).not.toContain('style=')
    expect(drawn).not.toContain('NaN')
  })

  it('is drawn of one delivery, too, and of amounts below zero', () => {
    for (const total of ['-5.00', '0.00', '12']) {
      const [, totals] = figuresOf({
        ...trend,
        points: [point(1, { totals: [{ currency: '', total }] })],
        totals: [],
      })
      if (!totals) throw new Error('There is no total')
      const only = [point(1, { totals: [{ currency: '', total }] })]
      expect(
        renderToStaticMarkup(<FigureChart figure={totals} points={only} chosen={0} onChoose={() => {}} />),
      ).not.toMatch(/NaN|Infinity/)
    }
  })

  it('is read out delivery by delivery', () => {
    const read = renderToStaticMarkup(
      <PointReader figures={figures} points={points} chosen={1} onChoose={() => {}} />,
    )
    expect(read).toMatch(/role="slider"/)
    expect(read).toMatch(/aria-valuetext="[^"]*Rows 900,000 rows[^"]*Unusual: Unusual rows"/)
  })

  it('is a table as well', () => {
    const table = renderToStaticMarkup(<TrendTable name="SAE" figures={figures} points={points} />)
    expect(table.match(/<tr>/g)).toHaveLength(4)
    expect(table).toContain('900,000 rows')
  })

  it('names each kind of finding once', () => {
    expect(foundNames(point(1, { findings: [unusual, unusual] }))).toBe('Unusual rows')
    expect(foundNames(point(1, { findings: [unusual] }), ['identical'])).toBe('')
    expect(foundNames(point(1, { findings: null }))).toBe('')
  })
})
