import type { DeliveryProgress } from '../../../preload/contract/bridge.ts'
import type { Change, ProgressView, Slices, Snapshot } from '../../../preload/contract/types.ts'
import type { DeskEvent, Events } from '../events.ts'
import type { Clock } from '../ports.ts'
import { addMillis, hours, type Instant, type Millis, seconds } from '../time.ts'

type SliceName = keyof Slices
export type SliceReaders = { readonly [S in SliceName]: () => Promise<Slices[S]> }

export type MirrorParts = {
  readonly readers: SliceReaders
  readonly events: Events
  readonly clock: Clock
  /** A slice that could not be read: it is read again, and the log should know. */
  readonly onFault: (error: unknown) => void
}

export interface Mirror {
  /** Everything, with the number of the last change that it contains. */
  snapshot(): Promise<Snapshot>
  onChange(listener: (change: Change) => void): () => void
  onProgress(listener: (progress: DeliveryProgress) => void): () => void
}

/** At most ten messages a second: faster than a person reads, slower than a download reports. */
const PACE: Millis = 100
const READ_AGAIN_AFTER = seconds(1)
/** What is there "since yesterday" and "expires in 3 days" changes with the time alone. */
const TIME_PASSES: Millis = hours(1)

const touched: Readonly<Record<DeskEvent['kind'], readonly SliceName[]>> = {
  'connections-changed': ['connections', 'definitions', 'activity'],
  'definitions-changed': ['definitions', 'activity'],
  'job-changed': ['definitions', 'activity'],
  'delivery-changed': ['definitions', 'activity'],
  'delivery-progress': [],
  delivered: ['definitions', 'activity'],
  'needs-you': ['activity'],
  'schedules-changed': ['schedules', 'activity'],
  'schedules-saved': ['schedules', 'activity'],
  'findings-changed': ['activity'],
  'settings-changed': ['settings', 'status', 'activity'],
  'status-changed': ['status'],
}

/**
 * What the window shows, kept in step with the core. Events only say which slices are stale; what is sent is always
 * read anew, so that a lost or doubled event can make a message late or superfluous, but never wrong.
 *
 * Changes are numbered without a gap. Reading for a change and reading for a snapshot stand in one queue: a snapshot
 * with number n therefore contains change n, and change n + 1 is sent after it.
 */
export function createMirror({ readers, events, clock, onFault }: MirrorParts): Mirror {
  const onChange = new Set<(change: Change) => void>()
  const onProgress = new Set<(progress: DeliveryProgress) => void>()
  const stale = new Set<SliceName>()
  const progress = new Map<string, ProgressView>()
  let seq = 0
  let due: { readonly at: Instant; readonly cancel: () => void } | null = null
  let sentAt: Instant | null = null
  let queue: Promise<unknown> = Promise.resolve()

  function flushAt(at: Instant): void {
    if (due !== null && due.at <= at) return
    due?.cancel()
    due = { at, cancel: clock.wake(at, flush) }
  }

  function flushSoon(): void {
    const now = clock.now()
    const next = sentAt === null ? now : addMillis(sentAt, PACE)
    // A clock that was set back must not keep the window waiting until it catches up.
    flushAt(next > now && next <= addMillis(now, PACE) ? next : now)
  }

  function flush(): void {
    due = null
    sentAt = clock.now()
    for (const [deliveryId, view] of progress) tell(onProgress, { deliveryId, progress: view }, onFault)
    progress.clear()
    if (stale.size > 0) queue = queue.then(sendStale)
  }

  async function sendStale(): Promise<void> {
    const names = [...stale]
    if (names.length === 0) return
    stale.clear()
    try {
      const slices = await read(readers, names)
      seq += 1
      tell(onChange, { seq, slices }, onFault)
    } catch (error) {
      onFault(error)
      for (const name of names) stale.add(name)
      flushAt(addMillis(clock.now(), READ_AGAIN_AFTER))
    }
  }

  function timePasses(): void {
    clock.wake(addMillis(clock.now(), TIME_PASSES), () => {
      stale.add('activity')
      flushSoon()
      timePasses()
    })
  }

  events.subscribe(event => {
    if (event.kind === 'delivery-progress') progress.set(event.deliveryId, event.progress)
    for (const name of touched[event.kind]) stale.add(name)
    flushSoon()
  })
  timePasses()

  return {
    snapshot() {
      const taken = queue.then(async () => ({ ...(await readAll(readers)), seq }))
      // The queue goes on after a snapshot that failed; whoever asked for it is told.
      queue = taken.catch(() => undefined)
      return taken
    },
    onChange: listener => subscribe(onChange, listener),
    onProgress: listener => subscribe(onProgress, listener),
  }
}

async function readAll(readers: SliceReaders): Promise<Slices> {
  const [connections, definitions, activity, schedules, settings, status] = await Promise.all([
    readers.connections(),
    readers.definitions(),
    readers.activity(),
    readers.schedules(),
    readers.settings(),
    readers.status(),
  ])
  return { connections, definitions, activity, schedules, settings, status }
}

async function read(readers: SliceReaders, names: readonly SliceName[]): Promise<Partial<Slices>> {
  const entries = await Promise.all(names.map(async name => [name, await readers[name]()] as const))
  return Object.fromEntries(entries)
}

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A listener that throws is a bug of that listener alone: the others still hear. */
function tell<T>(
  listeners: ReadonlySet<(value: T) => void>,
  value: T,
  onFault: (error: unknown) => void,
): void {
  for (const listener of listeners) {
    try {
      listener(value)
    } catch (error) {
      onFault(error)
    }
  }
}
