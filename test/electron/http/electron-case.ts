import type { HttpSessions } from '../../../main/adapters/http/http-sessions.ts'
import type { Http } from '../../../main/core/ports.ts'
import type { MemorySecrets } from '../../fakes/memory-secrets.ts'

export type ElectronParts = {
  readonly http: Http
  readonly sessions: HttpSessions
  /** Where the credentials of a proxy are kept, under `proxy`. */
  readonly secrets: MemorySecrets
}

/** One thing that the real adapter must do, run inside Electron; `open` makes an adapter on sessions of its own. */
export type ElectronCase = {
  readonly name: string
  readonly run: (open: () => ElectronParts) => Promise<void>
}

/** How a case ended: null, or what went wrong. */
export type CaseResult = { readonly name: string; readonly error: string | null }
