import type { ErrorView } from '../../../preload/contract/errors.ts'
import { errorFromView, errorView, isAppError } from '../errors.ts'
import type { InsideAnswer, InsideAsk } from '../inside/inside-work.ts'
import type { ArchiveEntry, ArchiveRules, Extracted, Hashed, Received } from './file-work.ts'
import { systemCode } from './files.ts'

/**
 * What main and a worker thread say to each other. A call has a number; everything about it carries that number.
 *
 *   main ── ask ──► worker ── progress …, then done | failed ──► main
 *   receive: ask ─► ready, then piece ─► taken (the buffer comes back, to be filled again) …, then finish | leave ─► done
 */
export type Ask =
  | { readonly kind: 'survey'; readonly archive: string; readonly rules: ArchiveRules }
  | {
      readonly kind: 'extract'
      readonly archive: string
      readonly tasks: readonly { readonly entry: ArchiveEntry; readonly to: string | null }[]
    }
  | { readonly kind: 'hash'; readonly path: string }
  | { readonly kind: 'receive'; readonly path: string; readonly resumeAt: number }
  | { readonly kind: 'inside'; readonly ask: InsideAsk }

export type ToWorker = { readonly call: number } & (
  | { readonly say: 'ask'; readonly ask: Ask }
  | { readonly say: 'cancel' }
  /** The first `bytes` of the buffer, which is transferred. */
  | { readonly say: 'piece'; readonly buffer: ArrayBuffer; readonly bytes: number }
  | { readonly say: 'finish' }
  | { readonly say: 'leave' }
)

export type Answer =
  | readonly ArchiveEntry[]
  | readonly Extracted[]
  | Hashed
  | Received
  | number
  | InsideAnswer

export type ToMain = { readonly call: number } & (
  | { readonly say: 'progress'; readonly bytes: number }
  | { readonly say: 'ready' }
  | { readonly say: 'taken'; readonly buffer: ArrayBuffer }
  /** A piece could not be written; the call goes on until finish or leave. */
  | { readonly say: 'not-taken'; readonly failure: Failure }
  | { readonly say: 'done'; readonly answer: Answer }
  | { readonly say: 'failed'; readonly failure: Failure }
)

/** An error on its way between threads: ours as data, the file system's by its code, anything else as its words. */
export type Failure =
  | { readonly kind: 'ours'; readonly view: ErrorView }
  | { readonly kind: 'other'; readonly code: string | null; readonly words: string }

export function failureOf(error: unknown): Failure {
  if (isAppError(error)) return { kind: 'ours', view: errorView(error) }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { kind: 'other', code: systemCode(error), words }
}

export function errorOf(failure: Failure): Error {
  if (failure.kind === 'ours') return errorFromView(failure.view)
  const error = new Error(failure.words)
  return failure.code === null ? error : Object.assign(error, { code: failure.code })
}
