import type { ReactElement } from 'react'
import type { FindingView } from '../../../preload/contract/checks.ts'
import { desk } from '../../bridge.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { findingText, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/now.ts'
import { useAction } from '../../ui/use-action.ts'

type FindingListProps = {
  readonly receiptId: string
  readonly findings: readonly FindingView[]
  readonly onMarked: () => void
}

/** What was found about a delivery, a sentence each, and what was said to it; what was not can be said here. */
export function FindingList({ receiptId, findings, onMarked }: FindingListProps): ReactElement {
  const now = useNow()
  const { actions, names, said } = words.checks
  const mark = useAction(async (code: FindingView['code']) => {
    await desk.checks.mark(receiptId, code, 'expected')
    onMarked()
  })
  return (
    <ul className="warnings">
      {findings.map(finding => (
        <li key={JSON.stringify([finding.code, finding.facts])}>
          <span className={finding.mark ? 'secondary' : 'tone-attention'}>
            <ShapeIcon shape="needs-you" />
          </span>
          <span>
            {findingText(finding)}{' '}
            {finding.mark ? (
              <span className="secondary">
                {said(finding.mark.as, finding.mark.by, timeWithin(finding.mark.at, now, localZone()))}
              </span>
            ) : null}
          </span>
          {finding.mark?.as === 'expected' ? null : (
            <Button
              look="quiet"
              isPending={mark.busy}
              aria-label={`${actions.expected}: ${names[finding.code]}`}
              onPress={() => mark.run(finding.code)}
            >
              {actions.expected}
            </Button>
          )}
        </li>
      ))}
      {mark.error ? <ErrorNote error={mark.error} live /> : null}
    </ul>
  )
}
