import { create } from 'zustand'

/** How many receipts were marked as reviewed in this window: a list that shows it asks again when it changes. */
const useCount = create<{ readonly count: number }>(() => ({ count: 0 }))

export const useReviewed = (): number => useCount(state => state.count)

export const noteReviewed = (): void => useCount.setState(({ count }) => ({ count: count + 1 }))
