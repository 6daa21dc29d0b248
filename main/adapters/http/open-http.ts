import type { ProxyConfig } from 'electron'
import type { Network } from '../../core/doctor/types.ts'
import { type ProxyAccount, ProxySignIn } from '../../core/policy/proxy-sign-in.ts'
import type { Http } from '../../core/ports.ts'
import { CertificateFindings } from './certificates.ts'
import { ElectronHttp } from './electron-http.ts'
import { HttpSessions } from './http-sessions.ts'
import { networkOf } from './network.ts'

export type HttpOptions = {
  readonly userAgent: string
  /** Where the proxy's credentials are kept. */
  readonly proxyAccount: ProxyAccount
  /** Requests of one name share connections and proxy; Electron keeps its sessions as long as the app lives. */
  readonly name?: string
}

export type OpenHttp = {
  readonly http: Http
  /** For the network doctor: what the sessions of these requests know. */
  readonly network: Network
  /** For main/app/session.ts, which applies the settings. */
  readonly sessions: { setProxy(config: ProxyConfig): Promise<void> }
}

/** The port Http with all that belongs to it. Usable once the app is ready. */
export function openHttp({ userAgent, proxyAccount, name = 'extract-desk-http' }: HttpOptions): OpenHttp {
  const certificates = new CertificateFindings()
  const pools = new Map<string | null, HttpSessions>()
  let proxy: ProxyConfig | null = null

  /**
   * A pinned certificate is trusted by sessions of its own, in which nothing is sent but what its connection sends: what
   * one connection trusts, no other one does.
   */
  async function poolOf(pinned: string | null): Promise<HttpSessions> {
    const known = pools.get(pinned)
    if (known) return known
    const pool = new HttpSessions(pinned === null ? name : `${name}-pinned-${pinned}`, session => {
      session.setUserAgent(userAgent)
      certificates.watch(session, pinned)
    })
    pools.set(pinned, pool)
    if (proxy) await pool.setProxy(proxy)
    return pool
  }

  const proxySignIn = new ProxySignIn(proxyAccount, async () => {
    await Promise.all([...pools.values()].map(pool => pool.forgetSignIns()))
  })
  return {
    http: new ElectronHttp({ sessionsFor: poolOf, certificates, proxySignIn }),
    network: networkOf(async () => (await (await poolOf(null)).shared()).session, certificates),
    sessions: {
      async setProxy(config) {
        proxy = config
        await Promise.all([...pools.values()].map(pool => pool.setProxy(config)))
      },
    },
  }
}
