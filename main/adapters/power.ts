import { net, powerMonitor } from 'electron'
import type { Power } from '../core/ports.ts'

/** Chromium tells the main process of no change, so it is asked. A look costs a function call. */
const LOOK_EVERY_MS = 5_000

/**
 * Sleep and network as Electron knows them. Some Linux desktops tell of no resume; what is due is found by the clock
 * there, at most 30 s later (adapters/clock.ts). Usable once the app is ready.
 */
export class ElectronPower implements Power {
  readonly #onWake = new Set<() => void>()
  readonly #onOnlineChange = new Set<(online: boolean) => void>()
  #online = net.isOnline()

  constructor() {
    powerMonitor.on('resume', () => this.#woke())
    powerMonitor.on('unlock-screen', () => this.#woke())
    setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
  }

  onWake(run: () => void): () => void {
    this.#onWake.add(run)
    return () => this.#onWake.delete(run)
  }

  online(): boolean {
    return this.#online
  }

  onOnlineChange(run: (online: boolean) => void): () => void {
    this.#onOnlineChange.add(run)
    return () => this.#onOnlineChange.delete(run)
  }

  #woke(): void {
    this.#look()
    for (const run of this.#onWake) run()
  }

  #look(): void {
    const online = net.isOnline()
    if (online === this.#online) return
    this.#online = online
    for (const run of this.#onOnlineChange) run(online)
    if (online) for (const run of this.#onWake) run()
  }
}
