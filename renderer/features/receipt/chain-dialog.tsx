import type { ReactElement } from 'react'
import type { ChainView } from '../../../preload/contract/receipts.ts'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useAnswer } from '../../ui/use-answer.ts'

const text = words.history.receipts

/** Reads the chain of all receipts, and says what is wrong with it, or what cannot be told. */
export function ChainDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { value: chain, error, again } = useAnswer('chain', () => desk.receipts.checkChain())
  return (
    <Dialog title={text.title} onClose={onClose} actions={<Button onPress={onClose}>{text.close}</Button>}>
      {error ? (
        <ErrorNote error={error} live>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : null}
      <div role="status">{chain ? <Findings chain={chain} /> : error ? null : <p>{text.checking}</p>}</div>
    </Dialog>
  )
}

function Findings({
  chain: { receipts, findings, found, unproven },
}: {
  readonly chain: ChainView
}): ReactElement {
  if (receipts === 0 && found === 0) return <p>{text.none}</p>
  return (
    <>
      {found > 0 ? (
        <p className="finding tone-danger">
          <ShapeIcon shape="failed" />
          {text.wrong(found)}
        </p>
      ) : (
        <p className={`finding tone-${unproven ? 'attention' : 'ok'}`}>
          <ShapeIcon shape={unproven ? 'needs-you' : 'delivered'} />
          {unproven ? text.inOrder(receipts) : text.ok(receipts)}
        </p>
      )}
      <ul>
        {findings.map(({ kind, number }) => (
          <li key={`${kind} ${number}`}>{words.history.receipt.chainAt[kind](number)}</li>
        ))}
        {found > findings.length ? <li>{text.more(found - findings.length)}</li> : null}
      </ul>
      {unproven ? (
        <p>
          {text.unproven(unproven.receipts)} {text.unprovenWhy[unproven.why]}
        </p>
      ) : null}
      <p className="secondary">{text.files}</p>
    </>
  )
}
