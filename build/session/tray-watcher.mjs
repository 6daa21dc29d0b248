import dbus from 'dbus-next'
import { connectBus } from './bus.mjs'

export const WATCHER = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
}

/**
 * What a desktop's panel does for tray icons: programs tell it that they have one. Without it
 * Electron would fall back to an X11 tray that nobody offers, and show nothing.
 *
 * @param {string} busAddress
 * @returns {Promise<{ close: () => void }>}
 */
export async function startTrayWatcher(busAddress) {
  const bus = await connectBus(busAddress)
  /** Items as `NAME/PATH`, in the order of their coming. @type {string[]} */
  let items = []

  /** @param {string} member @param {string} item */
  const announce = (member, item) =>
    bus.send(dbus.Message.newSignal(WATCHER.path, WATCHER.interface, member, 's', [item]))

  /** @returns {Record<string, import('dbus-next').Variant>} */
  const properties = () => ({
    RegisteredStatusNotifierItems: new dbus.Variant('as', items),
    IsStatusNotifierHostRegistered: new dbus.Variant('b', true),
    ProtocolVersion: new dbus.Variant('i', 0),
  })

  bus.addMethodHandler((/** @type {import('dbus-next').Message} */ message) => {
    if (message.path !== WATCHER.path) return false
    if (message.member === 'RegisterStatusNotifierItem') {
      const item = itemAddress(String(message.body[0]), message.sender)
      items = [...items.filter(known => known !== item), item]
      bus.send(dbus.Message.newMethodReturn(message, '', []))
      announce('StatusNotifierItemRegistered', item)
      return true
    }
    if (message.member === 'RegisterStatusNotifierHost') {
      bus.send(dbus.Message.newMethodReturn(message, '', []))
      return true
    }
    if (message.member === 'GetAll') {
      bus.send(dbus.Message.newMethodReturn(message, 'a{sv}', [properties()]))
      return true
    }
    const asked = message.member === 'Get' ? properties()[String(message.body[1])] : undefined
    if (asked === undefined) return false
    bus.send(dbus.Message.newMethodReturn(message, 'v', [asked]))
    return true
  })

  bus.on('message', message => {
    if (message.member !== 'NameOwnerChanged' || message.body[2] !== '') return
    const gone = items.filter(item => item.startsWith(`${message.body[0]}/`))
    items = items.filter(item => !gone.includes(item))
    for (const item of gone) announce('StatusNotifierItemUnregistered', item)
  })
  await bus.call(
    new dbus.Message({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: ["type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"],
    }),
  )
  await bus.requestName(WATCHER.destination, 0)
  return { close: () => bus.disconnect() }
}

/**
 * Programs name their item by a service, or by the path of an object of their own.
 *
 * @param {string} given
 * @param {string} sender the caller's name on the bus
 */
export function itemAddress(given, sender) {
  if (given.startsWith('/')) return `${sender}${given}`
  return given.includes('/') ? given : `${given}/StatusNotifierItem`
}
