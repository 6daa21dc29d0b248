import { desktop } from '../../../preload/contract/text/desktop.ts'
import type { ActivityView, DefinitionView, JobView } from '../../../preload/contract/types.ts'

/** The state at a glance, in the order of what matters more. */
export type TrayState = 'idle' | 'working' | 'needs-you'

export type TrayItem =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'definition'; readonly text: string; readonly definitionId: string }
  | { readonly kind: 'pause' | 'resume' | 'open' | 'quit'; readonly text: string }

export type TrayView = {
  readonly state: TrayState
  readonly toolTip: string
  readonly items: readonly TrayItem[]
}

const SHOWN_JOBS = 5
const SHOWN_DEFINITIONS = 5

/** What the tray shows of the desk. */
export function trayView(
  activity: ActivityView,
  definitions: readonly DefinitionView[],
  paused: boolean,
): TrayView {
  const { tray } = desktop
  const needs = activity.needs.length
  const running = activity.running.length
  const lines = [
    ...(needs > 0 ? [tray.needsCount(needs)] : []),
    running > 0 ? tray.runningCount(running) : tray.nothingRuns,
    ...activity.running.slice(0, SHOWN_JOBS).map(job => tray.runningJob(job.definitionName, percentOf(job))),
  ]
  const favourites = mostRecent(definitions)
  return {
    ...glance(needs, running, paused),
    items: [
      ...lines.map(text => ({ kind: 'line', text }) as const),
      { kind: 'separator' },
      ...favourites.map(
        ({ id, name }) => ({ kind: 'definition', definitionId: id, text: tray.run(name) }) as const,
      ),
      ...(favourites.length > 0 ? [{ kind: 'separator' } as const] : []),
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
  return { state: 'idle', toolTip: paused ? tray.paused : tray.idle }
}

/** Of the download, which is what takes long; null where the server did not say how large it is. */
function percentOf({ delivery }: JobView): number | null {
  const progress = delivery?.progress
  if (!progress?.totalBytes) return null
  return Math.min(100, Math.floor((100 * progress.bytes) / progress.totalBytes))
}

/**
 * The definitions that were run last and can be run again. A click opens the window at one and starts nothing: what
 * the last run was has to be seen first (an extract moves reports to "sent for payment").
 */
function mostRecent(definitions: readonly DefinitionView[]): readonly DefinitionView[] {
  return definitions
    .filter(
      ({ lastJob, removed, destination, starts }) =>
        lastJob !== null && !removed && destination !== null && starts,
    )
    .sort((a, b) => (b.lastJob?.knownAt ?? 0) - (a.lastJob?.knownAt ?? 0))
    .slice(0, SHOWN_DEFINITIONS)
}
