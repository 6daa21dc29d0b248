import type { KeptRequest } from '../system.ts'

/** A JSON object as it came, before anything is made of it. */
export type Fields = Readonly<Record<string, unknown>>

/** An answer that Vault does not call a failure. */
export type Envelope = {
  readonly fields: Fields
  /** What a WARNING says, in its own words. */
  readonly warnings: readonly string[]
  readonly correlationId: string
}

export const extractTypes = ['incremental_directdata', 'full_directdata', 'log_directdata'] as const
export type ExtractType = (typeof extractTypes)[number]

export const periods = ['yesterday', 'last-week', 'last-month'] as const
export type Period = (typeof periods)[number]

/** What a definition asks of a vault (cli.md, Request files). */
export type VaultRequest =
  | {
      readonly kind: 'documents'
      readonly documents?: readonly { readonly id: string }[] | undefined
      readonly query?: string | undefined
      readonly source: boolean
      readonly renditions: boolean
      readonly allversions: boolean
      readonly text: boolean
    }
  | {
      readonly kind: 'versions'
      readonly versions: readonly { readonly id: string; readonly major: string; readonly minor: string }[]
    }
  | { readonly kind: 'binder'; readonly binder: string }
  | {
      readonly kind: 'direct-data'
      readonly extractType: ExtractType
      readonly startTime?: string | undefined
      readonly stopTime?: string | undefined
      readonly period?: Period | undefined
    }
  | {
      readonly kind: 'loader'
      readonly objects: readonly {
        readonly object: string
        readonly fields: readonly string[]
        readonly where?: string | undefined
      }[]
    }
  | { readonly kind: 'job'; readonly jobId: string }

export type DirectDataRequest = Extract<VaultRequest, { readonly kind: 'direct-data' }>
export type Kept = VaultRequest & KeptRequest

/** A file in the staging folder, as a results call names it. */
export type StagedPath = { readonly path: string; readonly user: string | null }

/** What a job brought and what it could not bring. */
export type Results = {
  readonly files: readonly StagedPath[]
  readonly missing: readonly { readonly item: string; readonly said: string }[]
  /** The ids of all items that it speaks of, one for each. */
  readonly told: readonly string[]
}

/** One part of a Direct Data file; parts are joined in the order of their numbers. */
export type FilePart = {
  readonly name: string
  readonly number: number
  readonly bytes: number
  readonly md5: string
}

/** One file that Direct Data offers, or says when it will. */
export type DirectDataFile = {
  readonly name: string
  readonly filename: string
  /** As the vault writes them; null where it has none yet. */
  readonly startTime: string | null
  readonly stopTime: string | null
  readonly parts: readonly FilePart[]
  /** Set where there is no file yet. */
  readonly failed: { readonly said: string; readonly nextRetry: string | null } | null
  readonly raw: Fields
}
