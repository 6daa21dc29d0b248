import type { ReactElement } from 'react'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { ask, type DefinitionTab, goTo, openConnection, openDefinition } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { useNow } from '../../ui/now.ts'
import { RowLink } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { RequestTab } from '../definitions/request-tab.tsx'
import { NextRun } from '../schedules/next-run.tsx'
import { Page } from '../shell/page.tsx'
import { ChecksTab, ScheduleTab, TrendTab } from './definition-tabs.tsx'
import { DestinationForm } from './destination-form.tsx'
import { FavouriteStar } from './favourite.tsx'
import { JobsTable } from './jobs-table.tsx'

type DefinitionPageProps = { readonly definitionId: string; readonly tab: DefinitionTab }

/** One definition: when it last ran, its jobs, and where its files go. */
export function DefinitionPage({ definitionId, tab }: DefinitionPageProps): ReactElement {
  const definition = useDefinition(definitionId)
  const connection = useConnection(definition?.connectionId ?? null)
  const crumb = { name: words.shell.extracts, onOpen: () => goTo({ screen: 'extracts' }) }
  if (!definition) {
    return (
      <Page title={words.extracts.columns.definition} crumb={crumb}>
        <div className="page-body">
          <ErrorNote error={{ code: 'not-found', facts: {} }} />
        </div>
      </Page>
    )
  }
  const { request } = definition
  return (
    <Page
      title={definition.name}
      crumb={crumb}
      test={connection?.mark === 'test'}
      fixed
      beside={
        <>
          {connection ? <MarkLabel mark={connection.mark} /> : null}
          {definition.removed || definition.kind === 'others' ? null : (
            <FavouriteStar definition={definition} />
          )}
        </>
      }
      about={
        <>
          {connection ? (
            <RowLink onOpen={() => openConnection(connection.id)}>{connection.name}</RowLink>
          ) : null}
          <LastRun definition={definition} />
          <NextRun definitionId={definitionId} />
        </>
      }
      actions={
        definition.removed || definition.kind === 'others' ? null : (
          <Button look="primary" onPress={() => ask({ kind: 'run', definitionId })}>
            {definition.starts ? words.extracts.run : words.extracts.saveNewest}
          </Button>
        )
      }
    >
      <Tabs
        label={definition.name}
        chosen={tab}
        onChoose={chosen => openDefinition(definitionId, chosen)}
        tabs={[
          { id: 'jobs', name: words.extracts.jobs, content: () => <JobsTable definition={definition} /> },
          { id: 'trend', name: words.checks.trend, content: () => <TrendTab definition={definition} /> },
          {
            id: 'destination',
            name: words.extracts.destination,
            content: () => <DestinationForm definition={definition} />,
          },
          {
            id: 'schedule',
            name: words.schedules.tab,
            content: () => <ScheduleTab definition={definition} />,
          },
          { id: 'checks', name: words.checks.checks, content: () => <ChecksTab definition={definition} /> },
          ...(request && connection
            ? [
                {
                  id: 'request' as const,
                  name: words.definitions.tab,
                  content: () => (
                    <RequestTab definition={definition} system={connection.system} request={request} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Page>
  )
}

/** `Last run Today 18:30 by M. Keller, 48,211 rows` */
function LastRun({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const now = useNow()
  return <span>{lastRunText(definition, now)}</span>
}

function lastRunText({ lastJob, lastReceipt }: DefinitionView, now: number): string {
  const text = words.extracts
  if (!lastJob) return text.neverRun
  const when = timeWithin(lastJob.startedAt?.at ?? lastJob.knownAt, now, localZone())
  const sentence = lastJob.startedBy
    ? text.lastRunBy(when, lastJob.startedBy)
    : lastJob.origin === 'elsewhere'
      ? text.lastRunElsewhere(when)
      : text.lastRun(when)
  const rows = lastJob.delivery?.receiptId === lastReceipt?.id ? (lastReceipt?.rows ?? null) : null
  return rows === null ? sentence : text.withRows(sentence, rows)
}
