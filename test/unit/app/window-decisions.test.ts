import { describe, expect, it } from 'vitest'
import { openingBounds } from '../../../main/core/desktop/bounds.ts'
import { mayReopen, onClose } from '../../../main/core/desktop/window-life.ts'
import { addMillis, instantAt, seconds } from '../../../main/core/time.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }
const small = { x: 0, y: 0, width: 800, height: 600 }

describe('where the window opens', () => {
  it('is where it was', () => {
    const last = { x: 1600, y: 100, width: 1280, height: 820 }
    expect(openingBounds(last, [laptop, beside])).toEqual(last)
  })

  it('is where the system puts it, the first time', () => {
    expect(openingBounds(null, [laptop])).not.toHaveProperty('x')
  })

  it.each([
    ['its screen was unplugged', { x: 1600, y: 100, width: 1280, height: 820 }],
    ['hardly any of it can be seen', { x: 1400, y: 100, width: 1280, height: 820 }],
    ['its top is below the screen', { x: 100, y: 890, width: 1280, height: 820 }],
    ['its top is above the screen', { x: 100, y: -400, width: 1280, height: 820 }],
    ['minimised windows of Windows', { x: -32_000, y: -32_000, width: 160, height: 28 }],
  ])('is where the system puts it, where %s', (_why, last) => {
    expect(openingBounds(last, [laptop])).not.toHaveProperty('x')
  })

  it('is never larger than the screen', () => {
    const last = { x: 0, y: 25, width: 2560, height: 1440 }
    expect(openingBounds(last, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 })
  })

  it('is never smaller than what it needs', () => {
    const last = { x: 0, y: 0, width: 100, height: 100 }
    expect(openingBounds({ ...last, width: 200 }, [small])).toMatchObject({ width: 960, height: 640 })
  })

  it('keeps the top of the window below a panel', () => {
    expect(openingBounds({ x: 10, y: 0, width: 1000, height: 700 }, [laptop])).toMatchObject({ y: 25 })
  })
})

describe('closing the window', () => {
  it.each([
    [{ closeToTray: true }, false, 'ask'],
    [{ closeToTray: false }, false, 'ask'],
    [{ closeToTray: true }, true, 'keep'],
    [{ closeToTray: false }, true, 'quit'],
    [null, false, 'quit'],
    [null, true, 'quit'],
  ] as const)('with %j, asked %j: %s', (settings, asked, expected) => {
    expect(onClose(settings, asked)).toBe(expected)
  })
})

describe('a page that crashed', () => {
  const now = instantAt(1_000_000)
  const ago = (s: number) => addMillis(now, -seconds(s))

  it('is opened again three times in a minute', () => {
    expect(mayReopen([], now)).toBe(true)
    expect(mayReopen([ago(1), ago(2)], now)).toBe(true)
    expect(mayReopen([ago(1), ago(2), ago(3)], now)).toBe(false)
  })

  it('is opened again when it lived for a while', () => {
    expect(mayReopen([ago(61), ago(62), ago(3)], now)).toBe(true)
  })

  it('does not count what lies in the future of a clock that was set back', () => {
    expect(mayReopen([ago(-5), ago(-6), ago(-7)], now)).toBe(true)
  })
})
