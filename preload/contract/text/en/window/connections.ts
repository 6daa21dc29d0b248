/** Connections: the list, one of them, adding one, signing in. */
import type { AuthKind, ConnectionMark, SystemName } from '../../../words.ts'
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
  about: 'Sign-in',
  signIn: 'Sign in…',
  test: 'Test',
  testing: 'Testing…',
  tested: 'Signed in, and the account may do what extracts need.',
  remove: 'Remove…',
  doctor: 'Network doctor',
  doctorHelps: 'Find out why…',
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
  nameWhat: 'What it is called here, for example “Acme US”.',
  mark: 'What is it?',
  marks: {
    production: 'Production',
    test: 'Test',
  } satisfies Partial<Record<ConnectionMark, string>>,
  marksWhat: {
    production: 'Real accounting data. Running again asks twice.',
    test: 'A sandbox or implementation site. Shown with a blue line.',
  } satisfies Partial<Record<ConnectionMark, string>>,
  server: 'Server',
  serverWhat:
    'The IC server or its session manager, as IT names it, for example ic-a.acme.local. Behind a web proxy: its whole address, beginning with https://',
  port: 'Port',
  portWhat: 'Usually 8019. 8018 is without encryption and is not used.',
  vaultAddress: 'Address of the vault',
  vaultAddressWhat:
    'As the browser shows it when you are in this vault, for example acme-quality.veevavault.com',
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
  noServer: 'A server’s name, without blanks, and a port between 1 and 65535.',
  noVault: 'A host such as acme-quality.veevavault.com',
} as const

/** Folders of the server, and where they lie for this computer. */
export const maps = {
  label: 'Folders of the server',
  what: 'A finished job names its folder as the server sees it. Say where that lies for this computer; what is below it is found by itself. Its files are copied, never changed or removed.',
  server: 'As the server names it',
  serverWhat:
    'For example \\\\ic-a\\extracts or D:\\I3\\Extracts. Interaction Administrator: System Configuration › Data Extractor.',
  local: 'Where it lies for this computer',
  none: 'None chosen yet',
  choose: 'Choose…',
  chooseOf: (n: number): string => `Choose… the folder of line ${n}`,
  add: 'Add a folder',
  remove: 'Remove',
  removeOf: (n: number): string => `Remove line ${n}`,
  incomplete: 'Fill in both sides, or remove the line.',
  noneYet: 'None. Jobs can be run and watched; their files cannot be reached yet.',
  change: 'Folders of the server…',
  dialog: (connection: string): string => `Folders of the server of ${connection}`,
  save: 'Save folders',
} as const

/** A certificate that nobody vouches for. */
export const certificate = {
  title: 'Nobody vouches for this certificate',
  what: 'Many IC servers make their own. Ask whoever looks after the server to read its fingerprint to you; trust it only where both are the same.',
  server: 'Server',
  subject: 'Issued to',
  issuer: 'Issued by',
  valid: 'Valid',
  validity: (from: string, until: string): string => `from ${from} to ${until}`,
  fingerprint: 'SHA-256 fingerprint',
  same: 'The fingerprint is the same as at the server',
  trust: 'Trust exactly this certificate',
  trustWhat:
    'For this connection alone. If the server shows another one later, nothing is sent to it before you are asked again.',
  pinned: 'Certificate',
  pinnedWhat: 'This one alone is trusted',
  forget: 'Do not trust it any more',
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
      rights: 'The account may do what extracts need',
    },
    failed: {
      reach: 'The system cannot be reached',
      certificate: 'Not accepted',
      signIn: 'Not accepted',
      rights: 'Something is missing',
    },
  },
} as const

/** The systems as they are chosen: what comes from each, and what has to be at hand. */
export const systemStep: Record<SystemName, { readonly name: string; readonly what: string }> = {
  concur: {
    name: 'SAP Concur',
    what: 'Expense extracts of Concur Professional or Standard, through the Extract API. At hand: the app’s client id and secret, and a company request token.',
  },
  icws: {
    name: 'Genesys PureConnect',
    what: 'Extracts of the data extractor, through ICWS. At hand: the name of the IC server, a user with the right to it, and where the server’s output folders lie for this computer.',
  },
  vault: {
    name: 'Veeva Vault',
    what: 'Documents, binders, Direct Data, object extracts and scheduled jobs. At hand: the address of the vault, and a user or an API access token.',
  },
}

export const extractsStep = {
  lead: (n: number): string =>
    `Signed in. ${counted(n, { one: 'definition was', other: 'definitions were' })} found. Choose where the files of each should go, or do it later.`,
  none: 'Signed in. The system lists no definitions for this account.',
  noneKept:
    'Signed in, and saved. What is to be extracted is kept here, not at the system: make the first definition.',
  definition: 'Definition',
  folder: 'Folder',
  choose: 'Choose…',
  chooseOf: (definition: string): string => `Choose the folder for ${definition}`,
  later: 'Not chosen yet',
  done: 'Go to Extracts',
} as const

type Kind = { readonly name: string; readonly what: string }

/** The kinds of sign-in that each system has. */
export const kinds: Record<SystemName, Partial<Record<AuthKind, Kind>>> = {
  concur: {
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
  },
  icws: {
    password: { name: 'User id and password', what: 'A user of the IC server, not of Windows.' },
  },
  vault: {
    password: {
      name: 'User name and password',
      what: 'For users who do not sign in through the company’s own page (SSO). A session lasts 48 hours at most and is renewed by itself.',
    },
    'access-token': {
      name: 'API access token',
      what: 'Made in Vault for one user and one vault; it lasts until it is revoked.',
    },
  },
}
export const kindOf = (system: SystemName, auth: AuthKind): Kind =>
  kinds[system][auth] ?? { name: auth, what: '' }

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
  username: {
    label: 'User name',
    where:
      'The login of a user with the role Web Services Administrator (Concur Professional) or Can Administer (Standard).',
  },
  userId: { label: 'User id', where: 'Interaction Administrator: People › Users, the name of the entry.' },
  password: { label: 'Password', where: 'Of the same user.' },
  accessToken: { label: 'Access token', where: 'From the tool that made it.' },
  scheme: { label: 'Token type', where: 'OAuth for older tokens, Bearer for those of OAuth 2.0.' },
} as const
export type FieldName = keyof typeof fields

/** Where a value is found that several systems have under one name. */
const elsewhere: Partial<Record<SystemName, Partial<Record<FieldName, string>>>> = {
  icws: {
    password:
      'Of the same user, who needs the right Data Extractor: Interaction Administrator, the user’s Security › Administrator Access.',
  },
  vault: {
    username:
      'Vault: Admin › Users & Groups › Vault Users, for example fin.batch@acme.com. The user needs API access and, for files, Application: File Staging: Access.',
    accessToken: 'Vault: the user’s profile › API Access Tokens. Shown once, when it was made.',
  },
}
export const whereOf = (system: SystemName, field: FieldName): string =>
  elsewhere[system]?.[field] ?? fields[field].where
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
