import { createHash } from 'node:crypto'
import type { Store as StateStore } from '../state-file.ts'

export type JobKind =
  | 'documents'
  | 'versions'
  | 'binder'
  | 'loader'
  | 'scheduled'
  | 'submission-export'
  | 'controlled-copy'
  | 'other'

/** One job. What it needs is fixed when it is created; its status follows from these facts and the clock. */
export type Job = Readonly<{
  id: number
  kind: JobKind
  title: string
  userId: number
  /** Epoch milliseconds; of a scheduled job, when it is to run. */
  createdAt: number
  queuedMs: number
  runningMs: number
  stray: Readonly<{ status: string; ms: number }> | null
  ends: string
  fill: 'ordinary' | 'empty' | 'large'
  /** Documents (`11` or `11/1_0`), the binder, or the objects to extract. */
  items: readonly string[]
  /** `source`, `renditions`, … where they are on. */
  options: readonly string[]
  /** Null where no request made it: then its answer has no method, and its times are in the vault's zone. */
  method: 'POST' | null
  /** False for those that were there before the practice server was started for the first time. */
  started: boolean
}>

/** A session without its id: what the file holds lets nobody in. */
export type Session = { hash: string; account: number; since: number; usedAt: number }

export const hashOf = (session: string): string => createHash('sha256').update(session).digest('base64url')

export type VaultState = {
  version: 1
  /** Of the last run, asked for again so that saved connections keep working. */
  port: number
  /** When this vault began to make Direct Data files. */
  since: number
  jobs: Job[]
  sessions: Session[]
  /** Job id → when it was last asked about: the limit holds across a restart. */
  asked: Record<string, number>
  serial: number
}

export type Store = StateStore<VaultState>
