import { scaleLinear, scalePoint } from 'd3-scale'
import type { PointerEvent, ReactElement } from 'react'
import type { TrendPoint } from '../../../preload/contract/checks.ts'
import { localZone, shortTime } from '../../format/time.ts'
import { words } from '../../text.ts'
import { useNow } from '../../ui/now.ts'
import { type Figure, foundNames } from './figures.ts'

type FigureChartProps = {
  readonly figure: Figure
  readonly points: readonly TrendPoint[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

/**
 * Places are shares of the drawing in percent, and sizes are the text's: a drawing that is scaled as a whole has small
 * words in a narrow window and large ones in a wide one. The room at the top is for the names of what is unusual.
 */
const [left, right, top, bottom] = [2, 98, 32, 96] as const
/** A name nearer than this to one beside it is left to the table and the reader: two would lie on each other. */
const nameRoom = 16

type Drawn = { readonly index: number; readonly point: TrendPoint; readonly x: number; readonly y: number }

/** Which of them are named: the newest first, and whichever has room beside those. */
function named(unusual: readonly Drawn[]): readonly Drawn[] {
  const kept: Drawn[] = []
  for (const one of unusual.toReversed()) {
    const beside = kept.at(-1)
    if (beside === undefined || beside.x - one.x >= nameRoom) kept.push(one)
  }
  return kept
}

const percent = (share: number): string => `${share.toFixed(2)}%`

/**
 * One figure, one delivery a step. A step and not a time: what runs each month and five times on one day would stand
 * on one spot otherwise. What is unusual is ringed and named.
 */
export function FigureChart({ figure, points, chosen, onChoose }: FigureChartProps): ReactElement {
  const now = useNow()
  const zone = localZone()
  const values = points.flatMap(point => figure.placeOf(point) ?? [])
  const ends = figure.band ? [figure.band.low, figure.band.high] : []
  const x = scalePoint(
    points.map((_, index) => index),
    [left, right],
  )
  const y = scaleLinear([Math.min(0, ...values, ...ends), Math.max(1, ...values, ...ends)], [bottom, top])
  const drawn = points.flatMap((point, index): readonly Drawn[] => {
    const value = figure.placeOf(point)
    return value === null ? [] : [{ index, point, x: x(index) ?? (left + right) / 2, y: y(value) }]
  })
  const unusual = drawn.filter(({ point }) => foundNames(point, figure.codes) !== '')
  const at = (point: TrendPoint | undefined) => (point ? shortTime(point.at, now, zone) : '')
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const place = ((event.clientX - box.left) / box.width) * 100
    const nearest = drawn.reduce<Drawn | null>(
      (best, one) => (best === null || Math.abs(one.x - place) < Math.abs(best.x - place) ? one : best),
      null,
    )
    if (nearest) onChoose(nearest.index)
  }
  return (
    <figure className="trend-figure">
      <figcaption>
        <strong>{figure.name}</strong>
        <span className="secondary">{figure.band?.text}</span>
      </figcaption>
      <svg
        className="trend-drawing"
        role="img"
        aria-label={words.checks.chart.summary(
          figure.name,
          points.length,
          at(points[0]),
          at(points.at(-1)),
          unusual.length,
        )}
        onPointerDown={choose}
      >
        {figure.band ? (
          <rect
            className="trend-band"
            width="100%"
            y={percent(y(figure.band.high))}
            height={percent(Math.max(2, y(figure.band.low) - y(figure.band.high)))}
          />
        ) : null}
        <line className="trend-zero" x2="100%" y1={percent(y(0))} y2={percent(y(0))} />
        {drawn.slice(1).map((one, n) => (
          <line
            key={one.point.receiptId}
            className="trend-line"
            x1={percent(drawn[n]?.x ?? one.x)}
            y1={percent(drawn[n]?.y ?? one.y)}
            x2={percent(one.x)}
            y2={percent(one.y)}
          />
        ))}
        {drawn.map(one => (
          <circle
            key={one.point.receiptId}
            className={one.index === chosen ? 'trend-point trend-chosen' : 'trend-point'}
            cx={percent(one.x)}
            cy={percent(one.y)}
          />
        ))}
        {unusual.map(one => (
          <circle key={one.point.receiptId} className="trend-ring" cx={percent(one.x)} cy={percent(one.y)} />
        ))}
        {named(unusual).map(one => (
          <text
            key={one.point.receiptId}
            className="trend-name"
            x={percent(one.x)}
            y={percent(one.y)}
            textAnchor={one.x > 75 ? 'end' : one.x < 25 ? 'start' : 'middle'}
          >
            {foundNames(one.point, figure.codes)}
          </text>
        ))}
      </svg>
    </figure>
  )
}
