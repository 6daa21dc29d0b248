import { createHash } from 'node:crypto'
import type { Store as StateStore } from '../state-file.ts'

/** One run. What it needs is fixed when it is created; its status follows from these facts and the clock. */
export type Job = Readonly<{
  definition: string
  /** Counts from 1 within a definition, history included. The sample data follow from it. */
  number: number
  id: string
  /** Epoch milliseconds. */
  createdAt: number
  queuedMs: number
  runningMs: number
  stray: Readonly<{ status: string; ms: number }> | null
  ends: 'Completed' | 'Failed'
  fill: 'ordinary' | 'empty' | 'large'
  /** False for the runs that were there before the practice server was started for the first time. */
  started: boolean
}>

/** A refresh token without its text: what the file holds lets nobody sign in. `replaces` is another one's hash. */
export type RefreshToken = { hash: string; account: string; usedAt: number; replaces: string | null }

/** Tokens are long and random, so that a plain hash cannot be turned back. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

export type ConcurState = {
  version: 2
  /** Ports of the last run, asked for again so that saved connections keep working. */
  ports: [home: number, elsewhere: number]
  jobs: Job[]
  refreshTokens: RefreshToken[]
  /** Account → the last serial whose access tokens were revoked. */
  revoked: Record<string, number>
  /** Numbers what has to be unique: tokens and correlation ids. */
  serial: number
}

export type Store = StateStore<ConcurState>
