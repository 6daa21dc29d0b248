import type { Store as StateStore } from '../state-file.ts'
import type { JobConfig } from './samples.ts'

/** A run, with all that decides its life: what it is like is fixed when it is submitted. */
export type Job = {
  readonly id: string
  readonly config: JobConfig
  readonly submittedBy: string
  /** Epoch milliseconds. */
  readonly submittedAt: number
  readonly queuedMs: number
  readonly runningMs: number
  /** Without a state for so long after running. */
  readonly strayMs: number
  readonly ends: 'finished' | 'failed'
  readonly fill: 'ordinary' | 'empty' | 'large'
  readonly file: 'whole' | 'late' | 'html' | 'json-error'
  /** False for the runs that were there before the practice server was started for the first time. */
  readonly started: boolean
  cancelled?: { readonly at: number; readonly by: string }
  /** When the last of its files was whole, where that was later than its time was up. */
  writtenAt?: number
}

export type IcwsState = { version: 1; port: number; jobs: Job[] }

export type Store = StateStore<IcwsState>
