import type { SystemName } from '../../../preload/contract/words.ts'
import type { Instant } from '../time.ts'

/** What a system answered in place of what was asked for, masked. */
export type RawAnswer = {
  /** The same answer, but for figures in it, is kept once. */
  readonly fingerprint: string
  readonly firstAt: Instant
  readonly at: Instant
  readonly times: number
  readonly system: SystemName
  readonly url: string
  readonly status: number
  readonly correlationId: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface RawAnswersRepository {
  /** Counts one that is there already; of all, the newest `most` stay. */
  keep(answer: Omit<RawAnswer, 'firstAt' | 'times'>, most: number): Promise<void>
  /** Newest first. */
  all(): Promise<readonly RawAnswer[]>
  /** How many went. */
  removeBefore(at: Instant): Promise<number>
}

/** The newest lines of what the database holds, each as plain data, oldest first. */
export interface JournalExtract {
  read(table: 'journal' | 'jobs' | 'deliveries' | 'due-times', most: number): Promise<readonly unknown[]>
}

/** The log's files, newest lines last. */
export interface LogFiles {
  /** Oldest first; at most so many bytes of the newest lines in all, cut at a line's beginning. */
  read(most: number): Promise<readonly { readonly name: string; readonly text: string }[]>
  /** Removes every line that was written before; how many went. */
  removeBefore(at: Instant): Promise<number>
}
