import { call, onSignal, property } from './bus.mjs'
import { WATCHER } from './tray-watcher.mjs'

const ITEM = 'org.kde.StatusNotifierItem'
const MENU = 'com.canonical.dbusmenu'

/**
 * @typedef {{ id: number, label: string, enabled: boolean, visible: boolean, separator: boolean, checked: boolean, children: MenuEntry[] }} MenuEntry
 * @typedef {{ address: string, title: string, toolTip: string, status: string, menu: MenuEntry[] }} TrayItem
 */

/**
 * The tray as a panel sees it.
 *
 * @param {import('dbus-next').MessageBus} bus
 */
export function trayOf(bus) {
  /** @returns {Promise<TrayItem[]>} */
  const items = async () => {
    const addresses = /** @type {string[]} */ (await property(bus, WATCHER, 'RegisteredStatusNotifierItems'))
    return Promise.all(addresses.map(address => read(bus, address)))
  }

  return {
    items,

    /** Waits for the first item, if there is none yet. */
    async waitForItem() {
      /** @type {(value?: unknown) => void} */
      let arrived = () => {}
      const arrival = new Promise(resolve => {
        arrived = resolve
      })
      const stop = await onSignal(
        bus,
        { interface: ITEM_ARRIVED.interface, member: ITEM_ARRIVED.member },
        () => arrived(),
      )
      try {
        const [there] = await items()
        if (there !== undefined) return there
        await arrival
        const [item] = await items()
        if (item === undefined) throw new Error('The tray item went as soon as it had come')
        return item
      } finally {
        stop()
      }
    },

    /** A click on the icon itself. @param {TrayItem} item */
    async activate(item) {
      await call(bus, { ...at(item.address, ITEM), member: 'Activate', signature: 'ii', body: [0, 0] })
    },

    /** A click on an entry of the icon's menu. @param {TrayItem} item @param {string} label */
    async choose(item, label) {
      const entry = flatten(item.menu).find(candidate => candidate.label === label)
      if (entry === undefined) throw new Error(`The tray's menu has no entry ${label}`)
      const menu = await menuPath(bus, item.address)
      const dbus = (await import('dbus-next')).default
      await call(bus, {
        ...at(item.address, MENU),
        path: menu,
        member: 'Event',
        signature: 'isvu',
        body: [entry.id, 'clicked', new dbus.Variant('s', ''), 0],
      })
    },
  }
}

const ITEM_ARRIVED = { interface: WATCHER.interface, member: 'StatusNotifierItemRegistered' }

/** @param {string} address `NAME/PATH` @param {string} face */
function at(address, face) {
  const slash = address.indexOf('/')
  return { destination: address.slice(0, slash), path: address.slice(slash), interface: face }
}

/**
 * @param {import('dbus-next').MessageBus} bus
 * @param {string} address
 * @returns {Promise<TrayItem>}
 */
async function read(bus, address) {
  const target = at(address, ITEM)
  const [title, status, toolTip] = await Promise.all([
    property(bus, target, 'Title'),
    property(bus, target, 'Status'),
    property(bus, target, 'ToolTip'),
  ])
  const path = await menuPath(bus, address)
  const [, layout] = await call(bus, {
    ...at(address, MENU),
    path,
    member: 'GetLayout',
    signature: 'iias',
    body: [0, -1, []],
  })
  const words = /** @type {unknown[]} */ (toolTip)
  return {
    address,
    title: String(title),
    status: String(status),
    toolTip: String(words[2] ?? ''),
    menu: menuEntry(layout).children,
  }
}

/** @param {import('dbus-next').MessageBus} bus @param {string} address */
async function menuPath(bus, address) {
  return String(await property(bus, at(address, ITEM), 'Menu'))
}

/** @param {unknown} layout `(ia{sv}av)` @returns {MenuEntry} */
function menuEntry(layout) {
  const [id, properties, children] =
    /** @type {[number, Record<string, { value: unknown }>, { value: unknown }[]]} */ (layout)
  return {
    id,
    // One underscore marks the access key; two are one underscore.
    label: String(properties.label?.value ?? '').replace(/_(.)/g, '$1'),
    enabled: properties.enabled?.value !== false,
    visible: properties.visible?.value !== false,
    separator: properties.type?.value === 'separator',
    checked: properties['toggle-state']?.value === 1,
    children: children.map(child => menuEntry(child.value)),
  }
}

/** @param {MenuEntry[]} entries @returns {MenuEntry[]} */
function flatten(entries) {
  return entries.flatMap(entry => [entry, ...flatten(entry.children)])
}
