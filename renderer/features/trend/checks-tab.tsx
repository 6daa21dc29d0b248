import type { ReactElement } from 'react'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { openReceipt } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { figuresOf } from './figures.ts'
import { FindingList } from './finding-list.tsx'

/** What was found about the deliveries of a definition, what is usual of it, and what is looked at. */
export function ChecksTab({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const key = `${definition.id} ${definition.lastReceipt?.id ?? ''}`
  const { value, error, again } = useAnswer(key, () => desk.checks.trend(definition.id))
  const { page, chart } = words.checks
  if (error) {
    return (
      <div className="page-body">
        <ErrorNote error={error}>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      </div>
    )
  }
  if (!value) return <SkeletonRows rows={6} label={words.checks.checks} />
  const found = value.points.filter(({ findings }) => findings !== null && findings.length > 0).reverse()
  const unchecked = value.points.filter(({ findings }) => findings === null).length
  const usual = figuresOf(value).filter(({ band }) => band !== null)
  return (
    <div className="page-body checks-page">
      <section className="panel-part">
        <h2>{page.found}</h2>
        {found.length === 0 ? <p className="secondary">{page.nothing}</p> : null}
        {found.map(point => (
          <div key={point.receiptId}>
            <p>
              <RowLink onOpen={() => openReceipt(point.receiptId)}>
                {words.history.receipt.title(point.receiptNumber)}
              </RowLink>{' '}
              <span className="secondary">
                <Time at={point.at} />
              </span>
            </p>
            <FindingList receiptId={point.receiptId} findings={point.findings ?? []} onMarked={again} />
          </div>
        ))}
        {unchecked > 0 ? <p className="secondary">{page.notRecorded(unchecked)}</p> : null}
      </section>
      <section className="panel-part">
        <h2>{page.usual}</h2>
        {usual.length === 0 ? <p className="secondary">{chart.tooFew(value.enough)}</p> : null}
        <ul>
          {usual.map(({ id, name, band }) => (
            <li key={id}>
              {name}: {band?.text}
            </li>
          ))}
        </ul>
      </section>
      <section className="panel-part">
        <h2>{page.howTitle}</h2>
        <ul>
          {page.how(value.enough, value.most).map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="secondary">{page.never}</p>
      </section>
    </div>
  )
}
