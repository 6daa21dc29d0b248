import type { ActivityView, JobView, ProgressView } from '../../../preload/contract/types.ts'

/** What the taskbar or the dock shows: nothing, that work is under way, or how much of it is done (0 to 1). */
export type TaskbarProgress = 'none' | 'unknown' | number

/**
 * Of all downloads together, by their bytes, since that is what takes long. While a system works on a job nobody knows how
 * far it is; then all that can be said is that something runs. `pushed`: newer than the view, by delivery.
 */
export function taskbarProgress(
  { running }: Pick<ActivityView, 'running'>,
  pushed: ReadonlyMap<string, ProgressView>,
): TaskbarProgress {
  if (running.length === 0) return 'none'
  const known = running.map(job => progressOf(job, pushed))
  const parts = known.flatMap(one => (one?.totalBytes ? [{ done: one.bytes, all: one.totalBytes }] : []))
  if (parts.length < running.length) return 'unknown'
  const sum = (of: 'done' | 'all') => parts.reduce((bytes, part) => bytes + part[of], 0)
  return Math.min(1, Math.floor((100 * sum('done')) / sum('all')) / 100)
}

function progressOf({ delivery }: JobView, pushed: ReadonlyMap<string, ProgressView>): ProgressView | null {
  if (delivery === null) return null
  const newer = pushed.get(delivery.id)
  return newer?.step === delivery.state ? newer : delivery.progress
}
