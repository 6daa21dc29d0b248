import type { NewConnection, StatusView } from '../../../preload/contract/types.ts'
import type { AuthKind } from '../../../preload/contract/words.ts'
import { missingFields, type Secrets, secretsOf } from './secret-fields.ts'

/** A connection while it is being typed. */
export type Draft = {
  readonly name: string
  readonly mark: 'production' | 'test'
  /** One of the known data centres, or `other` with an address of its own. */
  readonly dataCentre: string
  readonly ownUrl: string
  readonly auth: AuthKind
  readonly secrets: Secrets
  readonly keep: 'keychain' | 'session'
}

export const OTHER = 'other'

/** Where secrets are kept unless the user says otherwise; what the keychain cannot keep is kept until quit. */
export const usualKeep = (keychain: StatusView['keychain']): Draft['keep'] =>
  keychain === 'ok' ? 'keychain' : 'session'

const addressOf = (draft: Draft): string =>
  draft.dataCentre === OTHER ? draft.ownUrl.trim().replace(/\/+$/, '') : draft.dataCentre

/** An origin by https and nothing behind it: a token is sent there. Main checks again. */
export function isAddress(url: string): boolean {
  const address = url.trim().replace(/\/+$/, '')
  return (
    URL.canParse(address) &&
    address.startsWith('https://') &&
    new URL(address).origin === address.toLowerCase()
  )
}

export type Problem = 'name' | 'address' | 'secrets'

export function problemsOf(draft: Draft): readonly Problem[] {
  return [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(draft.dataCentre === OTHER && !isAddress(draft.ownUrl) ? (['address'] as const) : []),
    ...(missingFields(draft.auth, draft.secrets).length > 0 ? (['secrets'] as const) : []),
  ]
}

export const newConnectionOf = (draft: Draft): NewConnection => ({
  name: draft.name.trim(),
  system: 'concur',
  url: addressOf(draft),
  mark: draft.mark,
  auth: draft.auth,
  secrets: secretsOf(draft.auth, draft.secrets),
  keep: draft.keep,
})
