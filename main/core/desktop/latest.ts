import type { Slices } from '../../../preload/contract/types.ts'
import type { Mirror } from '../mirror/mirror.ts'

/**
 * The newest of everything, for those parts of the desktop that must answer at once (the close button, the tray).
 * `onUpdate` is called with the first snapshot and after every change.
 */
export async function followLatest(
  mirror: Pick<Mirror, 'snapshot' | 'onChange'>,
  onUpdate: (slices: Slices) => void,
): Promise<() => Slices> {
  let latest: Slices = await mirror.snapshot()
  onUpdate(latest)
  mirror.onChange(({ slices }) => {
    latest = { ...latest, ...slices }
    onUpdate(latest)
  })
  return () => latest
}
