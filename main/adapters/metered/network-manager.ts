import type { Metered } from '../../core/ports.ts'
import { numberOf } from './bus-message.ts'
import { openSystemBus, type SystemBus, subscription } from './system-bus.ts'

const manager = 'org.freedesktop.NetworkManager'
const path = '/org/freedesktop/NetworkManager'
const properties = 'org.freedesktop.DBus.Properties'

const subscriptions = [
  `type='signal',sender='${manager}',path='${path}',interface='${properties}',member='PropertiesChanged'`,
  `type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${manager}'`,
]

/**
 * NMMetered: 1 yes, 3 guessed yes (a phone's hotspot says so by its DHCP answer), 2 no, 4 guessed no. 0: it does not
 * know, as without any network; then nothing is known to cost money.
 */
const meansMetered = (value: number): boolean => value === 1 || value === 3

/**
 * Metered connections as NetworkManager knows them, on the computer's message bus. Null where there is none to ask:
 * no bus, no NetworkManager, or another answer than was agreed. A signal says that something changed; what, is asked.
 */
export class NetworkManagerMetered implements Metered {
  readonly #onChange = new Set<() => void>()
  #metered: boolean | null = null
  #bus: SystemBus | null = null
  #closed = false

  async start(env: Readonly<Record<string, string | undefined>>): Promise<void> {
    const bus = await openSystemBus(env, {
      onSignal: () => void this.#ask(),
      ended: () => this.#tell(null),
    })
    if (this.#closed) return bus?.close()
    this.#bus = bus
    for (const match of subscriptions) await bus?.call(subscription(match))
    await this.#ask()
  }

  metered(): boolean | null {
    return this.#metered
  }

  onChange(run: () => void): () => void {
    this.#onChange.add(run)
    return () => this.#onChange.delete(run)
  }

  close(): void {
    this.#closed = true
    this.#bus?.close()
  }

  async #ask(): Promise<void> {
    const answer = await this.#bus?.call({
      destination: manager,
      path,
      interface: properties,
      member: 'Get',
      body: [manager, 'Metered'],
    })
    const value = answer?.type === 'return' ? numberOf(answer) : null
    this.#tell(value === null ? null : meansMetered(value))
  }

  #tell(metered: boolean | null): void {
    if (metered === this.#metered || this.#closed) return
    this.#metered = metered
    for (const run of this.#onChange) run()
  }
}
