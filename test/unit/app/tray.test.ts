import { describe, expect, it } from 'vitest'
import { trayView } from '../../../main/core/desktop/tray.ts'
import { trayIcon } from '../../../main/core/desktop/tray-icon.ts'
import type { ActivityView, DefinitionView, Settings } from '../../../preload/contract/types.ts'
import { only } from '../ipc/services.ts'
import { definitionOf, downloading, jobOf, needOf } from './views.ts'

const activity = (named: Partial<ActivityView> = {}): ActivityView => ({
  needs: [],
  running: [],
  delivered: [],
  ...named,
})
const slices = (
  shown: ActivityView,
  definitions: readonly DefinitionView[],
  paused: boolean,
): Parameters<typeof trayView>[0] => ({
  activity: shown,
  definitions,
  connections: [],
  settings: only<Settings>('settings', { paused }),
})
const textsOf = (view: ReturnType<typeof trayView>) =>
  view.items.map(item => (item.kind === 'separator' ? '-' : item.text))

describe('the tray', () => {
  it('says that nothing runs', () => {
    const view = trayView(slices(activity(), [], false))
    expect(view.state).toBe('idle')
    expect(textsOf(view)).toEqual(['Nothing runs', '-', 'Pause', 'Open Extract Desk', 'Quit'])
  })

  it('names what runs, with its share where that is known', () => {
    const running = [downloading(640, 1000), downloading(640, null), jobOf()]
    const view = trayView(slices(activity({ running }), [], false))
    expect(view.state).toBe('working')
    expect(textsOf(view).slice(0, 4)).toEqual(['◐ 3 running', 'SAE US · 64 %', 'SAE US', 'SAE US'])
  })

  it('never shows more than the whole', () => {
    expect(textsOf(trayView(slices(activity({ running: [downloading(2000, 1000)] }), [], false)))).toContain(
      'SAE US · 100 %',
    )
  })

  it('puts what needs the user before what runs', () => {
    const view = trayView(
      slices(activity({ running: [jobOf()], needs: [needOf('US'), needOf('EU')] }), [], false),
    )
    expect(view.state).toBe('needs-you')
    expect(view.toolTip).toContain('2')
    expect(textsOf(view)[0]).toBe('▲ 2 need you')
  })

  it('offers the definitions that ran last and can run again', () => {
    const definitions = [
      definitionOf('never', null),
      definitionOf('removed', 90, { removed: true }),
      definitionOf('homeless', 80, { destination: null }),
      ...[1, 2, 3, 4, 5, 6].map(n => definitionOf(`d${n}`, n)),
    ]
    const view = trayView(slices(activity(), definitions, false))
    const offered = view.items.flatMap(item => (item.kind === 'definition' ? [item.definitionId] : []))
    expect(offered).toEqual(['d6', 'd5', 'd4', 'd3', 'd2'])
  })

  it('offers to go on where it is paused', () => {
    const view = trayView(slices(activity(), [], true))
    expect(view.state).toBe('paused')
    expect(view.toolTip).toContain('paused')
    expect(textsOf(view)).toContain('Paused: nothing starts by itself')
    expect(view.items.some(({ kind }) => kind === 'pause')).toBe(false)
    expect(view.items.some(({ kind }) => kind === 'resume')).toBe(true)
  })
})

describe('the tray icon', () => {
  const sizes = [16, 20, 24, 32, 48]

  it.each(sizes)('has another shape for each state at %i pixels, also without colour', size => {
    const drawn = (['idle', 'paused', 'working', 'needs-you'] as const).map(state =>
      trayIcon(state, size, true),
    )
    const alpha = drawn.map(pixels => pixels.filter((_, n) => n % 4 === 3).join())
    expect(new Set(alpha).size).toBe(4)
  })

  it.each(sizes)('stays within its square and covers a good part of it at %i pixels', size => {
    for (const state of ['idle', 'paused', 'working', 'needs-you'] as const) {
      const pixels = trayIcon(state, size, false)
      expect(pixels).toHaveLength(size * size * 4)
      const alphaAt = (column: number, row: number) => pixels[(row * size + column) * 4 + 3] ?? -1
      expect([alphaAt(0, 0), alphaAt(size - 1, 0), alphaAt(0, size - 1)]).toEqual([0, 0, 0])
      expect(alphaAt(0, size / 2)).toBeLessThan(16)
      const covered = pixels.filter((value, n) => n % 4 === 3 && value > 127).length / size ** 2
      expect(covered).toBeGreaterThan(0.2)
      expect(covered).toBeLessThan(0.7)
    }
  })

  it('has its colours multiplied by their alpha', () => {
    const pixels = trayIcon('needs-you', 32, false)
    for (let n = 0; n < pixels.length; n += 4) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(n, n + 4)
      expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha)
    }
  })
})
