import type { TrayState } from './tray.ts'

type Colour = readonly [red: number, green: number, blue: number]
/** Signed distance in units of the icon's side, below 0 inside; `x` and `y` go from -0.5 to 0.5, `y` downwards. */
type Shape = (x: number, y: number) => number

const OUTER = 0.44
const STROKE = 0.11

const circle =
  (radius: number): Shape =>
  (x, y) =>
    Math.hypot(x, y) - radius
const both =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.max(a(x, y), b(x, y))
const either =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.min(a(x, y), b(x, y))
const ring: Shape = (x, y) => Math.abs(Math.hypot(x, y) - (OUTER - STROKE / 2)) - STROKE / 2
const leftHalf: Shape = x => x
/** Two upright bars beside the middle. */
const bars: Shape = x => Math.abs(Math.abs(x) - 0.11) - 0.055

/** An upright triangle: below its two slanting sides and above its base. */
const triangle: Shape = (x, y) => Math.max(Math.abs(x) * 0.894 + (y + 0.42) * -0.447, y - 0.4)

// look.md: state is shape before colour; ● idle is a quiet ring, ◐ a half-filled one, two bars while paused, ▲ the sign of "needs you".
const shapes: Readonly<Record<TrayState, Shape>> = {
  idle: either(ring, circle(0.13)),
  paused: either(ring, both(bars, circle(0.22))),
  working: either(ring, both(circle(OUTER), leftHalf)),
  'needs-you': triangle,
}

/** Middle tones, seen on light and dark panels alike. */
const colours: Readonly<Record<TrayState, Colour>> = {
  idle: [0x3f, 0x9d, 0x8c],
  paused: [0x8a, 0x89, 0x83],
  working: [0x3f, 0x9d, 0x8c],
  'needs-you': [0xd9, 0x8e, 0x1f],
}

/**
 * The tray's icon as `size` × `size` pixels of four bytes, blue, green, red, alpha, with premultiplied alpha: what
 * Electron's `createFromBitmap` takes. Drawn rather than stored: every scale factor gets a sharp one.
 * `template`: black, as macOS wants it, which colours it itself.
 */
export function trayIcon(state: TrayState, size: number, template: boolean): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  const [red, green, blue] = template ? [0, 0, 0] : colours[state]
  const shape = shapes[state]
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const distance = shape((column + 0.5) / size - 0.5, (row + 0.5) / size - 0.5) * size
      // Half a pixel to each side of the edge is blended, which is all the smoothing a small icon needs.
      const cover = Math.min(1, Math.max(0, 0.5 - distance))
      pixels.set(
        [blue * cover, green * cover, red * cover, 255 * cover].map(Math.round),
        (row * size + column) * 4,
      )
    }
  }
  return pixels
}
