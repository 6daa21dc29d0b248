import type { OpenHttp } from '../../../main/adapters/http/open-http.ts'
import type { MemorySecrets } from '../../fakes/memory-secrets.ts'

export const userAgent = 'Extract Desk/1.0'

export type ElectronParts = OpenHttp & {
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
