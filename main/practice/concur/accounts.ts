import type { Region } from './world.ts'

/** A user and the company that stand behind one set of sign-in data. All of it is made up. */
export type Account = Readonly<{
  name: string
  region: Region
  username: string
  password: string
  companyId: string
  companyRequestToken: string
  /** A token of the old kind, for `Authorization: OAuth …`. It never expires. */
  legacyToken: string
  /** The refresh token that exists from the first start. */
  refreshToken: string
}>

export const client = {
  id: '5e3d1c0a-90b7-4c11-8a4e-7f0d2b6c9a10',
  secret: '0c2f8d4e-11aa-4b7e-9d35-3a6e5f7c8b92',
} as const

export const accounts: readonly Account[] = [
  {
    name: 'home',
    region: 'home',
    username: 'avery.quill@practice.example',
    password: 'Practice makes 1 perfect',
    companyId: '9f2b7c55-2d0e-4f63-b1a8-6c4e0d9a7f21',
    companyRequestToken: 'at-practice-home-request-token',
    legacyToken: 'practice-legacy-token-home',
    refreshToken: '3b1f6c7e-8d52-4a90-9e14-c05d2a7f6b38',
  },
  {
    name: 'elsewhere',
    region: 'elsewhere',
    username: 'robin.tarn@practice.example',
    password: 'Practice makes 2 perfect',
    companyId: 'c41d8e0f-7a36-4b92-8f05-19e3d6b2a874',
    companyRequestToken: 'at-practice-elsewhere-request-token',
    legacyToken: 'practice-legacy-token-elsewhere',
    refreshToken: 'e7a2d950-4c18-4f6b-b3d7-90f5c1e8a264',
  },
]

export type ConcurAuth =
  | 'refresh-token'
  | 'company-request-token'
  | 'client-credentials'
  | 'password'
  | 'access-token'

export type SignIn = Readonly<Record<ConcurAuth, Readonly<Record<string, string>>>>

/** Ready-to-use secrets objects, one for each `--auth` kind, with the keys that the command line documents. */
export function signInOf(account: Account): SignIn {
  const app = { clientId: client.id, clientSecret: client.secret }
  return {
    'refresh-token': { ...app, refreshToken: account.refreshToken },
    'company-request-token': {
      ...app,
      companyId: account.companyId,
      companyRequestToken: account.companyRequestToken,
    },
    'client-credentials': app,
    password: { ...app, username: account.username, password: account.password },
    'access-token': { accessToken: account.legacyToken, scheme: 'OAuth' },
  }
}
