import type { ReactElement } from 'react'
import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { AgainWarning } from './again-warning.tsx'
import { type Consequence, consequenceOf, consumes } from './consequence.ts'
import { PlanFacts } from './plan-facts.tsx'
import { type Running, useRunning } from './use-running.ts'

type RunDialogProps = { readonly definitionId: string; readonly onClose: () => void }

const text = words.extracts.runDialog

/** Before a job is started: when, by whom and with how many records the last run was, and where the files go. */
export function RunDialog({ definitionId, onClose }: RunDialogProps): ReactElement | null {
  const definition = useDefinition(definitionId)
  const connection = useConnection(definition?.connectionId ?? null)
  return definition && connection ? (
    <OpenRunDialog definition={definition} connection={connection} onClose={onClose} />
  ) : null
}

type OpenRunDialogProps = {
  readonly definition: DefinitionView
  readonly connection: ConnectionView
  readonly onClose: () => void
}

// One dialog from the question to the answer: a second one would take the place that the focus goes back to.
function OpenRunDialog({ definition, connection, onClose }: OpenRunDialogProps): ReactElement {
  const running = useRunning(definition, onClose)
  const production = connection.mark === 'production'
  const { plan } = running
  const consequence = consequenceOf(definition, connection)
  return (
    <Dialog
      title={definition.starts ? text.title(definition.name) : text.newestTitle(definition.name)}
      about={
        <p className="about">
          {connection.name}
          <MarkLabel mark={connection.mark} />
        </p>
      }
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <MainButton
            running={running}
            production={production}
            starts={definition.starts}
            confirm={consequence?.confirm ?? null}
          />
        </>
      }
    >
      {plan.value ? (
        <PlanFacts plan={plan.value} choosing={running.choose.busy} onChoose={() => running.choose.run()} />
      ) : null}
      {plan.value === null && plan.error === null ? <SkeletonRows rows={2} label={text.reading} /> : null}
      {plan.error ? (
        <ErrorNote error={plan.error} live>
          <Button onPress={plan.again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : null}
      {running.step === 'warned' && plan.value?.again ? (
        <AgainWarning
          reason={plan.value.again}
          lastCompleted={plan.value.lastCompleted}
          production={production}
          consumes={consumes(connection.system)}
        />
      ) : null}
      {consequence !== null && plan.value?.open === null ? <Beside consequence={consequence} /> : null}
      {running.error ? <ErrorNote error={running.error} live /> : null}
    </Dialog>
  )
}

/** What the run does beside making files; where that undoes something, it is the first thing to be read. */
function Beside({ consequence }: { readonly consequence: Consequence }): ReactElement {
  const { title, what } = consequence
  if (title === undefined) return <p className="secondary">{what}</p>
  return (
    <div className="callout callout-attention">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{what}</p>
    </div>
  )
}

type MainButtonProps = {
  readonly running: Running
  readonly production: boolean
  readonly starts: boolean
  /** What the button says where the run undoes something. */
  readonly confirm: string | null
}

function MainButton({ running, production, starts, confirm }: MainButtonProps): ReactElement | null {
  const { choose, start } = running
  switch (running.step) {
    case 'asking':
      return null
    case 'no-folder':
      return (
        <Button look="primary" isPending={choose.busy} onPress={() => choose.run()} autoFocus>
          {text.chooseFolder}
        </Button>
      )
    case 'open':
      return (
        <Button look="primary" isPending={start.busy} onPress={() => start.run(false)} autoFocus>
          {text.join}
        </Button>
      )
    case 'ready':
      return (
        <>
          <DeliverInstead running={running} look="secondary" />
          <Button look="primary" isPending={start.busy} onPress={() => start.run(false)} autoFocus>
            {starts ? (confirm ?? (production ? text.runProduction : text.run)) : text.newest}
          </Button>
        </>
      )
    case 'again':
      return (
        <>
          <Button onPress={running.warn}>{text.runAgain}</Button>
          <DeliverInstead running={running} look="primary" />
        </>
      )
    case 'warned':
      return (
        <>
          <Button look="danger" isPending={start.busy} onPress={() => start.run(true)}>
            {production ? text.confirmAgain : text.confirmAgainPlain}
          </Button>
          <DeliverInstead running={running} look="primary" />
        </>
      )
  }
}

type DeliverInsteadProps = { readonly running: Running; readonly look: 'primary' | 'secondary' }

function DeliverInstead({ running, look }: DeliverInsteadProps): ReactElement | null {
  const { deliver, unsavedJobId } = running
  if (unsavedJobId === null) return null
  return (
    <Button look={look} isPending={deliver.busy} onPress={() => deliver.run(unsavedJobId)}>
      {text.deliverThat}
    </Button>
  )
}
