import { gzipSync } from 'node:zlib'

export type TarPart = {
  readonly name: string
  readonly data?: Buffer | string
  /** The header's own type: `0` a file, `5` a folder, `1` and `2` links, … */
  readonly type?: string
  /** What the header says of the length, where that is not what the data have. */
  readonly size?: number
  readonly linkname?: string
  readonly mode?: number
  /** Written over the finished header, by its place. */
  readonly wrong?: readonly (readonly [at: number, byte: number])[]
}

const block = 512

/** The blocks of a tar, by hand: what no writer would write, too. */
export function tarBytes(parts: readonly TarPart[], { end = 2 }: { readonly end?: number } = {}): Buffer {
  const blocks = parts.flatMap(part => {
    const data = Buffer.from(part.data ?? '')
    return [header(part, data.length), data, Buffer.alloc((block - (data.length % block)) % block)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(end * block)])
}

export const tarGzBytes = (parts: readonly TarPart[], options: { readonly end?: number } = {}): Buffer =>
  gzipSync(tarBytes(parts, options))

/** An extended header, which tells of the entry behind it. */
export function paxPart(records: Readonly<Record<string, string>>, type = 'x'): TarPart {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`
    const digits = String(Buffer.byteLength(rest) + 2).length
    const length = Buffer.byteLength(rest) + String(Buffer.byteLength(rest) + digits).length
    return `${length}${rest}`
  })
  return { name: 'PaxHeaders/x', type, data: lines.join('') }
}

/** GNU's own way to a long name. */
export const longName = (name: string): TarPart => ({ name: '././@LongLink', type: 'L', data: `${name}\0` })

function header(
  { name, type = '0', size, linkname = '', mode = 0o644, wrong = [] }: TarPart,
  bytes: number,
): Buffer {
  const head = Buffer.alloc(block)
  const octal = (value: number, at: number, digits: number) =>
    head.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  head.write(name, 0, 100, 'utf8')
  octal(mode, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(size ?? bytes, 124, 11)
  octal(1_788_253_200, 136, 11)
  head.write('        ', 148, 'latin1')
  head.write(type, 156, 'latin1')
  head.write(linkname, 157, 100, 'utf8')
  head.write('ustar\x0000', 257, 'latin1')
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  for (const [at, byte] of wrong) head[at] = byte
  return head
}
