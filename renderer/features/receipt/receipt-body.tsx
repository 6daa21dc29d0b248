import type { ReactElement } from 'react'
import type { ControlTotals, ReceiptView, VerifyView } from '../../../preload/contract/receipts.ts'
import { baseName } from '../../format/paths.ts'
import { receiptWarning, words } from '../../text.ts'
import { CopyText } from '../../ui/copy.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { Count, Money, Size } from '../../ui/money.tsx'
import { SystemTime, Time } from '../../ui/time.tsx'
import { ChainMark, ChainWhy } from './receipt-chain.tsx'
import { ReceiptChecks } from './receipt-checks.tsx'
import { ReceiptFiles } from './receipt-files.tsx'
import { ReceiptRequests } from './receipt-requests.tsx'
import { ReceiptReviews } from './receipt-reviews.tsx'

const text = words.history.receipt

type ReceiptBodyProps = {
  readonly receipt: ReceiptView
  readonly verified: VerifyView | null
  readonly onShow: (fileIndex: number) => void
  readonly onLook: (fileIndex: number) => void
  readonly onPrevious: (receiptId: string) => void
}

export function ReceiptBody(props: ReceiptBodyProps): ReactElement {
  const { receipt, verified, onShow, onLook, onPrevious } = props
  return (
    <>
      <p className="about">
        <strong>{receipt.definitionName}</strong>
        <span>{receipt.connectionName}</span>
        <MarkLabel mark={receipt.mark} />
      </p>
      <ReceiptReviews reviews={receipt.reviews} />
      <dl className="facts">
        <dt>{text.delivered}</dt>
        <dd>
          <Time at={receipt.deliveredAt} />
        </dd>
        <dt>{text.requestedBy}</dt>
        <dd>{receipt.requestedBy}</dd>
        {receipt.jobStartedAt ? (
          <>
            <dt>{text.started}</dt>
            <dd>
              <SystemTime time={receipt.jobStartedAt} />
            </dd>
          </>
        ) : null}
        {receipt.jobEndedAt ? (
          <>
            <dt>{text.ended}</dt>
            <dd>
              <SystemTime time={receipt.jobEndedAt} />
            </dd>
          </>
        ) : null}
        <dt>{text.jobId}</dt>
        <dd>
          <CopyText text={receipt.remoteJobId} what={text.jobId} />
        </dd>
        <dt>{text.folder}</dt>
        <dd className="breakable">{receipt.folder}</dd>
        {receipt.archive ? (
          <>
            <dt>{text.archive}</dt>
            <dd>
              <span className="breakable">{receipt.archive.name}</span>{' '}
              <span className="secondary">
                <Size bytes={receipt.archive.bytes} />
              </span>
              <br />
              <span className="secondary">{text.sha}</span>{' '}
              <CopyText text={receipt.archive.sha256} what={text.sha} />
            </dd>
          </>
        ) : null}
      </dl>
      {receipt.warnings.length > 0 ? (
        <section className="panel-part">
          <h3>{text.warnings}</h3>
          <ul className="warnings">
            {receipt.warnings.map(warning => (
              <li key={JSON.stringify(warning)} className="tone-attention">
                <ShapeIcon shape="needs-you" />
                {receiptWarning(warning)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {receipt.checks && receipt.checks.findings.length > 0 ? <ReceiptChecks receiptId={receipt.id} /> : null}
      <ReceiptFiles
        files={receipt.files}
        deliveredAt={receipt.deliveredAt}
        verified={verified}
        onShow={onShow}
        onLook={onLook}
      />
      {receipt.controlTotals.map(totals => (
        <Totals key={totals.file} totals={totals} several={receipt.controlTotals.length > 1} />
      ))}
      <ReceiptRequests receipt={receipt} />
      <section className="panel-part">
        <h3>{text.chain}</h3>
        <p className="chain">
          {receipt.previousId === null ? (
            text.first(receipt.number)
          ) : receipt.followsReview ? (
            text.followsReview(receipt.number)
          ) : (
            <Previous id={receipt.previousId} number={receipt.number} onOpen={onPrevious} />
          )}
          {verified ? <ChainMark verified={verified} /> : null}
        </p>
        {verified ? <ChainWhy verified={verified} /> : null}
        <p className="secondary">
          {text.hash} <CopyText text={receipt.hash} what={text.hash} />
        </p>
        <p className="secondary">{text.version(receipt.appVersion)}</p>
      </section>
    </>
  )
}

type PreviousProps = { readonly id: string; readonly number: number; readonly onOpen: (id: string) => void }

function Previous({ id, number, onOpen }: PreviousProps): ReactElement {
  return (
    <>
      {text.follows(number)}
      <button type="button" className="row-link linked" onClick={() => onOpen(id)}>
        {text.openPrevious(number - 1)}
      </button>
    </>
  )
}

function Totals({
  totals,
  several,
}: {
  readonly totals: ControlTotals
  readonly several: boolean
}): ReactElement {
  return (
    <section className="panel-part">
      <h3>
        {text.totals}
        <span className={totals.match ? 'verdict tone-ok' : 'verdict tone-danger'}>
          <ShapeIcon shape={totals.match ? 'delivered' : 'failed'} />
          {totals.match ? text.match : text.differ}
        </span>
      </h3>
      {several ? <p className="secondary breakable">{baseName(totals.file)}</p> : null}
      <table className="totals">
        <thead>
          <tr>
            <td />
            <th scope="col">{text.totalsColumns.rows}</th>
            <th scope="col">{text.totalsColumns.total}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{text.header}</th>
            <td>
              <Count n={totals.headerRows} />
            </td>
            <td>
              <Money amount={totals.headerTotal} />
            </td>
          </tr>
          <tr>
            <th scope="row">{text.counted}</th>
            <td>
              <Count n={totals.rows} />
            </td>
            <td>
              <Money amount={totals.total} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
