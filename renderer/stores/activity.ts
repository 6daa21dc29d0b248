import { create } from 'zustand'
import type { ActivityView, DeliveryView, ProgressView } from '../../preload/contract/types.ts'

/** Mirror of what needs the user, runs and was delivered, with the latest progress of each delivery; only sync.ts writes it. */
export const useActivity = create<
  ActivityView & { readonly progress: Readonly<Record<string, ProgressView>> }
>(() => ({ needs: [], running: [], delivered: [], progress: {} }))

/** The newest progress of a delivery: what was pushed since, unless it belongs to a step that is over. */
export const useProgress = (delivery: DeliveryView | null): ProgressView | null =>
  useActivity(state => {
    if (delivery === null) return null
    const pushed = state.progress[delivery.id]
    return pushed?.step === delivery.state ? pushed : delivery.progress
  })
