import { once } from 'node:events'
import dbus from 'dbus-next'

/** @typedef {import('dbus-next').MessageBus} MessageBus */

const DAEMON = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}

/**
 * A connection to the session's own bus.
 *
 * @param {string} busAddress
 * @returns {Promise<MessageBus>}
 */
export async function connectBus(busAddress) {
  const bus = dbus.sessionBus({ busAddress })
  // The bus ends before those who look on do; without a listener that would end the process.
  bus.on('error', () => {})
  await once(bus, 'connect')
  return bus
}

/**
 * One method call; the answer's values.
 *
 * @param {MessageBus} bus
 * @param {{ destination: string, path: string, interface: string, member: string, signature?: string, body?: unknown[] }} call
 * @returns {Promise<unknown[]>}
 */
export async function call(bus, { signature = '', body = [], ...target }) {
  const answer = await bus.call(new dbus.Message({ ...target, signature, body }))
  return answer?.body ?? []
}

/**
 * One property of an object.
 *
 * @param {MessageBus} bus
 * @param {{ destination: string, path: string, interface: string }} target
 * @param {string} name
 */
export async function property(bus, target, name) {
  const [variant] = await call(bus, {
    destination: target.destination,
    path: target.path,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [target.interface, name],
  })
  return /** @type {{ value: unknown }} */ (variant).value
}

/**
 * Hears every signal that fits a rule, until the returned function is called.
 *
 * @param {MessageBus} bus
 * @param {{ interface: string, member: string }} rule
 * @param {(body: unknown[]) => void} heard
 */
export async function onSignal(bus, rule, heard) {
  /** @param {import('dbus-next').Message} message */
  const listener = message => {
    const signal = message.type === dbus.MessageType.SIGNAL
    if (signal && message.interface === rule.interface && message.member === rule.member) heard(message.body)
  }
  bus.on('message', listener)
  const match = `type='signal',interface='${rule.interface}',member='${rule.member}'`
  await call(bus, { ...DAEMON, member: 'AddMatch', signature: 's', body: [match] })
  return () => {
    bus.off('message', listener)
  }
}

/**
 * Waits until some program answers to a name.
 *
 * @param {MessageBus} bus
 * @param {string} name
 * @param {AbortSignal} signal ends the wait; its reason is thrown
 */
export async function waitForName(bus, name, signal) {
  /** @type {(value?: unknown) => void} */
  let arrived = () => {}
  const arrival = new Promise((resolve, reject) => {
    arrived = resolve
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Nobody awaits it while the two calls below are under way.
  arrival.catch(() => {})
  const stop = await onSignal(bus, { interface: DAEMON.interface, member: 'NameOwnerChanged' }, body => {
    if (body[0] === name && body[2] !== '') arrived()
  })
  try {
    const [owned] = await call(bus, { ...DAEMON, member: 'NameHasOwner', signature: 's', body: [name] })
    if (owned !== true) await arrival
  } finally {
    stop()
  }
}
