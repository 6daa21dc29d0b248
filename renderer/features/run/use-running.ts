import { useState } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { DefinitionView, RunPlan } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { type Action, useAction } from '../../ui/use-action.ts'
import { type Answer, useAnswer } from '../../ui/use-answer.ts'
import { newDestination } from '../extracts/destination.ts'
import { type Step, stepOf, unsavedRun } from './step.ts'

export type Running = {
  readonly plan: Answer<RunPlan>
  readonly step: Step
  readonly warn: () => void
  readonly start: Action<[again: boolean], void>
  readonly deliver: Action<[jobId: string], void>
  readonly choose: Action<[], void>
  readonly error: ErrorView | null
  /** The run whose files were never saved and still could be. */
  readonly unsavedJobId: string | null
}

export function useRunning(definition: DefinitionView, onClose: () => void): Running {
  const [warned, setWarned] = useState(false)
  const plan = useAnswer(definition.id, () => desk.jobs.plan(definition.id))
  const start = useAction(async (again: boolean) => {
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
    const destination =
      plan.value?.destination ?? newDestination(folder, useSettings.getState().settings.defaultName)
    await desk.definitions.saveDestination(definition.id, { ...destination, folder })
    plan.again()
  })
  return {
    plan,
    step: stepOf(plan.value, warned),
    warn: () => setWarned(true),
    start,
    deliver,
    choose,
    error: start.error ?? deliver.error ?? choose.error,
    unsavedJobId: plan.value ? unsavedRun(plan.value) : null,
  }
}
