import type { ReactElement } from 'react'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { goTo } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'
import { FixedNote, Section } from './section.tsx'

const text = upkeep.practice

export function PracticeSection(): ReactElement {
  const { practice, managed } = useSettings(state => state.status)
  const practise = useAction(async () => {
    await desk.connections.practise()
    goTo({ screen: 'connections' })
  })
  return (
    <Section id="practice" title={text.title}>
      <p className="field-what">{text.what}</p>
      {managed.practice ? null : <p>{text.off}</p>}
      <FixedNote fixed={!managed.practice} />
      {practice ? <p>{text.running}</p> : null}
      {managed.practice ? (
        <div>
          {practice ? (
            <Button onPress={() => goTo({ screen: 'connections' })}>{text.connections}</Button>
          ) : (
            <Button isPending={practise.busy} onPress={() => practise.run()}>
              {text.practise}
            </Button>
          )}
        </div>
      ) : null}
      {practise.error ? <ErrorNote error={practise.error} live /> : null}
    </Section>
  )
}
