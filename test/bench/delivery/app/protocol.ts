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

export type Delivered = {
  readonly seconds: number
  readonly state: string
  /** SHA-256 by name, as the receipt has them. */
  readonly files: Readonly<Record<string, string>>
}

/** How late each beat came, in milliseconds. */
export type Beats = { readonly lateMs: readonly number[] }

export type Answer = Delivered | Beats | { readonly ready: true }
