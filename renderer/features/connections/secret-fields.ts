import type { AuthKind, SystemName } from '../../../preload/contract/words.ts'
import type { words } from '../../text.ts'

type FieldName = words.connections.FieldName

/** A way to sign in: the same kind asks for other secrets at another system. */
export type SignInKind = { readonly system: SystemName; readonly auth: AuthKind }

/**
 * Which secrets each kind of sign-in needs (docs of the command line, "Sign-in kinds"), in the order in which the kinds
 * are offered: what an administrator can get without anybody's help comes first.
 */
const fieldsOf: Record<SystemName, Partial<Record<AuthKind, readonly FieldName[]>>> = {
  concur: {
    'company-request-token': ['clientId', 'clientSecret', 'companyId', 'companyRequestToken'],
    'refresh-token': ['clientId', 'clientSecret', 'refreshToken'],
    'client-credentials': ['clientId', 'clientSecret'],
    password: ['clientId', 'clientSecret', 'username', 'password'],
    'access-token': ['accessToken', 'scheme'],
  },
  icws: { password: ['userId', 'password'] },
  vault: { password: ['username', 'password'], 'access-token': ['accessToken'] },
}

export const authKindsOf = (system: SystemName): readonly AuthKind[] =>
  // The table's own keys: nothing else can be among them.
  Object.keys(fieldsOf[system]) as AuthKind[]

/** Shown as dots while they are typed; the others are read aloud over a desk and must be seen. */
const hidden: ReadonlySet<FieldName> = new Set<FieldName>([
  'clientSecret',
  'refreshToken',
  'companyRequestToken',
  'password',
  'accessToken',
])

export type Secrets = Readonly<Record<string, string>>
export const secretFields = ({ system, auth }: SignInKind): readonly FieldName[] =>
  fieldsOf[system][auth] ?? []
export const isHidden = (field: FieldName): boolean => hidden.has(field)

/** Blanks come along when a secret is copied; a password may mean them. */
const typedAs = (field: FieldName, text: string): string => (field === 'password' ? text : text.trim())

/** The bundle for the bridge: the fields of this kind alone. */
export function secretsOf(kind: SignInKind, typed: Secrets): Secrets {
  return Object.fromEntries(
    secretFields(kind).map(field => [
      field,
      typedAs(field, typed[field] ?? (field === 'scheme' ? 'OAuth' : '')),
    ]),
  )
}

export const missingFields = (kind: SignInKind, typed: Secrets): readonly FieldName[] =>
  secretFields(kind).filter(field => secretsOf(kind, typed)[field] === '')
