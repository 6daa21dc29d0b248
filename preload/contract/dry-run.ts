/**
 * What a destination would do with the next delivery, found out before there is one. In two answers, since one is
 * asked for with every key that is pressed, and the other writes into the folder and is asked for once a folder.
 */
import type { ErrorView } from './errors.ts'

/**
 * `new`: the name is free; `numbered`: it is taken, so the group gets a number; `replaces` the file that is there;
 * `compares`: skipped where the bytes are the same, otherwise the group gets a number; `stops`: nothing is delivered.
 */
export type DryRunAction = 'new' | 'numbered' | 'replaces' | 'compares' | 'stops'

export type DryRunFile = {
  /** The whole path. */
  readonly path: string
  /** Null where the folder could not be looked at. */
  readonly action: DryRunAction | null
  readonly marker: boolean
}

/** Why a name is another one than the template asks for. */
export type NameChangeReason = 'characters' | 'device' | 'end' | 'long' | 'twice'

export type NameChange = {
  readonly from: string
  readonly to: string
  readonly reason: NameChangeReason
  /** Each character that some system cannot hold, once; for `characters`. */
  readonly characters: readonly string[]
}

export type DryRunView = {
  /** Whose names these are. */
  readonly names: 'of-last-delivery' | 'example'
  /** In all; `files` has the first of them. */
  readonly count: number
  readonly files: readonly DryRunFile[]
  /** The first of the names that had to be changed. */
  readonly changes: readonly NameChange[]
  /** Of the whole path, held against what this computer's programs can open; null where no name could be made. */
  readonly longest: {
    readonly path: string
    readonly length: number
    readonly limit: number
    readonly unit: 'characters' | 'bytes'
  } | null
  /** Several files come into a folder that others read, and nothing says when all are there. */
  readonly needsFolderOrMarker: boolean
  /** Why nothing would be delivered. */
  readonly error: ErrorView | null
}

export type FolderTrialView = {
  /** Where files are made before they become visible: beside the folder, or in a hidden one inside it. */
  readonly staging: 'beside' | 'inside' | null
  readonly freeBytes: number | null
  /** What a delivery as large as the last one needs at most; null where there was none. */
  readonly neededBytes: number | null
  readonly error: ErrorView | null
}
