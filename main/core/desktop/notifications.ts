import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import { desktop } from '../../../preload/contract/text/desktop.ts'
import type { NeedView, Place } from '../../../preload/contract/types.ts'
import type { Desk } from '../desk.ts'
import type { Events } from '../events.ts'
import { type JobId, jobId, type ReceiptId, receiptId } from '../ids.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { Clock, Notifier, Power } from '../ports.ts'
import type { Summary } from '../schedules/summary.ts'
import { addMillis, type Instant, type Millis, seconds } from '../time.ts'
import { type Notice, noticesFor } from './notices.ts'

export type NotificationParts = {
  readonly desk: Pick<Desk, 'activity' | 'receipts' | 'schedules' | 'settings'>
  /** What a job's delivery is told with, once all of it is over; null: by itself. */
  readonly summaryOf: (job: JobId) => Promise<Summary | null>
  readonly events: Events
  readonly mirror: Pick<Mirror, 'onChange'>
  readonly clock: Clock
  readonly power: Pick<Power, 'onWake'>
  readonly notifier: Notifier
  readonly open: (place: Place) => void
  readonly showInFolder: (path: string) => void
  readonly onFault: (error: unknown) => void
}

type Delivered = { readonly receiptId: ReceiptId; readonly jobId: JobId }

/** What comes within this time of the first is told together. */
const TOGETHER: Millis = seconds(2)
/** The least time between two rounds. */
const REST: Millis = seconds(10)
/** After sleep the network comes back piece by piece; what fails meanwhile is mostly settled by then. */
const AFTER_WAKE: Millis = seconds(30)

/**
 * Tells the user, outside the window, what was delivered and what needs them. Each need is told once, until it is
 * gone; those that are there at the start are not told, the tray shows them.
 */
export async function startNotifications(parts: NotificationParts): Promise<void> {
  const { desk, events, mirror, clock, power, notifier } = parts
  let delivered: readonly Delivered[] = await heldBack()
  let needs: readonly NeedView[] = (await desk.activity.view()).needs
  let told: ReadonlySet<string> = new Set(needs.map(need => need.id))
  let quietUntil: Instant = clock.now()
  let armed = false

  function arm(): void {
    if (armed) return
    armed = true
    wakeAt(addMillis(clock.now(), TOGETHER))
  }

  function wakeAt(at: Instant): void {
    clock.wake(at, () => {
      const wait = quietUntil - clock.now()
      // A clock that was set back must not make it wait until it catches up.
      if (wait > 0 && wait <= AFTER_WAKE) wakeAt(quietUntil)
      else void tell().catch(parts.onFault)
    })
  }

  async function tell(): Promise<void> {
    armed = false
    quietUntil = addMillis(clock.now(), REST)
    const newNeeds = needs.filter(need => !told.has(need.id))
    told = new Set(needs.map(need => need.id))
    const settings = await desk.settings.get()
    const { alone, sets } = await sortOut()
    const receipts = await Promise.all(alone.map(({ receiptId }) => read(receiptId)))
    const readable = receipts.filter(receipt => receipt !== null)
    for (const notice of noticesFor(readable, newNeeds, settings.notifications, sets)) show(notice)
  }

  /** Those of a set wait for each other, and are told as one. */
  async function sortOut(): Promise<{ alone: readonly Delivered[]; sets: readonly Summary[] }> {
    const all = delivered
    delivered = []
    const alone: Delivered[] = []
    const sets = new Map<string, Summary>()
    for (const one of all) {
      const summary = await parts.summaryOf(one.jobId)
      if (summary === null) alone.push(one)
      else if (summary.left > 0) delivered = [...delivered, one]
      else sets.set(summary.id, summary)
    }
    return { alone, sets: [...sets.values()] }
  }

  /**
   * Deliveries of a run set that is not over: they wait to be told with the others, also where the app was ended in
   * between. A set that is over was told, or is old.
   */
  async function heldBack(): Promise<readonly Delivered[]> {
    const dues = (await desk.schedules.list()).flatMap(({ open, last }) => [...open, ...(last ? [last] : [])])
    const done = dues
      .flatMap(({ items }) => items)
      .flatMap(({ job }): readonly Delivered[] => {
        const receipt = job?.delivery?.receiptId ?? null
        return job === null || receipt === null
          ? []
          : [{ jobId: jobId(job.id), receiptId: receiptId(receipt) }]
      })
    const summaries = await Promise.all(done.map(one => parts.summaryOf(one.jobId)))
    return done.filter((_, at) => (summaries[at]?.left ?? 0) > 0)
  }

  /** Null where it cannot be read: the others are told all the same. */
  async function read(id: ReceiptId): Promise<ReceiptView | null> {
    try {
      return await desk.receipts.show(id)
    } catch (error) {
      parts.onFault(error)
      return null
    }
  }

  function show({ title, body, opens, file }: Notice): void {
    const button = file === null ? null : desktop.notificationActions.showInFolder
    notifier.show({ title, body, button }, what => {
      if (what === 'button' && file !== null) parts.showInFolder(file)
      else parts.open(opens)
    })
  }

  events.subscribe(event => {
    if (event.kind !== 'delivered') return
    delivered = [...delivered, event]
    arm()
  })
  mirror.onChange(({ slices }) => {
    // One of a set may have ended without a delivery.
    if (slices.schedules !== undefined && delivered.length > 0) arm()
    if (slices.activity === undefined) return
    needs = slices.activity.needs
    if (needs.some(need => !told.has(need.id))) arm()
    // A need that is gone and comes back is news again.
    else told = new Set(needs.map(need => need.id))
  })
  power.onWake(() => {
    quietUntil = addMillis(clock.now(), AFTER_WAKE)
  })
}
