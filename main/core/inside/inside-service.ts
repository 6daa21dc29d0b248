import type { InsideCalls } from '../../../preload/contract/inside.ts'

/** Delivered files as tables, as the window asks for them. Every view is gone when it is closed. */
export interface InsideService extends InsideCalls {
  /** Closes every view: the window that showed them is gone. */
  closeAll(): Promise<void>
}
