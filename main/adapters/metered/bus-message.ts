/**
 * D-Bus messages, as far as one question needs them: method calls with texts, and the header and the number that come
 * back. The format: D-Bus specification, "Message Protocol". What does not fit it throws; nothing is guessed.
 */

/** What a call says; `body`: its arguments, all of them texts. */
export type BusCall = {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly body: readonly string[]
}

export type BusMessage = {
  readonly type: 'call' | 'return' | 'error' | 'signal' | 'other'
  /** The serial of the call that this answers; null: none. */
  readonly answers: number | null
  readonly signature: string
  readonly body: Buffer
  readonly littleEndian: boolean
}

const headerLength = 16
/** The specification allows 128 MiB; an answer to what is asked here has some dozens of bytes. */
const longest = 1024 * 1024

const aligned = (at: number, to: number): number => Math.ceil(at / to) * to
const padding = (length: number, to: number): Buffer => Buffer.alloc(aligned(length, to) - length)

/** NO_AUTO_START: a program that does not run is not started for our question. */
const noAutoStart = 2

/** One method call, little-endian. @param serial above 0, another one for each call */
export function callBytes({ destination, path, body, ...call }: BusCall, serial: number): Buffer {
  const args = body.reduce(
    (bytes, text) => Buffer.concat([bytes, padding(bytes.length, 4), text32(text)]),
    empty,
  )
  const fields: readonly (readonly [number, string, Buffer])[] = [
    [1, 'o', text32(path)],
    [2, 's', text32(call.interface)],
    [3, 's', text32(call.member)],
    [6, 's', text32(destination)],
    ...(body.length > 0 ? [[8, 'g', signature('s'.repeat(body.length))] as const] : []),
  ]
  const header = fields.reduce(
    (bytes, [code, type, value]) =>
      Buffer.concat([bytes, padding(bytes.length, 8), Buffer.from([code]), signature(type), value]),
    empty,
  )
  const start = Buffer.from([0x6c, 1, noAutoStart, 1])
  const lengths = Buffer.concat([uint32(args.length), uint32(serial), uint32(header.length)])
  return Buffer.concat([start, lengths, header, padding(header.length, 8), args])
}

const empty = Buffer.alloc(0)
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
function text32(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([uint32(bytes.length), bytes, Buffer.alloc(1)])
}
const signature = (types: string): Buffer =>
  Buffer.concat([Buffer.from([types.length]), Buffer.from(types, 'latin1'), Buffer.alloc(1)])

/** The first message of what has come; null where not all of it is here yet. `length`: so many bytes it takes. */
export function readMessage(bytes: Buffer): { readonly message: BusMessage; readonly length: number } | null {
  if (bytes.length < headerLength) return null
  const order = String.fromCharCode(bytes[0] ?? 0)
  if ((order !== 'l' && order !== 'B') || bytes[3] !== 1) throw new Error('This is no D-Bus message')
  const littleEndian = order === 'l'
  const bodyLength = uint32At(bytes, 4, littleEndian)
  const fieldsEnd = headerLength + uint32At(bytes, 12, littleEndian)
  const bodyStart = aligned(fieldsEnd, 8)
  const length = bodyStart + bodyLength
  if (length > longest) throw new Error('A D-Bus message is too long')
  if (bytes.length < length) return null
  const fields = fieldsOf(bytes.subarray(0, fieldsEnd), littleEndian)
  return {
    length,
    message: {
      type: types[bytes[1] ?? 0] ?? 'other',
      answers: fields.answers,
      signature: fields.signature,
      body: bytes.subarray(bodyStart, length),
      littleEndian,
    },
  }
}

const types: readonly BusMessage['type'][] = ['other', 'call', 'return', 'error', 'signal']

function fieldsOf(bytes: Buffer, littleEndian: boolean): Pick<BusMessage, 'answers' | 'signature'> {
  let answers: number | null = null
  let found = ''
  for (let at = headerLength; at < bytes.length; ) {
    at = aligned(at, 8)
    const code = bytes.readUInt8(at)
    const type = signatureAt(bytes, at + 1)
    const start = at + 1 + type.length + 2
    if (type === 'g') {
      const value = signatureAt(bytes, start)
      if (code === 8) found = value
      at = start + value.length + 2
    } else {
      // A number, or the length of a text.
      const value = uint32At(bytes, aligned(start, 4), littleEndian)
      if (type === 'u') {
        if (code === 5) answers = value
        at = aligned(start, 4) + 4
      } else if (type === 's' || type === 'o') at = aligned(start, 4) + 4 + value + 1
      else throw new Error('A D-Bus header has a field of an unknown type')
    }
  }
  return { answers, signature: found }
}

function signatureAt(bytes: Buffer, at: number): string {
  const length = bytes.readUInt8(at)
  if (bytes.readUInt8(at + 1 + length) !== 0) throw new Error('A D-Bus signature has no end')
  return bytes.toString('latin1', at + 1, at + 1 + length)
}

/** The number that the answer to a property's `Get` holds; null where it holds something else. */
export function numberOf({ signature: type, body, littleEndian }: BusMessage): number | null {
  if (type !== 'v' || signatureAt(body, 0) !== 'u') return null
  return uint32At(body, 4, littleEndian)
}

const uint32At = (bytes: Buffer, at: number, littleEndian: boolean): number =>
  littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
