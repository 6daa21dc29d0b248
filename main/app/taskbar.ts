import type { BrowserWindow, NativeImage } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { ProgressView, Slices } from '../../preload/contract/types.ts'
import { type TaskbarProgress, taskbarProgress } from '../core/desktop/progress.ts'

export type TaskbarParts = {
  /** The window, whose entry in the taskbar or dock it is; null while it is closed. */
  readonly window: () => Pick<BrowserWindow, 'setProgressBar' | 'setOverlayIcon'> | null
  /** Sets the number on the app's icon, where the platform has one; 0: none. */
  readonly setBadge: (count: number) => void
  /** Laid over the icon where the platform has no number for it (Windows); null elsewhere. */
  readonly sign: NativeImage | null
}

export type Taskbar = {
  readonly show: (slices: Pick<Slices, 'activity'>) => void
  readonly progress: (deliveryId: string, progress: ProgressView) => void
}

/** Electron's words: below 0 takes the bar away, above 1 is a bar without an end. */
const barOf = (progress: TaskbarProgress): number =>
  progress === 'none' ? -1 : progress === 'unknown' ? 2 : progress

/** Shows on the app's icon how far the work is, and how much needs the user. */
export function installTaskbar({ window, setBadge, sign }: TaskbarParts): Taskbar {
  const pushed = new Map<string, ProgressView>()
  let activity: Slices['activity'] = { needs: [], running: [], delivered: [] }
  let badge = 0
  let drawn: { readonly on: unknown; readonly bar: number } = { on: null, bar: -1 }

  function draw(): void {
    const entry = window()
    const bar = barOf(taskbarProgress(activity, pushed))
    // A window that was opened anew has no bar yet.
    if (entry !== null && (drawn.bar !== bar || drawn.on !== entry)) entry.setProgressBar(bar)
    drawn = { on: entry, bar }
  }

  return {
    show(slices) {
      ;({ activity } = slices)
      const moving = new Set(activity.running.map(({ delivery }) => delivery?.id))
      for (const id of pushed.keys()) if (!moving.has(id)) pushed.delete(id)
      draw()
      const needs = activity.needs.length
      if (needs === badge) return
      badge = needs
      setBadge(needs)
      if (sign !== null)
        window()?.setOverlayIcon(needs > 0 ? sign : null, needs > 0 ? desktop.taskbar.needsYou(needs) : '')
    },
    progress(deliveryId, progress) {
      pushed.set(deliveryId, progress)
      draw()
    },
  }
}
