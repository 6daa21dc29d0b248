import { gzipSync } from 'node:zlib'

export type TarEntry = Readonly<{ name: string; data: Buffer }>

const BLOCK = 512

/** A .tar.gz with the same bytes on every system: ustar headers, times and owners fixed. */
export function tarGz(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, data }) => [
    header(name, data.length),
    data,
    Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK),
  ])
  // Two empty blocks are the end.
  const packed = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 6 })
  // The system that packed it: unknown, wherever this runs.
  packed[9] = 0xff
  return packed
}

function header(name: string, bytes: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  if (Buffer.byteLength(name) > 100) throw new RangeError('The name is too long for a practice archive.')
  block.write(name, 0, 'utf8')
  octal(0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(bytes, 124, 11)
  octal(1_788_253_200, 136, 11)
  block.write('        0', 148, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}
