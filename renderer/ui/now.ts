import { useSyncExternalStore } from 'react'

/** One ticking clock a rhythm, shared by all who look at it; it stands still while nobody does. */
function ticking(everyMs: number) {
  let now = Date.now()
  const listeners = new Set<() => void>()
  let timer = 0
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now()
        timer = window.setInterval(tick, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) window.clearInterval(timer)
      }
    },
    read: () => now,
  }
}

const minutely = ticking(20_000)
const secondly = ticking(1000)

/** The present, fresh enough for `Today 18:31`. */
export const useNow = (): number => useSyncExternalStore(minutely.subscribe, minutely.read, minutely.read)
/** The present to the second, for what runs. */
export const useSecond = (): number => useSyncExternalStore(secondly.subscribe, secondly.read)
