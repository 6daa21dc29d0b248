import type { ReactElement } from 'react'
import type { HistoryRow } from '../../../preload/contract/types.ts'
import { jobLook } from '../../format/state.ts'
import type { Panel } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { GridCell, GridRow } from '../../ui/grid.tsx'
import { MarkInList } from '../../ui/mark-label.tsx'
import { Count, Money, Size } from '../../ui/money.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Time } from '../../ui/time.tsx'

type HistoryLineProps = {
  readonly id: string
  readonly index: number
  readonly top: number
  readonly row: HistoryRow | null
  readonly active: boolean
  readonly panel: Panel | null
  readonly onOpen: (index: number) => void
}

const isOpen = (row: HistoryRow | null, panel: Panel | null): boolean => {
  if (row === null || panel === null) return false
  if (panel.kind === 'receipt') return panel.receiptId === row.receiptId
  return panel.kind === 'job' && panel.row.jobId === row.jobId
}

/** One job with what became of it; a shimmer of the same height while its page is on the way. */
export function HistoryLine({ id, index, top, row, active, panel, onOpen }: HistoryLineProps): ReactElement {
  return (
    <GridRow
      id={id}
      rowIndex={index + 2}
      top={top}
      active={active}
      selected={isOpen(row, panel)}
      onClick={() => onOpen(index)}
    >
      {row === null ? (
        <GridCell className="grid-wait">
          <span className="unseen">{words.history.loadingRow}</span>
        </GridCell>
      ) : (
        <Cells row={row} />
      )}
    </GridRow>
  )
}

function Cells({ row }: { readonly row: HistoryRow }): ReactElement {
  return (
    <>
      <GridCell className="grid-state">
        <StateMark look={jobLook(row.jobState, row.deliveryState)} />
      </GridCell>
      <GridCell className="grid-definition">{row.definitionName}</GridCell>
      <GridCell className="grid-connection">
        <span>{row.connectionName}</span>
        <MarkInList mark={row.mark} />
      </GridCell>
      <GridCell className="grid-when">
        <Time at={row.at} inRow />
      </GridCell>
      <GridCell className="end grid-files">
        <Count n={row.files} />
      </GridCell>
      <GridCell className="end grid-size">
        <Size bytes={row.bytes} />
      </GridCell>
      <GridCell className="end grid-rows">
        <Count n={row.rows} />
      </GridCell>
      <GridCell className="end grid-total">
        <Money amount={row.total} />
      </GridCell>
      <GridCell className="grid-reviewed">
        {row.reviewed ? words.history.reviewed.marks[row.reviewed] : ''}
      </GridCell>
    </>
  )
}
