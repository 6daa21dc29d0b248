import type { ErrorFacts } from '../../preload/contract/errors.ts'
import type { ProgressView } from '../../preload/contract/types.ts'
import { figures, words } from '../text.ts'
import { duration } from './time.ts'

/** GB only from ten on: `412 of 1,024 MB` moves where `0.4 of 1.0 GB` would stand still. */
const units = [
  { name: 'GB', bytes: 1e9, from: 1e10 },
  { name: 'MB', bytes: 1e6, from: 1e6 },
  { name: 'KB', bytes: 1e3, from: 1e3 },
] as const

/** `412 of 1,024 MB`: both in the unit of the whole, so that they can be compared at a glance. */
function partOf(bytes: number, total: number): string {
  const unit = units.find(one => total >= one.from)
  if (!unit) return words.time.partOf(figures.number(bytes), figures.size(total))
  const small = total / unit.bytes < 10
  const inUnit = (n: number): string =>
    small ? (n / unit.bytes).toFixed(1) : figures.number(Math.floor(n / unit.bytes))
  return words.time.partOf(inUnit(bytes), `${inUnit(total)} ${unit.name}`)
}

/** Bytes, rate and time left, as far as each is known: `412 of 1,024 MB · 38.0 MB/s · 16 s left`. */
export function transferText(progress: ProgressView): string {
  const { bytes, totalBytes, bytesPerSecond } = progress
  const pieces = [totalBytes === null ? figures.size(bytes) : partOf(bytes, totalBytes)]
  if (bytesPerSecond !== null && bytesPerSecond > 0) {
    pieces.push(words.time.perSecond(figures.size(bytesPerSecond)))
    const left = totalBytes === null ? null : ((totalBytes - bytes) / bytesPerSecond) * 1000
    if (left !== null && left > 0) pieces.push(words.time.timeLeft(duration(Math.max(left, 1000))))
  }
  return pieces.join(' · ')
}

/** Share of the whole from 0 to 100; null while the whole is not known. */
export function transferPercent(progress: ProgressView): number | null {
  if (progress.totalBytes === null || progress.totalBytes === 0) return null
  return Math.min(100, Math.floor((progress.bytes / progress.totalBytes) * 100))
}

/** How much of a whole is here of which so much is still to come; 0 where the whole is not known. */
export function percentWithout({ left, bytes }: ErrorFacts): number {
  if (typeof left !== 'number' || typeof bytes !== 'number' || bytes <= 0) return 0
  return Math.max(0, Math.floor(((bytes - left) / bytes) * 100))
}
