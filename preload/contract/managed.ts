/** What IT has decided for this computer. */
export type ManagedView = {
  /** Settings that cannot be changed here. */
  readonly settings: readonly string[]
  readonly allowedHosts: readonly string[] | null
  readonly practice: boolean
  readonly connections: 'changeable' | 'fixed'
  readonly updates: 'off' | { readonly channel: string | null; readonly url: string | null }
  /** The parts of the policy that could not be read; `*`: the whole of it. */
  readonly unreadable: readonly string[]
}
