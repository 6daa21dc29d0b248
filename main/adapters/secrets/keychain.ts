/** The OS keychain as it is: one short text an account. */
export interface Keychain {
  /** Null: no such account. */
  get(account: string): Promise<string | null>
  set(account: string, text: string): Promise<void>
  /** False: there was none. */
  delete(account: string): Promise<boolean>
}

/** One call to the process that talks to the keychain, and its answer. */
export type KeychainCall =
  | { readonly id: number; readonly operation: 'get' | 'delete'; readonly account: string }
  | { readonly id: number; readonly operation: 'set'; readonly account: string; readonly text: string }
export type KeychainReply =
  | { readonly id: number; readonly ok: true; readonly value: string | boolean | null }
  | { readonly id: number; readonly ok: false; readonly said: string }
