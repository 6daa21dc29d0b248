import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { installTaskbar } from '../../../main/app/taskbar.ts'
import { taskbarProgress } from '../../../main/core/desktop/progress.ts'
import type { ActivityView, JobView, NeedView, ProgressView } from '../../../preload/contract/types.ts'
import { downloading, jobOf, needOf } from './views.ts'

const activity = (running: readonly JobView[], needs: readonly NeedView[] = []): ActivityView => ({
  needs,
  running,
  delivered: [],
})
const pushed = (bytes: number, step: ProgressView['step'] = 'downloading'): ProgressView => ({
  step,
  bytes,
  totalBytes: 1000,
  bytesPerSecond: null,
})

describe('the progress on the taskbar', () => {
  const of = (...running: JobView[]) => taskbarProgress({ running }, new Map())

  it('is none where nothing runs', () => {
    expect(of()).toBe('none')
  })

  it('has no figure while anybody works of whom it is not known how far they are', () => {
    expect(of(jobOf())).toBe('unknown')
    expect(of(downloading(500, 1000), jobOf())).toBe('unknown')
    expect(of(downloading(500, null))).toBe('unknown')
  })

  it('is that of all downloads together, by their bytes, and never more than the whole', () => {
    expect(of(downloading(250, 1000))).toBe(0.25)
    expect(of(downloading(0, 3000), downloading(1000, 1000))).toBe(0.25)
    expect(of(downloading(2000, 1000))).toBe(1)
  })

  it('takes what came since, unless it belongs to a step that is over', () => {
    const running = [downloading(100, 1000)]
    expect(taskbarProgress({ running }, new Map([['v-1', pushed(700)]]))).toBe(0.7)
    expect(taskbarProgress({ running }, new Map([['v-1', pushed(700, 'verifying')]]))).toBe(0.1)
  })
})

describe('the app’s icon', () => {
  /** A window's entry that writes down what it was told. */
  function entry() {
    const told: unknown[] = []
    const window: Pick<BrowserWindow, 'setProgressBar' | 'setOverlayIcon'> = {
      setProgressBar: bar => told.push(bar),
      setOverlayIcon: (image, words) => told.push([image === null ? null : 'sign', words]),
    }
    return { told, window }
  }

  it('has a bar while something runs, and none after that', () => {
    const { told, window } = entry()
    const taskbar = installTaskbar({ window: () => window, setBadge: () => {}, sign: null })
    taskbar.show({ activity: activity([downloading(0, 1000)]) })
    taskbar.progress('v-1', pushed(400))
    taskbar.progress('v-1', pushed(400))
    taskbar.show({ activity: activity([jobOf()]) })
    taskbar.show({ activity: activity([]) })
    expect(told).toEqual([0, 0.4, 2, -1])
  })

  it('has its bar again where the window was closed and opened', () => {
    const [first, second] = [entry(), entry()]
    let open: typeof first.window | null = first.window
    const taskbar = installTaskbar({ window: () => open, setBadge: () => {}, sign: null })
    taskbar.show({ activity: activity([jobOf()]) })
    open = null
    taskbar.show({ activity: activity([jobOf()]) })
    open = second.window
    taskbar.show({ activity: activity([jobOf()]) })
    expect([first.told, second.told]).toEqual([[2], [2]])
  })

  it('carries how much needs the user, told once for each change', () => {
    const badges: number[] = []
    const { told, window } = entry()
    const sign = {} as Electron.NativeImage
    const taskbar = installTaskbar({ window: () => window, setBadge: count => badges.push(count), sign })
    taskbar.show({ activity: activity([], [needOf('US'), needOf('EU')]) })
    taskbar.show({ activity: activity([], [needOf('US'), needOf('EU')]) })
    taskbar.show({ activity: activity([]) })
    expect(badges).toEqual([2, 0])
    expect(told.filter(Array.isArray)).toEqual([
      ['sign', '2 things need you'],
      [null, ''],
    ])
  })
})
