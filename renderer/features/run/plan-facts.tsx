import type { ReactElement } from 'react'
import type { JobView, ReceiptSummary, RunPlan } from '../../../preload/contract/types.ts'
import { lookOf } from '../../format/state.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Time } from '../../ui/time.tsx'

type PlanFactsProps = {
  readonly plan: RunPlan
  readonly choosing: boolean
  readonly onChoose: () => void
}

/** The last run, the open job if there is one, and the folder. */
export function PlanFacts({ plan, choosing, onChoose }: PlanFactsProps): ReactElement {
  const text = words.extracts.runDialog
  return (
    <>
      <dl className="facts">
        <dt>{text.lastRun}</dt>
        <dd>{plan.lastRun ? <LastRun job={plan.lastRun} receipt={plan.lastReceipt} /> : text.neverRun}</dd>
        <dt>{text.files}</dt>
        <dd className="facts-folder">
          {plan.destination ? (
            <>
              <span className="breakable">{plan.destination.folder}</span>
              <Button look="quiet" isPending={choosing} onPress={onChoose}>
                {text.change}
              </Button>
            </>
          ) : (
            text.noFolder
          )}
        </dd>
      </dl>
      {plan.open ? (
        <div className="callout callout-info">
          <p>
            <strong>{text.openJob(lookOf(plan.open).word)}</strong>
          </p>
          <p>{text.openJobWhat}</p>
        </div>
      ) : null}
    </>
  )
}

function LastRun({
  job,
  receipt,
}: {
  readonly job: JobView
  readonly receipt: ReceiptSummary | null
}): ReactElement {
  const text = words.extracts.runDialog
  const saved = receipt !== null && job.delivery?.receiptId === receipt.id
  const by = job.startedBy ? text.by(job.startedBy) : job.origin === 'elsewhere' ? text.elsewhere : ''
  return (
    <>
      <p className="facts-line">
        <Time at={job.startedAt?.at ?? job.knownAt} />
        <span>{by}</span>
        <StateMark look={lookOf(job)} />
      </p>
      {saved ? <p className="secondary">{text.saved(receipt.files, receipt.rows)}</p> : null}
    </>
  )
}
