import type { WebContents } from 'electron'
import type { DeliveryProgress } from '../../preload/contract/bridge.ts'
import { messages } from '../../preload/contract/channels.ts'
import type { Diagnosis } from '../../preload/contract/doctor.ts'
import type { InsideProgress } from '../../preload/contract/inside.ts'
import type { Change, Place } from '../../preload/contract/types.ts'

/** What main tells the window. With no window there is nobody to tell: the next one asks for a snapshot. */
export type Publisher = {
  readonly change: (change: Change) => void
  readonly progress: (progress: DeliveryProgress) => void
  readonly place: (place: Place) => void
  readonly diagnosis: (diagnosis: Diagnosis) => void
  readonly inside: (progress: InsideProgress) => void
}

/** The only place that sends to a page. `contents` gives the live window's contents, or null. */
export function createPublisher(contents: () => WebContents | null): Publisher {
  const send = (message: string, payload: unknown) => {
    const page = contents()
    if (page !== null && !page.isDestroyed()) page.send(message, payload)
  }
  return {
    change: change => send(messages.change, change),
    progress: progress => send(messages.progress, progress),
    place: place => send(messages.place, place),
    diagnosis: diagnosis => send(messages.diagnosis, diagnosis),
    inside: progress => send(messages.inside, progress),
  }
}
