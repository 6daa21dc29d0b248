import { create } from 'zustand'
import type { ConnectionView } from '../../preload/contract/types.ts'

/** Mirror of main's connections; only sync.ts writes it. */
export const useConnections = create<{ readonly all: readonly ConnectionView[] }>(() => ({ all: [] }))

export const useConnection = (id: string | null): ConnectionView | null =>
  useConnections(state => state.all.find(one => one.id === id) ?? null)
