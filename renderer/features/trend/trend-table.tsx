import type { ReactElement } from 'react'
import type { TrendPoint } from '../../../preload/contract/checks.ts'
import { fullTime, localZone } from '../../format/time.ts'
import { openReceipt } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { RowLink, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { type Figure, foundNames } from './figures.ts'

/** The same as a table, newest first. */
export function TrendTable({
  name,
  figures,
  points,
}: {
  readonly name: string
  readonly figures: readonly Figure[]
  readonly points: readonly TrendPoint[]
}): ReactElement {
  const { chart } = words.checks
  const columns = [
    { id: 'receipt', name: chart.receipt },
    { id: 'began', name: chart.began },
    ...figures.map(figure => ({ id: figure.id, name: figure.name, align: 'end' as const })),
    { id: 'found', name: chart.found },
  ]
  return (
    <div className="table-scroll">
      <Table label={chart.tableOf(name)} columns={columns}>
        <tbody>
          {[...points].reverse().map(point => (
            <tr key={point.receiptId}>
              <td>
                <RowLink
                  hint={fullTime(point.deliveredAt, localZone())}
                  onOpen={() => openReceipt(point.receiptId)}
                >
                  {point.receiptNumber}
                </RowLink>
              </td>
              <td>
                <Time at={point.at} inRow />
              </td>
              {figures.map(figure => (
                <td key={figure.id} className="end">
                  <span className="figure">{figure.textOf(point)}</span>
                </td>
              ))}
              <td className="grow">{foundNames(point)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
