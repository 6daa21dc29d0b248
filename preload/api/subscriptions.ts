import { ipcRenderer } from 'electron'

/**
 * Enough for what can come between the first script and the first listener. More is dropped from the front: a mirror
 * that sees the gap in the numbers asks for a new snapshot anyway.
 */
const KEPT = 256

/**
 * A function that subscribes to one message of main. What comes while nobody listens is kept and given to the next
 * listener, in order, so that nothing is lost before the page has drawn. The listener gets the payload alone: the
 * event of ipcRenderer carries a sender, which must not reach the page.
 */
export function subscription<T>(message: string): (listener: (payload: T) => void) => () => void {
  // By number, not by function: one function subscribed twice must be heard, and removed, twice.
  const listeners = new Map<number, (payload: T) => void>()
  const kept: T[] = []
  let next = 0
  ipcRenderer.on(message, (_event, payload: T) => {
    for (const listener of [...listeners.values()]) listener(payload)
    if (listeners.size > 0) return
    kept.push(payload)
    if (kept.length > KEPT) kept.shift()
  })
  return listener => {
    const number = next
    next += 1
    listeners.set(number, listener)
    for (const payload of kept.splice(0)) listener(payload)
    return () => {
      listeners.delete(number)
    }
  }
}
