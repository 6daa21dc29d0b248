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

/** Its own units; the drawing is scaled as a whole, and its lines keep their width. */
const [width, height, side, top] = [1000, 120, 12, 20] as const

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
    [side, width - side],
  )
  const y = scaleLinear(
    [Math.min(0, ...values, ...ends), Math.max(1, ...values, ...ends)],
    [height - 4, top],
  ).nice()
  const drawn = points.flatMap((point, index) => {
    const value = figure.placeOf(point)
    return value === null ? [] : [{ index, point, x: x(index) ?? width / 2, y: y(value) }]
  })
  const unusual = drawn.filter(({ point }) => foundNames(point, figure.codes) !== '')
  const at = (point: TrendPoint | undefined) => (point ? shortTime(point.at, now, zone) : '')
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const place = ((event.clientX - box.left) / box.width) * width
    const nearest = drawn.reduce<(typeof drawn)[number] | null>(
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
        viewBox={`0 0 ${width} ${height}`}
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
            x={0}
            width={width}
            y={y(figure.band.high)}
            height={Math.max(2, y(figure.band.low) - y(figure.band.high))}
          />
        ) : null}
        <line className="trend-zero" x1={0} x2={width} y1={y(0)} y2={y(0)} />
        <polyline className="trend-line" points={drawn.map(one => `${one.x},${one.y}`).join(' ')} />
        {drawn.map(one => (
          <circle
            key={one.point.receiptId}
            className={one.index === chosen ? 'trend-point trend-chosen' : 'trend-point'}
            cx={one.x}
            cy={one.y}
            r={one.index === chosen ? 6 : 4}
          />
        ))}
        {unusual.map(one => (
          <g key={one.point.receiptId} className="trend-unusual">
            <circle cx={one.x} cy={one.y} r={10} />
            <text
              x={one.x}
              y={Math.max(12, one.y - 14)}
              textAnchor={one.x > width * 0.85 ? 'end' : one.x < width * 0.15 ? 'start' : 'middle'}
            >
              {foundNames(one.point, figure.codes)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  )
}
