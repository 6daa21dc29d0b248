import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { goTo } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'

/** No connection yet: practise with one click, or connect the real system. */
export function FirstRunPage(): ReactElement {
  const mayPractise = useSettings(state => state.status.managed.practice)
  const practise = useAction(async () => {
    await desk.connections.practise()
    goTo({ screen: 'extracts' })
  })
  const text = words.shell.firstRun
  return (
    <Page title={text.title}>
      <div className="first-run">
        <p className="first-lead">{text.lead}</p>
        <div className="first-way">
          <p>{text.practiseWhat}</p>
          {mayPractise ? (
            <Button look="primary" isPending={practise.busy} onPress={() => practise.run()}>
              {text.practise}
            </Button>
          ) : (
            <p className="secondary">{text.practiceOff}</p>
          )}
        </div>
        <div className="first-way">
          <p>{text.connectWhat}</p>
          <Button onPress={() => goTo({ screen: 'add-connection' })}>{text.connect}</Button>
        </div>
        {practise.error ? <ErrorNote error={practise.error} live /> : null}
      </div>
    </Page>
  )
}
