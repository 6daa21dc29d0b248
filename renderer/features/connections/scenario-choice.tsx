import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'

const text = words.practice

/** What the built-in simulator does; nothing where this connection is not to it. */
export function ScenarioChoice({ connectionId }: { readonly connectionId: string }): ReactElement | null {
  const runs = useSettings(state => state.status.practice)
  // Asked again when the simulator begins to run, which at a start of the app comes a little after the window.
  const { value, error } = useAnswer(`${connectionId} ${runs}`, () => desk.practice.scenario(connectionId))
  const choose = useAction(desk.practice.choose)
  const trouble = choose.error ?? error
  const now = choose.result ?? value
  return (
    <>
      {trouble ? <ErrorNote error={trouble} live /> : null}
      {now ? (
        <Choice
          label={text.scenario}
          what={text.scenarioWhat}
          options={now.offered.map(id => ({ id, ...text.scenarios[id] }))}
          value={now.scenario}
          onChange={scenario => void choose.run(connectionId, scenario)}
          listed
        />
      ) : null}
    </>
  )
}
