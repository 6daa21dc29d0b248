import type { DeliveryProgress, DeskBridge } from '../../preload/contract/bridge.ts'
import type { Change, Slices, Snapshot } from '../../preload/contract/types.ts'
import { viewOf } from '../desk-error.ts'
import { useActivity } from './activity.ts'
import { useConnections } from './connections.ts'
import { useDefinitions } from './definitions.ts'
import { useSchedules } from './schedules.ts'
import { useSettings } from './settings.ts'

/**
 * Keeps the five stores equal to main. Listens first and asks for the snapshot second, so that nothing falls between;
 * changes are numbered, and a missing number means a new snapshot.
 *
 *   loading ──snapshot──► live ──change n+1──► live
 *      ▲                   │ change > n+1 (a gap)
 *      └───────────────────┘ changes that come meanwhile are kept and applied after it
 *
 * Returns the way to stop. `retry` asks again after a failed snapshot.
 */
export function startSync(desk: DeskBridge): { readonly stop: () => void; readonly retry: () => void } {
  let last: number | null = null
  let kept: Change[] = []
  let stopped = false
  /** Only the newest question is answered: an older snapshot that comes late would turn the mirror back. */
  let question = 0

  const take = (snapshot: Snapshot): void => {
    const later = kept.filter(change => change.seq > snapshot.seq).sort((a, b) => a.seq - b.seq)
    kept = []
    write(snapshot)
    last = snapshot.seq
    useSettings.setState({ mirror: 'live' })
    later.forEach(onChange)
  }

  const ask = (): void => {
    last = null
    question += 1
    const mine = question
    const wanted = () => !stopped && mine === question
    desk.app.snapshot().then(
      snapshot => {
        if (wanted()) take(snapshot)
      },
      error => {
        if (wanted()) useSettings.setState({ mirror: { failed: viewOf(error) } })
      },
    )
  }

  const onChange = (change: Change): void => {
    if (last === null) {
      kept.push(change)
      return
    }
    if (change.seq <= last) return
    if (change.seq > last + 1) {
      kept.push(change)
      ask()
      return
    }
    last = change.seq
    write(change.slices)
  }

  const offChange = desk.on.onChange(onChange)
  const offProgress = desk.on.onProgress(writeProgress)
  ask()

  return {
    retry: () => {
      useSettings.setState({ mirror: 'loading' })
      ask()
    },
    stop: () => {
      stopped = true
      offChange()
      offProgress()
    },
  }
}

function write(slices: Partial<Slices>): void {
  if (slices.connections) useConnections.setState({ all: slices.connections })
  if (slices.definitions) useDefinitions.setState({ all: slices.definitions })
  if (slices.schedules) useSchedules.setState({ all: slices.schedules })
  if (slices.settings) useSettings.setState({ settings: slices.settings })
  if (slices.status) useSettings.setState({ status: slices.status })
  if (slices.activity) {
    const { running } = slices.activity
    const { progress } = useActivity.getState()
    const alive = running.flatMap(job => {
      const pushed = job.delivery && progress[job.delivery.id]
      return job.delivery && pushed ? [[job.delivery.id, pushed] as const] : []
    })
    useActivity.setState({ ...slices.activity, progress: Object.fromEntries(alive) })
  }
}

function writeProgress({ deliveryId, progress }: DeliveryProgress): void {
  useActivity.setState(state => ({ progress: { ...state.progress, [deliveryId]: progress } }))
}
