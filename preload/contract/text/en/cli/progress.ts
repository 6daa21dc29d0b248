/** What a command says on standard error while it works. */
import type { ProgressView } from '../../../types.ts'
import type { JobState } from '../../../words.ts'
import { size } from '../figures.ts'

const states: Partial<Record<JobState, string>> = {
  submitted: 'The job is submitted.',
  queued: 'The job is queued.',
  running: 'The job is running.',
  unknown: 'The job is in a state that is not known here; it is watched on.',
  completed: 'The job has completed.',
}
/** Null for a state that the result tells of. */
export const jobState = (state: JobState): string | null => states[state] ?? null

export const joined = (job: string): string => `Joined job ${job}.`
export const started = (job: string): string => `Started job ${job}.`
export const waiting = 'Waiting for another process that works on this.'

const steps: Readonly<Record<ProgressView['step'], string>> = {
  downloading: 'Downloading',
  verifying: 'Checking',
  unpacking: 'Unpacking',
  publishing: 'Putting in place',
}
export const step = (name: ProgressView['step']): string => steps[name]

/** `12.4 MB of 46.0 MB, 3.1 MB/s` */
export function amount({ bytes, totalBytes, bytesPerSecond }: ProgressView): string {
  const done = totalBytes === null ? size(bytes) : `${size(bytes)} of ${size(totalBytes)}`
  return bytesPerSecond === null || bytesPerSecond === 0 ? done : `${done}, ${size(bytesPerSecond)}/s`
}
