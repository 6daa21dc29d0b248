import type { Place } from '../../../preload/contract/types.ts'

export type Places = {
  /** Shows this place in the window, which opens for it where it is closed. */
  open(place: Place): void
  /** The window has drawn and listens. */
  windowReady(): void
  /** The window is gone: what comes now waits for the next one. */
  windowGone(): void
}

/** Holds back what a notification, the tray or the menu wants shown until there is a window that can show it. */
export function createPlaces(showWindow: () => void, publish: (place: Place) => void): Places {
  let ready = false
  let waiting: Place | null = null
  return {
    open(place) {
      // The newest wish counts: nobody wants to see several places flash by.
      if (ready) publish(place)
      else waiting = place
      showWindow()
    },
    windowReady() {
      ready = true
      if (waiting !== null) publish(waiting)
      waiting = null
    },
    windowGone() {
      ready = false
    },
  }
}
