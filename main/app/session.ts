import type { App, ProxyConfig } from 'electron'
import type { ProxySettings } from '../../preload/contract/types.ts'
import type { SettingsService } from '../core/desk.ts'
import type { Events } from '../core/events.ts'

export type SessionParts = {
  /** All sessions that requests go through. */
  readonly sessions: { setProxy(config: ProxyConfig): Promise<void> }
  readonly settings: Pick<SettingsService, 'get'>
  readonly events: Pick<Events, 'subscribe'>
  /** A setting could not be applied; requests go on with the one before. */
  readonly onProblem: (error: unknown) => void
}

/**
 * Before the app is ready: what holds for every session, the window's too.
 *
 * Certificates are decided by the computer: nothing here says yes to one that it does not trust, and elsewhere only
 * adapters/http does, to the one that the user pinned for a connection.
 */
export function prepareSession(app: App): void {
  // QUIC may send a request again on its own when the connection breaks, and companies often block it anyway.
  app.commandLine.appendSwitch('disable-quic')
  // A session with languages fetches dictionaries from Google as soon as it is made.
  app.on('session-created', session => session.setSpellCheckerLanguages([]))
  // Otherwise Electron shows the first client certificate it finds to whoever asks.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
}

/** Once the app is ready: the proxy of the settings, now and whenever they change. */
export async function installSession({
  sessions,
  settings,
  events,
  onProblem,
}: SessionParts): Promise<() => void> {
  let applied = ''
  const apply = async () => {
    const { proxy } = await settings.get()
    const wanted = JSON.stringify(proxy)
    if (wanted === applied) return
    await sessions.setProxy(proxyConfigOf(proxy))
    applied = wanted
  }
  let last = apply()
  await last
  return events.subscribe(event => {
    if (event.kind === 'settings-changed') last = last.then(apply).catch(onProblem)
  })
}

/** The settings in Electron's words. */
function proxyConfigOf(proxy: ProxySettings): ProxyConfig {
  switch (proxy.mode) {
    case 'system':
      return { mode: 'system' }
    case 'direct':
      return { mode: 'direct' }
    case 'pac':
      return { mode: 'pac_script', pacScript: proxy.url }
    case 'fixed':
      return { mode: 'fixed_servers', proxyRules: proxy.server, proxyBypassRules: proxy.bypass }
  }
}
