import { desktop } from '../../../preload/contract/text/desktop.ts'
import type { JobView, Slices } from '../../../preload/contract/types.ts'
import { offeredToRun } from './favourites.ts'

/** The state at a glance, in the order of what matters more. */
export type TrayState = 'idle' | 'paused' | 'working' | 'needs-you'

export type TrayItem =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'separator' }
  /** `atOnce`: a click starts it; else it opens the window, where it is asked for. */
  | {
      readonly kind: 'definition'
      readonly text: string
      readonly definitionId: string
      readonly atOnce: boolean
    }
  | { readonly kind: 'pause' | 'resume' | 'open' | 'quit'; readonly text: string }

export type TrayView = {
  readonly state: TrayState
  readonly toolTip: string
  readonly items: readonly TrayItem[]
}

const SHOWN_JOBS = 5

/** What the tray shows of the desk. */
export function trayView({
  activity,
  definitions,
  connections,
  settings: { paused },
}: Pick<Slices, 'activity' | 'definitions' | 'connections' | 'settings'>): TrayView {
  const { tray } = desktop
  const needs = activity.needs.length
  const running = activity.running.length
  const lines = [
    ...(needs > 0 ? [tray.needsCount(needs)] : []),
    running > 0 ? tray.runningCount(running) : tray.nothingRuns,
    ...activity.running.slice(0, SHOWN_JOBS).map(job => tray.runningJob(job.definitionName, percentOf(job))),
    ...(paused ? [tray.pausedLine] : []),
  ]
  const offered = offeredToRun({ definitions, connections })
  return {
    ...glance(needs, running, paused),
    items: [
      ...lines.map(text => ({ kind: 'line', text }) as const),
      { kind: 'separator' },
      ...offered.map(one => ({ kind: 'definition', ...one }) as const),
      ...(offered.length > 0 ? [{ kind: 'separator' } as const] : []),
      paused ? { kind: 'resume', text: tray.resume } : { kind: 'pause', text: tray.pause },
      { kind: 'open', text: tray.open },
      { kind: 'quit', text: tray.quit },
    ],
  }
}

function glance(needs: number, running: number, paused: boolean): Pick<TrayView, 'state' | 'toolTip'> {
  const { tray } = desktop
  if (needs > 0) return { state: 'needs-you', toolTip: tray.needsYou(needs) }
  if (running > 0) return { state: 'working', toolTip: tray.working(running) }
  return paused ? { state: 'paused', toolTip: tray.paused } : { state: 'idle', toolTip: tray.idle }
}

/** Of the download, which is what takes long; null where the server did not say how large it is. */
function percentOf({ delivery }: JobView): number | null {
  const progress = delivery?.progress
  if (!progress?.totalBytes) return null
  return Math.min(100, Math.floor((100 * progress.bytes) / progress.totalBytes))
}
