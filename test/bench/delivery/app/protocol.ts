/** What the bench says to the app under it, one JSON line each, and what that answers. */
export type Command =
  | {
      readonly do: 'deliver'
      readonly url: string
      readonly folder: string
    }
  /** Begins to look how late a beat of 5 ms comes in the main thread. */
  | { readonly do: 'beat' }
  | { readonly do: 'still' }
  /** Asked for when the heart has stopped: reading a long receipt is no part of a delivery. */
  | { readonly do: 'receipt' }

export type Delivered = {
  readonly seconds: number
  readonly state: string
}

/** SHA-256 by name, as the receipt of the last delivery has them. */
export type Receipted = { readonly files: Readonly<Record<string, string>> }

/** How late each beat came, in milliseconds. */
export type Beats = { readonly lateMs: readonly number[] }

export type Answer = Delivered | Receipted | Beats | { readonly ready: true }
