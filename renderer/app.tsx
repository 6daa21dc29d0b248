import { type ReactElement, useLayoutEffect } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Frame } from './features/shell/frame.tsx'
import { useSettings } from './stores/settings.ts'
import { words } from './text.ts'
import { Button } from './ui/button.tsx'
import { ErrorNote } from './ui/error-note.tsx'
import { SkeletonRows } from './ui/skeleton.tsx'

/** Nothing is drawn of an unknown state: the frame stands when the mirror does. */
export function App({ onRetry }: { readonly onRetry: () => void }): ReactElement {
  const mirror = useSettings(state => state.mirror)
  useLook()
  return (
    <I18nProvider locale="en-GB">
      {mirror === 'live' ? <Frame /> : <Waiting mirror={mirror} onRetry={onRetry} />}
    </I18nProvider>
  )
}

type WaitingProps = {
  readonly mirror: Exclude<ReturnType<typeof useSettings.getState>['mirror'], 'live'>
  readonly onRetry: () => void
}

function Waiting({ mirror, onRetry }: WaitingProps): ReactElement {
  return (
    <main className="waiting">
      {mirror === 'loading' ? (
        <SkeletonRows rows={8} label={words.shell.loading} />
      ) : (
        <>
          <h1>{words.shell.failed}</h1>
          <ErrorNote error={mirror.failed} live>
            <Button look="primary" onPress={onRetry}>
              {words.shell.tryAgain}
            </Button>
          </ErrorNote>
        </>
      )}
    </main>
  )
}

/** Theme and density stand on the root element, where the tokens look for them (styles/tokens.css). */
function useLook(): void {
  const theme = useSettings(state => state.settings.theme)
  const density = useSettings(state => state.settings.density)
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
    dataset.density = density
  }, [theme, density])
}
