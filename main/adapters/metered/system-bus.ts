import { createConnection, type Socket } from 'node:net'
import { type BusCall, type BusMessage, callBytes, readMessage } from './bus-message.ts'

export interface SystemBus {
  /** The answer, an error too; null where the bus went away before. */
  call(call: BusCall): Promise<BusMessage | null>
  close(): void
}

const usualAddress = 'unix:path=/var/run/dbus/system_bus_socket'

/** The first socket that an address names (D-Bus specification, "Server Addresses"); null where it names none. */
export function socketOf(address: string): string | null {
  for (const one of address.split(';')) {
    const [transport, rest = ''] = [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)]
    const named = new Map(
      rest.split(',').map(pair => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]),
    )
    const path = named.get('path')
    const abstract = named.get('abstract')
    if (transport !== 'unix') continue
    if (path !== undefined) return unescaped(path)
    if (abstract !== undefined) return `\0${unescaped(abstract)}`
  }
  return null
}

const unescaped = (text: string): string =>
  Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString('utf8')

/**
 * A connection to the computer's message bus, signed in as this user. Whatever goes wrong ends it, once: `ended`.
 *
 *   connecting ─► proving who we are (EXTERNAL) ─► Hello ─► open ─► ended
 *        └────────────────┴── anything unexpected ──────────────────┘
 *
 * @param onSignal something happened that was subscribed to with `AddMatch`
 */
export async function openSystemBus(
  env: Readonly<Record<string, string | undefined>>,
  { onSignal, ended }: { readonly onSignal: () => void; readonly ended: () => void },
): Promise<SystemBus | null> {
  const path = socketOf(env.DBUS_SYSTEM_BUS_ADDRESS ?? usualAddress)
  const uid = process.getuid?.()
  if (path === null || uid === undefined) return null
  const socket = createConnection(path)
  // It keeps nobody from ending.
  socket.unref()
  const waiting = new Map<number, (answer: BusMessage | null) => void>()
  let lastSerial = 0
  let isOver = false

  function end(): void {
    if (isOver) return
    isOver = true
    socket.destroy()
    for (const answer of waiting.values()) answer(null)
    waiting.clear()
    ended()
  }
  socket.on('error', end)
  socket.on('close', end)

  function take({ type, answers, ...rest }: BusMessage): void {
    if (type === 'signal') onSignal()
    if (answers === null) return
    waiting.get(answers)?.({ type, answers, ...rest })
    waiting.delete(answers)
  }

  const call = (wanted: BusCall): Promise<BusMessage | null> =>
    new Promise(resolve => {
      if (isOver) return resolve(null)
      lastSerial += 1
      waiting.set(lastSerial, resolve)
      socket.write(callBytes(wanted, lastSerial))
    })

  if (!(await proven(socket, uid))) {
    end()
    return null
  }
  readFrom(socket, take, end)
  const hello = await call({ ...bus, member: 'Hello', body: [] })
  if (hello?.type === 'return') return { call, close: end }
  end()
  return null
}

/** The bus itself. */
const bus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const
export const subscription = (match: string): BusCall => ({ ...bus, member: 'AddMatch', body: [match] })

/** The bus asks the kernel who we are; the number is said once more. */
function proven(socket: Socket, uid: number): Promise<boolean> {
  return new Promise(resolve => {
    let said = ''
    const listen = (piece: Buffer): void => {
      said += piece.toString('latin1')
      if (!said.includes('\r\n') && said.length < 1024) return
      socket.off('data', listen)
      const isOk = /^OK [0-9a-f]*\r\n$/.test(said)
      if (isOk) socket.write('BEGIN\r\n')
      resolve(isOk)
    }
    socket.on('data', listen)
    socket.once('close', () => resolve(false))
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`)
  })
}

function readFrom(socket: Socket, take: (message: BusMessage) => void, fail: () => void): void {
  let left: Buffer = Buffer.alloc(0)
  socket.on('data', piece => {
    left = Buffer.concat([left, piece])
    try {
      for (let read = readMessage(left); read !== null; read = readMessage(left)) {
        left = left.subarray(read.length)
        take(read.message)
      }
    } catch {
      // What cannot be read cannot be gone on behind: where the next message begins is not known.
      fail()
    }
  })
}
