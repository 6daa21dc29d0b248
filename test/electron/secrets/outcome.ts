import type { SecretBundle } from '../../../main/core/ports.ts'
import type { ErrorView } from '../../../preload/contract/errors.ts'

export const account = 'profile-1/connection-1'
/** Longer than one entry of Windows' Credential Manager. */
export const bundle: SecretBundle = { clientId: 'Übung', refreshToken: 'eyJ'.repeat(2_000) }

/** What a case of the harness tells. */
export type Outcome = {
  readonly before?: SecretBundle | null
  readonly after?: SecretBundle | null
  readonly error?: ErrorView | null
  readonly health: 'ok' | 'unavailable'
  readonly turns?: number
}
