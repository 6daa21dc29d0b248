import { create } from 'zustand'
import type { VerifyView } from '../../preload/contract/receipts.ts'

/** What a check of a receipt's files found, and when. */
export type Verified = { readonly at: number; readonly found: VerifyView }

/** The newest check of each receipt, until the window is closed: a panel that is opened again says it still. */
const useAll = create<Readonly<Record<string, Verified>>>(() => ({}))

export const useVerified = (receiptId: string): Verified | null => useAll(state => state[receiptId] ?? null)

export const keepVerified = (receiptId: string, found: VerifyView): void =>
  useAll.setState({ [receiptId]: { at: Date.now(), found } })
