import type { ProxyConfig } from 'electron'
import { type ProxyAccount, ProxySignIn } from '../../core/policy/proxy-sign-in.ts'
import type { Http } from '../../core/ports.ts'
import { CertificateFindings } from './certificates.ts'
import { ElectronHttp } from './electron-http.ts'
import { HttpSessions } from './http-sessions.ts'

export type HttpOptions = {
  readonly userAgent: string
  /** Where the proxy's credentials are kept. */
  readonly proxyAccount: ProxyAccount
  /** Requests of one name share connections and proxy; Electron keeps its sessions as long as the app lives. */
  readonly name?: string
}

export type OpenHttp = {
  readonly http: Http
  /** For main/app/session.ts, which applies the settings. */
  readonly sessions: { setProxy(config: ProxyConfig): Promise<void> }
}

/** The port Http with all that belongs to it. Usable once the app is ready. */
export function openHttp({ userAgent, proxyAccount, name = 'extract-desk-http' }: HttpOptions): OpenHttp {
  const certificates = new CertificateFindings()
  const sessions = new HttpSessions(name, session => {
    session.setUserAgent(userAgent)
    certificates.watch(session)
  })
  const proxySignIn = new ProxySignIn(proxyAccount, () => sessions.forgetSignIns())
  return { http: new ElectronHttp({ sessions, certificates, proxySignIn }), sessions }
}
