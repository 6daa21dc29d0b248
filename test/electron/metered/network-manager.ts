import dbus, { type Message } from 'dbus-next'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { openPrivateBus, type PrivateBus } from '../session/private-bus.ts'

const name = 'org.freedesktop.NetworkManager'
const path = '/org/freedesktop/NetworkManager'
const properties = 'org.freedesktop.DBus.Properties'

export type FakeNetworkManager = Pick<PrivateBus, 'address' | 'close'> & {
  /** 1 yes, 2 no, 3 guessed yes, 4 guessed no, 0 unknown. */
  set(metered: number): void
  /** It ends, and its name is free. */
  leave(): Promise<unknown>
}

/** A system bus of its own with a NetworkManager that says what it is told to. */
export async function openNetworkManager(
  session: DesktopSession,
  first: number,
): Promise<FakeNetworkManager> {
  const { bus, address, close } = await openPrivateBus(session, 'system-bus')
  let metered = first
  bus.addMethodHandler((message: Message) => {
    const asked = message.path === path && message.interface === properties && message.member === 'Get'
    if (!asked || message.body[0] !== name || message.body[1] !== 'Metered') return false
    bus.send(dbus.Message.newMethodReturn(message, 'v', [new dbus.Variant('u', metered)]))
    return true
  })
  await bus.requestName(name, 0)
  return {
    address,
    close,
    set(next) {
      metered = next
      const changed = { Metered: new dbus.Variant('u', next), Connectivity: new dbus.Variant('u', 4) }
      const body = [name, changed, []]
      bus.send(dbus.Message.newSignal(path, properties, 'PropertiesChanged', 'sa{sv}as', body))
    },
    leave: () => bus.releaseName(name),
  }
}
