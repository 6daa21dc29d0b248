import { create } from 'zustand'

/** Something that was done a moment ago and can be taken back. */
export type Undoable = {
  readonly number: number
  /** What was done, as a sentence. */
  readonly said: string
  readonly undo: () => Promise<unknown>
}

let count = 0

/** What Undo would take back now; null: nothing, or its time is over. The newest offer takes the place of the one before. */
export const useUndo = create<{ readonly offered: Undoable | null }>(() => ({ offered: null }))

export function offerUndo(said: string, undo: () => Promise<unknown>): void {
  count += 1
  useUndo.setState({ offered: { number: count, said, undo } })
}

/** Nothing where another one has taken its place. */
export const withdrawUndo = (number: number): void => {
  if (useUndo.getState().offered?.number === number) useUndo.setState({ offered: null })
}
