import type { ProgressView } from '../../../preload/contract/types.ts'
import type { Clock } from '../ports.ts'
import { addMillis, type Instant, type Millis, seconds } from '../time.ts'

/** At most ten times a second: more often nobody sees, and the window would do nothing else. */
const pace: Millis = 100
/** The rate is that of the last seconds. */
const rateOver: Millis = seconds(5)

export type Meter = {
  readonly add: (bytes: number) => void
}

/** Measures one step of a delivery, and tells of it from its beginning on. */
export function createMeter(
  clock: Clock,
  step: ProgressView['step'],
  totalBytes: number | null,
  tell: (progress: ProgressView) => void,
  startBytes = 0,
): Meter {
  let bytes = startBytes
  let told = clock.now()
  let marks: readonly { readonly at: Instant; readonly bytes: number }[] = [{ at: told, bytes }]

  function say(now: Instant): void {
    told = now
    const [oldest] = marks
    const elapsed = oldest ? now - oldest.at : 0
    const bytesPerSecond =
      oldest && elapsed > 0 ? Math.round(((bytes - oldest.bytes) * 1000) / elapsed) : null
    tell({ step, bytes, totalBytes, bytesPerSecond })
    marks = [...marks.filter(mark => mark.at >= addMillis(now, -rateOver)), { at: now, bytes }]
  }

  say(told)
  return {
    add(more) {
      bytes += more
      const now = clock.now()
      if (now < told || now - told >= pace) say(now)
    },
  }
}
