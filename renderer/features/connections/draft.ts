import type { NewConnection, OutputMap, StatusView } from '../../../preload/contract/types.ts'
import type { AuthKind, SystemName } from '../../../preload/contract/words.ts'
import { type TypedAddress, urlOf } from './address.ts'
import { authKindsOf, missingFields, type Secrets, secretsOf } from './secret-fields.ts'

/** A connection while it is being typed. */
export type Draft = {
  readonly system: SystemName
  readonly name: string
  readonly mark: 'production' | 'test'
  readonly address: TypedAddress
  readonly auth: AuthKind
  readonly secrets: Secrets
  readonly keep: 'keychain' | 'session'
  readonly outputMaps: readonly OutputMap[]
  /** The one certificate that the user trusts although nobody vouches for it. */
  readonly certificateSha256: string | null
}

/** Where secrets are kept unless the user says otherwise; what the keychain cannot keep is kept until quit. */
export const usualKeep = (keychain: StatusView['keychain']): Draft['keep'] =>
  keychain === 'ok' ? 'keychain' : 'session'

export const emptyDraft = (
  system: SystemName,
  dataCentre: string,
  keychain: StatusView['keychain'],
): Draft => ({
  system,
  name: '',
  mark: 'production',
  address: { dataCentre, ownUrl: '', server: '', port: '8019', vault: '' },
  auth: authKindsOf(system)[0] ?? 'password',
  secrets: {},
  keep: usualKeep(keychain),
  outputMaps: [],
  certificateSha256: null,
})

/** Files of these lie in folders of the server. */
const inFolders: ReadonlySet<SystemName> = new Set<SystemName>(['icws'])
export const hasFolders = (system: SystemName): boolean => inFolders.has(system)

/** Servers of these are the company's own, and often make their certificates themselves. */
const ownCertificates: ReadonlySet<SystemName> = new Set<SystemName>(['icws'])
export const mayPin = (system: SystemName): boolean => ownCertificates.has(system)

export const isWhole = ({ server, local }: OutputMap): boolean => server.trim() !== '' && local !== ''

export type Problem = 'name' | 'address' | 'secrets' | 'maps'

export function problemsOf(draft: Draft): readonly Problem[] {
  return [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(urlOf(draft.system, draft.address) === null ? (['address'] as const) : []),
    ...(missingFields(draft, draft.secrets).length > 0 ? (['secrets'] as const) : []),
    ...(draft.outputMaps.every(isWhole) ? [] : (['maps'] as const)),
  ]
}

/** The draft as main takes it; null while it has problems. */
export function newConnectionOf(draft: Draft): NewConnection | null {
  const url = urlOf(draft.system, draft.address)
  if (url === null || problemsOf(draft).length > 0) return null
  return {
    name: draft.name.trim(),
    system: draft.system,
    url,
    mark: draft.mark,
    auth: draft.auth,
    secrets: secretsOf(draft, draft.secrets),
    keep: draft.keep,
    ...(draft.outputMaps.length === 0 ? {} : { outputMaps: draft.outputMaps.map(trimmed) }),
    ...(draft.certificateSha256 === null ? {} : { certificateSha256: draft.certificateSha256 }),
  }
}

export const trimmed = ({ server, local }: OutputMap): OutputMap => ({ server: server.trim(), local })

/** Whether anything was typed that would be lost. */
export const isTyped = (draft: Draft): boolean =>
  draft.name !== '' ||
  draft.outputMaps.length > 0 ||
  Object.values(draft.secrets).some(secret => secret !== '') ||
  [draft.address.ownUrl, draft.address.server, draft.address.vault].some(text => text !== '')
