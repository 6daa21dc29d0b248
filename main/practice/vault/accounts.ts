/** A user of the practice vault. All of it is made up. */
export type Account = Readonly<{
  id: number
  username: string
  password: string
  /** An API access token: long-lived, of one vault. */
  accessToken: string
  profile: 'vault_owner__v' | 'business_user__v'
  /** The vault that this user is let into, whatever is asked for. */
  vault: 'quality' | 'elsewhere'
}>

export const vaults = {
  quality: { id: 9001, name: 'Practice Quality' },
  elsewhere: { id: 9002, name: 'Practice Elsewhere' },
} as const

export const accounts = {
  owner: {
    id: 4711,
    username: 'avery.quill@practice.example',
    password: 'Practice makes 1 perfect',
    accessToken: 'veeva-vault-practice-owner-3b1f6c7e8d52',
    profile: 'vault_owner__v',
    vault: 'quality',
  },
  reader: {
    id: 4712,
    username: 'robin.tarn@practice.example',
    password: 'Practice makes 2 perfect',
    accessToken: 'veeva-vault-practice-reader-e7a2d9504c18',
    profile: 'business_user__v',
    vault: 'quality',
  },
  /** Not a user of the vault that is practised with: signed in to another one, without a word. */
  stray: {
    id: 4713,
    username: 'sky.moor@practice.example',
    password: 'Practice makes 3 perfect',
    accessToken: 'veeva-vault-practice-stray-90f5c1e8a264',
    profile: 'business_user__v',
    vault: 'elsewhere',
  },
} as const satisfies Record<string, Account>

export const allAccounts: readonly Account[] = Object.values(accounts)

export type VaultAuth = 'password' | 'access-token'
export type VaultSignIn = Readonly<Record<VaultAuth, Readonly<Record<string, string>>>>

/** Ready-to-use secrets objects, with the keys that the command line documents. */
export const signInOf = ({ username, password, accessToken }: Account): VaultSignIn => ({
  password: { username, password },
  'access-token': { accessToken },
})
