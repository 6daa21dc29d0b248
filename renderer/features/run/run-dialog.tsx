import { type ReactElement, useState } from 'react'
import type { ConnectionView, DefinitionView, RunPlan } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { newDestination } from '../extracts/destination.ts'
import { AgainWarning } from './again-warning.tsx'
import { PlanFacts } from './plan-facts.tsx'

type RunDialogProps = { readonly definitionId: string; readonly onClose: () => void }

/**
 * Before a job is started: when, by whom and with how many records the last run was, and where the files go.
 *
 *   plan ──► no folder ──choose──► ready ──Run──► started
 *        ──► open job ──Join──► joined
 *        ──► again needed ──Run again…──► warned ──Run again on production──► started
 *                                           └──Deliver that run instead──► delivered
 */
export function RunDialog({ definitionId, onClose }: RunDialogProps): ReactElement | null {
  const definition = useDefinition(definitionId)
  const connection = useConnection(definition?.connectionId ?? null)
  const plan = useAnswer(definitionId, () => desk.jobs.plan(definitionId))
  if (!definition || !connection) return null
  const text = words.extracts.runDialog
  const about = (
    <p className="about">
      {connection.name}
      <MarkLabel mark={connection.mark} />
    </p>
  )
  if (plan.value) {
    return (
      <Planned
        plan={plan.value}
        definition={definition}
        connection={connection}
        about={about}
        onReplan={plan.again}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog
      title={text.title(definition.name)}
      about={about}
      onClose={onClose}
      actions={<Button onPress={onClose}>{words.shell.cancel}</Button>}
    >
      {plan.error ? (
        <ErrorNote error={plan.error} live>
          <Button onPress={plan.again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : (
        <SkeletonRows rows={3} label={text.reading} />
      )}
    </Dialog>
  )
}

type PlannedProps = {
  readonly plan: RunPlan
  readonly definition: DefinitionView
  readonly connection: ConnectionView
  readonly about: ReactElement
  readonly onReplan: () => void
  readonly onClose: () => void
}

function Planned({ plan, definition, connection, about, onReplan, onClose }: PlannedProps): ReactElement {
  const [warned, setWarned] = useState(false)
  const text = words.extracts.runDialog
  const production = connection.mark === 'production'
  const run = useAction(async (again: boolean) => {
    await desk.jobs.run(definition.id, again)
    onClose()
  })
  const deliver = useAction(async (jobId: string) => {
    await desk.jobs.deliver(jobId, false)
    onClose()
  })
  const choose = useAction(async () => {
    const folder = await desk.settings.chooseFolder()
    if (folder === null) return
    await desk.definitions.saveDestination(definition.id, {
      ...(plan.destination ?? newDestination(folder)),
      folder,
    })
    onReplan()
  })
  const error = run.error ?? deliver.error ?? choose.error
  const unsavedJob = plan.again === 'unsaved-run' ? plan.lastRun : null

  const mainButton = () => {
    if (plan.destination === null) {
      return (
        <Button look="primary" isPending={choose.busy} onPress={() => choose.run()} autoFocus>
          {text.chooseFolder}
        </Button>
      )
    }
    if (plan.open !== null) {
      return (
        <Button look="primary" isPending={run.busy} onPress={() => run.run(false)} autoFocus>
          {text.join}
        </Button>
      )
    }
    if (plan.again === null) {
      return (
        <Button look="primary" isPending={run.busy} onPress={() => run.run(false)} autoFocus>
          {production ? text.runProduction : text.run}
        </Button>
      )
    }
    if (!warned) return <Button onPress={() => setWarned(true)}>{text.runAgain}</Button>
    return (
      <Button look="danger" isPending={run.busy} onPress={() => run.run(true)}>
        {production ? text.confirmAgain : text.confirmAgainPlain}
      </Button>
    )
  }

  return (
    <Dialog
      title={text.title(definition.name)}
      about={about}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          {mainButton()}
          {unsavedJob && plan.open === null && plan.destination ? (
            <Button look="primary" isPending={deliver.busy} onPress={() => deliver.run(unsavedJob.id)}>
              {text.deliverThat}
            </Button>
          ) : null}
        </>
      }
    >
      <PlanFacts plan={plan} choosing={choose.busy} onChoose={() => choose.run()} />
      {warned && plan.again !== null && plan.open === null ? (
        <AgainWarning reason={plan.again} lastRun={plan.lastRun} production={production} />
      ) : null}
      {production && plan.open === null ? <p className="secondary">{text.consequence}</p> : null}
      {error ? <ErrorNote error={error} live /> : null}
    </Dialog>
  )
}
