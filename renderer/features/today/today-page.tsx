import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import type { HistoryRow } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { jobLook, type Shape } from '../../format/state.ts'
import { fullTime, localZone, shortDay } from '../../format/time.ts'
import { useActivity } from '../../stores/activity.ts'
import { goTo, lookInside, openRow, openSchedule } from '../../stores/place.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { useSettings } from '../../stores/settings.ts'
import { figures, words } from '../../text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { Count, Money } from '../../ui/money.tsx'
import { useNow } from '../../ui/now.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { isLook } from '../look-inside/look-key.ts'
import { soonest } from '../schedules/next-run.tsx'
import { ZoneTime } from '../schedules/zone-time.tsx'
import { Page } from '../shell/page.tsx'
import { NeedItem } from './need-item.tsx'
import { RunningItem } from './running-item.tsx'

/** What needs you, what runs, what was delivered: in that order, and nothing else. */
export function TodayPage(): ReactElement {
  const needs = useActivity(state => state.needs)
  const running = useActivity(state => state.running)
  const delivered = useActivity(state => state.delivered)
  const paused = useSettings(state => state.settings.paused)
  const now = useNow()
  const text = words.today
  return (
    <Page title={words.shell.today} about={shortDay(now, localZone())}>
      <div className="page-body">
        {paused ? <Paused /> : null}
        {needs.length === 0 ? (
          <Line shape="delivered" tone="ok">
            {text.nothingNeedsYou}
          </Line>
        ) : (
          <Section shape="needs-you" tone="attention" title={text.needsYou} count={needs.length}>
            <ul className="items">
              {needs.map(need => (
                <NeedItem key={need.id} need={need} />
              ))}
            </ul>
          </Section>
        )}
        {running.length === 0 ? (
          <Line
            shape="waiting"
            tone="quiet"
            action={
              <Button look="quiet" onPress={() => goTo({ screen: 'extracts' })}>
                {text.runSomething}
              </Button>
            }
          >
            {text.nothingRuns}
          </Line>
        ) : (
          <Section shape="running" tone="info" title={text.running} count={running.length}>
            <ul className="items">
              {running.map(job => (
                <RunningItem key={job.id} job={job} />
              ))}
            </ul>
          </Section>
        )}
        <Section shape="delivered" tone="ok" title={text.delivered} count={delivered.length}>
          {delivered.length === 0 ? (
            <p className="section-empty">{text.nothingDelivered}</p>
          ) : (
            <Delivered rows={delivered} />
          )}
        </Section>
        <NextSection />
      </div>
    </Page>
  )
}

/** All that goes on by itself rests; what a person starts does not. */
function Paused(): ReactElement {
  const resume = useAction(() => desk.settings.change({ paused: false }))
  const text = words.today.paused
  return (
    <div className="callout callout-attention paused" role="status">
      <p>
        <strong>{text.title}</strong> {text.what}
      </p>
      <Button isPending={resume.busy} onPress={() => resume.run()}>
        {text.resume}
      </Button>
      {resume.error ? <ErrorNote error={resume.error} live /> : null}
    </div>
  )
}

/** What is due next, at most so many; nothing where nothing is scheduled. */
function NextSection(): ReactElement | null {
  const next = soonest(useSchedules(state => state.all)).slice(0, mostNext)
  if (next.length === 0) return null
  return (
    <Section shape="waiting" tone="quiet" title={words.schedules.next} count={next.length}>
      <ul className="items next-items">
        {next.map(({ at, schedule }) => (
          <li key={schedule.id}>
            <RowLink onOpen={() => openSchedule(schedule.id)}>{schedule.name}</RowLink>
            <ZoneTime at={at} zone={schedule.timetable.zone} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
const mostNext = 5

type SectionProps = {
  readonly shape: Shape
  readonly tone: string
  readonly title: string
  readonly count: number
  readonly children: ReactNode
}

function Section({ shape, tone, title, count, children }: SectionProps): ReactElement {
  return (
    <section className="section">
      <h2 className="section-head">
        <span className={`section-shape tone-${tone}`}>
          <ShapeIcon shape={shape} />
        </span>
        {title}
        <span className="section-count">{figures.number(count)}</span>
      </h2>
      {children}
    </section>
  )
}

type LineProps = {
  readonly shape: Shape
  readonly tone: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A section with nothing in it says so in one line. */
function Line({ shape, tone, action, children }: LineProps): ReactElement {
  return (
    <div className="section section-line">
      <span className={`section-shape tone-${tone}`}>
        <ShapeIcon shape={shape} />
      </span>
      <p>{children}</p>
      {action}
    </div>
  )
}

const columns = [
  { id: 'definition', name: words.history.columns.definition },
  { id: 'connection', name: words.history.columns.connection },
  { id: 'state', name: words.history.columns.state },
  { id: 'when', name: words.today.deliveredAt },
  { id: 'files', name: words.history.columns.files, align: 'end' },
  { id: 'rows', name: words.history.columns.rows, align: 'end' },
  { id: 'total', name: words.history.columns.total, align: 'end' },
  { id: 'look', name: words.history.receipt.lookInside, unseen: true },
] as const

function Delivered({ rows }: { readonly rows: readonly HistoryRow[] }): ReactElement {
  return (
    <div className="table-scroll">
      <Table label={words.today.delivered} columns={columns}>
        <tbody>
          {rows.map(row => (
            <tr key={row.receiptId ?? row.jobId} onKeyDown={event => lookFrom(event, row)}>
              <td className="grow">
                <RowLink hint={fullTime(row.at, localZone())} onOpen={() => openRow(row)}>
                  {row.definitionName}
                </RowLink>
              </td>
              <td className="secondary">{row.connectionName}</td>
              <td>
                <StateMark look={jobLook(row.jobState, row.deliveryState)} />
              </td>
              <td>
                <Time at={row.at} inRow />
              </td>
              <td className="end col-files">
                <Count n={row.files} />
              </td>
              <td className="end col-rows">
                <Count n={row.rows} />
              </td>
              <td className="end col-total">
                <Money amount={row.total} />
              </td>
              <td className="col-look">
                <LookButton row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function lookFrom(event: KeyboardEvent, { receiptId }: HistoryRow): void {
  if (receiptId === null || !isLook(event)) return
  // The panel beside it hears the key too, and may show another receipt.
  event.stopPropagation()
  lookInside(receiptId)
}

function LookButton({
  row: { receiptId, definitionName },
}: {
  readonly row: HistoryRow
}): ReactElement | null {
  if (receiptId === null) return null
  return (
    <IconButton
      icon="table"
      label={words.history.receipt.lookInsideOf(definitionName)}
      onPress={() => lookInside(receiptId)}
    />
  )
}
