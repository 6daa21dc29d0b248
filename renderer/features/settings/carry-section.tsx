import { type ReactElement, useState } from 'react'
import type { ImportDone, ImportPlan } from '../../../preload/contract/settings-file.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Section } from './section.tsx'

const text = upkeep.carry

/** Settings as a file: out of here, or into here after a look at what that would do. */
export function CarrySection(): ReactElement {
  const [plan, setPlan] = useState<ImportPlan | null>(null)
  const save = useAction(() => desk.settings.exportFile())
  const done = useAction(async (): Promise<ImportDone> => {
    const imported = await desk.settings.importChosen()
    setPlan(null)
    return imported
  })
  const choose = useAction(async () => {
    setPlan(null)
    setPlan(await desk.settings.chooseImport())
  })
  const error = save.error ?? choose.error ?? done.error
  return (
    <Section id="carry" title={text.title}>
      <p className="field-what">{text.what}</p>
      <div className="folder-line">
        <Button isPending={save.busy} onPress={() => save.run()}>
          {text.export}
        </Button>
        <Button isPending={choose.busy} onPress={() => choose.run()}>
          {text.import}
        </Button>
      </div>
      {error ? <ErrorNote error={error} live /> : null}
      {plan ? (
        <div className="import-plan">
          <h3 className="breakable">{text.would(plan.file)}</h3>
          <PlanFacts plan={plan} />
          <p className="field-what">{text.undo}</p>
          <div className="form-actions">
            <Button look="primary" isPending={done.busy} onPress={() => done.run()}>
              {text.confirm}
            </Button>
            <Button onPress={() => setPlan(null)}>{text.cancel}</Button>
          </div>
        </div>
      ) : null}
      <div role="status" className="breakable">
        {save.result ? <p>{text.exported(save.result)}</p> : null}
        {done.result && !plan ? (
          <>
            <p>{text.done}</p>
            <p className="field-what">{text.before(done.result.before)}</p>
          </>
        ) : null}
      </div>
    </Section>
  )
}

function PlanFacts({ plan }: { readonly plan: ImportPlan }): ReactElement {
  const { connections, definitions, schedules, left } = plan
  const facts = [
    { name: text.connectionsAdded, names: connections.added },
    { name: text.connectionsKept, names: connections.kept },
    { name: text.definitionsAdded, names: definitions.added },
    { name: text.definitionsReplaced, names: definitions.replaced },
    { name: text.schedulesAdded, names: schedules.added },
    { name: text.schedulesReplaced, names: schedules.replaced },
  ].filter(({ names }) => names.length > 0)
  return (
    <>
      {facts.length === 0 ? <p>{text.nothing}</p> : null}
      {facts.map(({ name, names }) => (
        <div key={name}>
          <p className="secondary">{name}</p>
          <ul className="breakable">
            {names.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      ))}
      <p className="field-what">{text.left(left)}</p>
    </>
  )
}
