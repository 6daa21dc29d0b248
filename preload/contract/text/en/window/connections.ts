/** Connections: the list, one of them, adding one, signing in. */
import type { AuthKind, ConnectionMark } from '../../../words.ts'
import { counted, days } from '../figures.ts'

export const columns = {
  name: 'Connection',
  system: 'System',
  mark: 'Mark',
  signIn: 'Sign-in',
  expires: 'Expires',
  secrets: 'Secrets',
  address: 'Address',
} as const
export const tableOf = 'Connections'
export const add = 'Add connection…'
export const practise = 'Practise…'
export const definitions = (n: number): string => counted(n, { one: 'definition', other: 'definitions' })
export const secrets = {
  keychain: 'In the keychain',
  session: 'Until you quit',
  none: 'None on this computer',
} as const
export const noExpiry = 'Not stated'
export const expired = 'expired'
export const expiresIn = (n: number): string => (n < 1 ? 'today' : `in ${days(n)}`)

export const page = {
  signIn: 'Sign in…',
  test: 'Test',
  testing: 'Testing…',
  tested: 'Signed in, and its definitions were read.',
  remove: 'Remove…',
  system: 'System',
  kind: 'Kind of sign-in',
  address: 'Address',
  state: 'Sign-in',
  expires: 'Expires',
  secrets: 'Secrets',
  definitions: 'Definitions',
} as const

export const removeDialog = {
  title: (name: string): string => `Remove ${name}?`,
  what: 'Its secrets are deleted from this computer, and nothing is run or delivered for it any more. Its history, receipts and delivered files stay.',
  confirm: 'Remove connection',
} as const

export const signInDialog = {
  title: (name: string): string => `Sign in to ${name}`,
  once: 'The sign-in is tried once. If the system refuses it, it is not tried again until you enter something new.',
  confirm: 'Sign in',
} as const

export const steps = {
  label: 'Steps',
  system: 'System',
  signIn: 'Sign in',
  check: 'Check',
  extracts: 'Extracts and folders',
} as const
export const stepOf = (n: number, all: number): string => `Step ${n} of ${all}`

export const form = {
  title: 'Add a connection',
  next: 'Next',
  check: 'Sign in and save',
  checking: 'Signing in…',
  name: 'Name',
  nameWhat: 'How it is called here, for example “Acme US”.',
  mark: 'What is it?',
  marks: {
    production: 'Production',
    test: 'Test',
  } satisfies Partial<Record<ConnectionMark, string>>,
  marksWhat: {
    production: 'Real accounting data. Running again asks twice.',
    test: 'A sandbox or implementation site. Shown with a blue line.',
  } satisfies Partial<Record<ConnectionMark, string>>,
  address: 'Address of your data centre',
  addressWhat: 'Concur: the “geolocation” or “base URI” your administrator was given with the app.',
  otherAddress: 'Another address…',
  ownAddress: 'Address',
  ownAddressWhat: 'Begins with https://',
  kind: 'Kind of sign-in',
  keep: 'Keep the secrets',
  keeps: { keychain: 'In this computer’s keychain', session: 'In memory, until I quit' },
  keepsWhat: {
    keychain: 'Jobs are watched and delivered without asking again.',
    session: 'For shared computers, and where the keychain does not last.',
  },
  needed: 'Fill this in.',
  httpsOnly: 'The address must begin with https:// and name only the host.',
} as const

/** The check of a new connection: its steps, and how each of them ended. */
export const check = {
  label: 'Check',
  steps: { reach: 'Reach', certificate: 'Certificate', signIn: 'Sign-in', rights: 'Rights' },
  results: {
    waiting: 'Waiting',
    unchecked: 'Not checked',
    unknown: 'Not known: the system gave no usable answer',
    passed: {
      reach: 'The system answers',
      certificate: 'Valid',
      signIn: 'Accepted',
      rights: 'The definitions can be read',
    },
    failed: {
      reach: 'The system cannot be reached',
      certificate: 'Not accepted',
      signIn: 'Not accepted',
      rights: 'Something is missing',
    },
  },
} as const

export const systemStep = {
  concur: 'SAP Concur',
  concurWhat: 'Expense extracts of Concur Professional, through the Extract API.',
} as const

export const extractsStep = {
  lead: (n: number): string =>
    `Signed in. ${counted(n, { one: 'definition was', other: 'definitions were' })} found. Choose where the files of each should go, or do it later.`,
  none: 'Signed in. The system lists no definitions for this account.',
  definition: 'Definition',
  folder: 'Folder',
  choose: 'Choose…',
  chooseOf: (definition: string): string => `Choose the folder for ${definition}`,
  later: 'Not chosen yet',
  done: 'Go to Extracts',
} as const

export const kinds: Record<AuthKind, { readonly name: string; readonly what: string }> = {
  'company-request-token': {
    name: 'Company request token',
    what: 'Made by an administrator in Concur, valid for 24 hours; it is exchanged for a lasting sign-in.',
  },
  'refresh-token': {
    name: 'Refresh token',
    what: 'For apps that already have one. Valid for six months, renewed with each use.',
  },
  'client-credentials': {
    name: 'Client credentials',
    what: 'The app signs in as itself, without a user or company token.',
  },
  password: {
    name: 'User name and password',
    what: 'For accounts that do not sign in through the company’s own page (SSO).',
  },
  'access-token': {
    name: 'Access token',
    what: 'A token made elsewhere. It cannot be renewed and usually lasts an hour.',
  },
}

const appManagement =
  'Concur: Administration › Company › Authentication Admin › OAuth 2.0 Application Management'
const requestToken = 'Concur: Administration › Company › Authentication Admin › Company Request Token'

/** Each secret: its name, and where its value is found. */
export const fields = {
  clientId: { label: 'Client id', where: appManagement },
  clientSecret: {
    label: 'Client secret',
    where: `${appManagement}. Shown once, when the app was made.`,
  },
  refreshToken: {
    label: 'Refresh token',
    where: 'From the app’s first sign-in; whoever set up the app keeps it.',
  },
  companyId: { label: 'Company id', where: `${requestToken}. Shown beside the token as “Company UUID”.` },
  companyRequestToken: {
    label: 'Company request token',
    where: `${requestToken}. Valid for 24 hours after it was made.`,
  },
  username: { label: 'User name', where: 'The login of a user with the role Web Services Administrator.' },
  password: { label: 'Password', where: 'Of the same user.' },
  accessToken: { label: 'Access token', where: 'From the tool that made it.' },
  scheme: { label: 'Token type', where: 'OAuth for older tokens, Bearer for those of OAuth 2.0.' },
} as const
export type FieldName = keyof typeof fields
export const schemes = { OAuth: 'OAuth', Bearer: 'Bearer' } as const

/** Concur’s data centres: https addresses that never ask for a client certificate. */
export const dataCentres = [
  { url: 'https://www-us2.api.concursolutions.com', name: 'United States (us2)' },
  { url: 'https://www-eu2.api.concursolutions.com', name: 'Europe (eu2)' },
  { url: 'https://www-apj1.api.concursolutions.com', name: 'Asia Pacific and Japan (apj1)' },
  { url: 'https://www-usg.api.concursolutions.com', name: 'US government (usg)' },
  { url: 'https://www-us-impl.api.concursolutions.com', name: 'Implementation, United States (us-impl)' },
  { url: 'https://www-emea-impl.api.concursolutions.com', name: 'Implementation, Europe (emea-impl)' },
] as const
