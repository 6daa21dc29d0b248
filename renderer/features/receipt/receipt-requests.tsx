import type { ReactElement } from 'react'
import type { ExchangeProof, ExchangeProofs, ReceiptView } from '../../../preload/contract/receipts.ts'
import { words } from '../../text.ts'
import { CopyText } from '../../ui/copy.tsx'

const text = words.history.receipt

/** A download that was cut often has many; the newest say what came. */
const mostShown = 3
const mostDownloads = 5

/** By what each request of the delivery, and the head of its answer, can be recognised. */
export function ReceiptRequests({ receipt }: { readonly receipt: ReceiptView }): ReactElement {
  const { startExchanges, received } = receipt
  const shown = received.slice(0, mostDownloads)
  return (
    <section className="panel-part">
      <h3>{text.requests}</h3>
      <p className="secondary">{text.requestsAre}</p>
      <dl className="facts">
        <dt>{text.startRequest}</dt>
        <dd>{startExchanges === null ? text.startedElsewhere : <Exchanges of={startExchanges} />}</dd>
        {shown.map(({ name, exchanges }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes, and names may be equal
          <Download key={index} name={name} exchanges={exchanges} />
        ))}
      </dl>
      {received.length > shown.length ? (
        <p className="secondary">{text.moreRequests(received.length - shown.length)}</p>
      ) : null}
    </section>
  )
}

type DownloadProps = { readonly name: string; readonly exchanges: ExchangeProofs | undefined }

function Download({ name, exchanges }: DownloadProps): ReactElement {
  return (
    <>
      <dt className="breakable">{name}</dt>
      <dd>
        <Exchanges of={exchanges} />
      </dd>
    </>
  )
}

function Exchanges({ of }: { readonly of: ExchangeProofs | undefined }): ReactElement {
  if (of === undefined) return <span className="secondary">{text.notRecorded}</span>
  const shown = of.recorded.slice(-mostShown)
  const more = of.recorded.length - shown.length + of.more
  if (shown.length === 0) return <span className="secondary">{text.noRequest}</span>
  return (
    <>
      {shown.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes, and requests may be equal
        <Exchange key={index} of={one} />
      ))}
      {more > 0 ? <div className="secondary">{text.moreRequests(more)}</div> : null}
    </>
  )
}

function Exchange({ of: { method, requestSha256, answer } }: { readonly of: ExchangeProof }): ReactElement {
  return (
    <div>
      {method} <CopyText text={requestSha256} what={`${text.sha}, ${text.request}`} />{' '}
      {answer ? (
        <>
          {text.answered(answer.status)}{' '}
          <CopyText text={answer.sha256} what={`${text.sha}, ${text.answer}`} />
        </>
      ) : (
        text.noAnswer
      )}
    </div>
  )
}
