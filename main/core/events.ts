import type { NeedKind, ProgressView } from '../../preload/contract/types.ts'
import type { ConnectionId, DefinitionId, DeliveryId, JobId, ReceiptId } from './ids.ts'

/** What the core tells whoever listens: the window's mirror, the tray, the notifications, the command line. */
export type DeskEvent =
  | { readonly kind: 'connections-changed' }
  | { readonly kind: 'definitions-changed' }
  | {
      readonly kind: 'job-changed'
      readonly jobId: JobId
      readonly definitionId: DefinitionId
      readonly connectionId: ConnectionId
    }
  | { readonly kind: 'delivery-changed'; readonly deliveryId: DeliveryId; readonly jobId: JobId }
  | { readonly kind: 'delivery-progress'; readonly deliveryId: DeliveryId; readonly progress: ProgressView }
  | { readonly kind: 'delivered'; readonly receiptId: ReceiptId; readonly jobId: JobId }
  | { readonly kind: 'needs-you'; readonly need: NeedKind; readonly subjectId: string }
  /** A schedule, or its ledger. */
  | { readonly kind: 'schedules-changed' }
  /** Somebody changed what is due when. */
  | { readonly kind: 'schedules-saved' }
  /** Somebody has said something to a finding. */
  | { readonly kind: 'findings-changed' }
  | { readonly kind: 'settings-changed' }
  | { readonly kind: 'status-changed' }

export interface Events {
  publish(event: DeskEvent): void
  subscribe(listener: (event: DeskEvent) => void): () => void
}

/** In-process events. A listener that throws is a bug of that listener alone: the others still hear. */
export function createEvents(onListenerError: (error: unknown) => void): Events {
  const listeners = new Set<(event: DeskEvent) => void>()
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (error) {
          onListenerError(error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
