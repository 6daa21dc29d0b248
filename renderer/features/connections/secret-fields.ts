import type { AuthKind } from '../../../preload/contract/words.ts'
import type { words } from '../../text.ts'

type FieldName = words.connections.FieldName

/** Which secrets a kind of sign-in at SAP Concur needs (docs of the command line, "Sign-in kinds"). */
const fieldsOf: Record<AuthKind, readonly FieldName[]> = {
  'company-request-token': ['clientId', 'clientSecret', 'companyId', 'companyRequestToken'],
  'refresh-token': ['clientId', 'clientSecret', 'refreshToken'],
  'client-credentials': ['clientId', 'clientSecret'],
  password: ['clientId', 'clientSecret', 'username', 'password'],
  'access-token': ['accessToken', 'scheme'],
}

/** In the order they are offered: what an administrator can get without anybody's help comes first. */
export const concurAuthKinds: readonly AuthKind[] = [
  'company-request-token',
  'refresh-token',
  'client-credentials',
  'password',
  'access-token',
]

/** Shown as dots while they are typed; the others are read aloud over a desk and must be seen. */
const hidden: ReadonlySet<FieldName> = new Set<FieldName>([
  'clientSecret',
  'refreshToken',
  'companyRequestToken',
  'password',
  'accessToken',
])

export type Secrets = Readonly<Record<string, string>>
export const secretFields = (auth: AuthKind): readonly FieldName[] => fieldsOf[auth]
export const isHidden = (field: FieldName): boolean => hidden.has(field)

/** The bundle for the bridge: the fields of this kind alone, without the blanks that copying leaves around. */
export function secretsOf(auth: AuthKind, typed: Secrets): Secrets {
  return Object.fromEntries(
    secretFields(auth).map(field => [field, (typed[field] ?? (field === 'scheme' ? 'OAuth' : '')).trim()]),
  )
}

export const missingFields = (auth: AuthKind, typed: Secrets): readonly FieldName[] =>
  secretFields(auth).filter(field => secretsOf(auth, typed)[field] === '')
