import { type ReactElement, useState } from 'react'
import type { TrendView } from '../../../preload/contract/checks.ts'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { localZone, shortTime } from '../../format/time.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useNow } from '../../ui/now.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { FigureChart } from './figure-chart.tsx'
import { figuresOf } from './figures.ts'
import { PointReader } from './point-reader.tsx'
import { TrendTable } from './trend-table.tsx'

/** Rows, totals and size of a definition over time, as drawings or as a table. */
export function TrendTab({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const newest = definition.lastReceipt?.id ?? ''
  const { value, error, again } = useAnswer(`${definition.id} ${newest}`, () =>
    desk.checks.trend(definition.id),
  )
  const { chart } = words.checks
  return (
    <div className="page-body">
      {error ? (
        <ErrorNote error={error}>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : value === null ? (
        <SkeletonRows rows={6} label={words.checks.trend} />
      ) : value.points.length === 0 ? (
        <EmptyState title={chart.none} what={chart.noneWhat} />
      ) : (
        <Course key={newest} name={definition.name} trend={value} />
      )}
    </div>
  )
}

function Course({ name, trend }: { readonly name: string; readonly trend: TrendView }): ReactElement {
  const { points, rows, totals, enough } = trend
  const [chosen, setChosen] = useState(points.length - 1)
  const [asTable, setAsTable] = useState(false)
  const { chart } = words.checks
  const figures = figuresOf(trend)
  return (
    <>
      <div className="trend-head">
        <p className="secondary">{rows === null && totals.length === 0 ? chart.tooFew(enough) : null}</p>
        <Button look="quiet" onPress={() => setAsTable(!asTable)}>
          {asTable ? chart.asChart : chart.asTable}
        </Button>
      </div>
      {asTable ? (
        <TrendTable name={name} figures={figures} points={points} />
      ) : (
        <>
          <PointReader figures={figures} points={points} chosen={chosen} onChoose={setChosen} />
          {figures.map(figure => (
            <FigureChart
              key={figure.id}
              figure={figure}
              points={points}
              chosen={chosen}
              onChoose={setChosen}
            />
          ))}
          <Ends points={points} />
        </>
      )}
    </>
  )
}

/** From when to when the drawings go; who hears them is told by their summaries. */
function Ends({ points }: { readonly points: TrendView['points'] }): ReactElement | null {
  const now = useNow()
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || first === last) return null
  return (
    <p className="trend-ends" aria-hidden="true">
      <span>{shortTime(first.at, now, localZone())}</span>
      <span>{shortTime(last.at, now, localZone())}</span>
    </p>
  )
}
