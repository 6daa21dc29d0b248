import { app } from 'electron'
import { isWindowPage } from '../core/policy/navigation.ts'

/** Keeps every page where it is: no other address, no second window, no webview. Tells `onRefused` what was tried. */
export function installNavigation(onRefused: (what: string) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }) => {
      if (event.isMainFrame && isWindowPage(event.url)) return
      event.preventDefault()
      onRefused('navigation')
    }
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', event => {
      event.preventDefault()
      onRefused('webview')
    })
    contents.setWindowOpenHandler(() => {
      onRefused('window')
      return { action: 'deny' }
    })
  })
}
