export type Rectangle = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const minimumSize = { width: 960, height: 640 } as const
const usualSize = { width: 1280, height: 820 } as const

/** So much of a window has to be on a screen for it to be found and moved. */
const FINDABLE = { width: 160, height: 80 } as const

/**
 * Where the window opens: where it was, if enough of that is still on a screen (one may have been unplugged), never
 * larger than that screen; otherwise in the usual size, and the system chooses the place.
 * `screens` are work areas, without taskbar or panel.
 */
export function openingBounds(
  last: Rectangle | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'> {
  const screen = last === null ? undefined : screens.find(one => isFindable(last, one))
  if (last === null || screen === undefined) return usualSize
  const width = clamp(last.width, minimumSize.width, screen.width)
  const height = clamp(last.height, minimumSize.height, screen.height)
  return { x: last.x, y: Math.max(last.y, screen.y), width, height }
}

function isFindable(window: Rectangle, screen: Rectangle): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  // By its top: that is where a window is taken hold of.
  const top = window.y >= screen.y - FINDABLE.height && window.y <= screen.y + screen.height - FINDABLE.height
  return width >= FINDABLE.width && top
}

/** At least the minimum, also on a screen that is smaller. */
const clamp = (n: number, least: number, most: number): number => Math.max(least, Math.min(n, most))
