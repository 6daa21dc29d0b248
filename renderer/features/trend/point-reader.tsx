import type { KeyboardEvent, ReactElement } from 'react'
import type { TrendPoint } from '../../../preload/contract/checks.ts'
import { fullTime, localZone } from '../../format/time.ts'
import { openReceipt } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { type Figure, foundNames } from './figures.ts'

type PointReaderProps = {
  readonly figures: readonly Figure[]
  readonly points: readonly TrendPoint[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }

/** The chosen delivery in figures: goes from one to the next by the arrow keys, and says each aloud. */
export function PointReader({ figures, points, chosen, onChoose }: PointReaderProps): ReactElement | null {
  const point = points[chosen]
  if (!point) return null
  const when = fullTime(point.at, localZone())
  const values = figures.map(
    ({ name, textOf }) => `${name} ${textOf(point) ?? words.checks.chart.notCounted}`,
  )
  const found = foundNames(point)
  const text = [...values, ...(found === '' ? [] : [words.checks.unusual(found)])].join(' · ')
  const onKeyDown = (event: KeyboardEvent) => {
    const ends = { Home: 0, End: points.length - 1 }[event.key]
    const next = ends ?? chosen + (steps[event.key] ?? 0)
    if (event.key === 'Enter') openReceipt(point.receiptId)
    else if (next !== chosen && next >= 0 && next < points.length) onChoose(next)
    else return
    event.preventDefault()
  }
  return (
    <div className="trend-reader">
      <div
        role="slider"
        tabIndex={0}
        className="trend-slider"
        aria-label={words.checks.chart.delivery}
        aria-description={words.checks.chart.keys}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={chosen + 1}
        aria-valuetext={words.checks.chart.point(when, text)}
        onKeyDown={onKeyDown}
      >
        <strong>{when}</strong>
        <span>{text}</span>
      </div>
      <Button onPress={() => openReceipt(point.receiptId)}>{words.checks.actions.open}</Button>
    </div>
  )
}
