import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { ErrorCode } from '../../../../preload/contract/errors.ts'
import { zipBytes } from '../../../fakes/zip-bytes.ts'

const [packedZeros, fewer] = [
  deflateRawSync(Buffer.alloc(150_000_000)),
  deflateRawSync(Buffer.alloc(8_000_000)),
]

/** Archives that cannot be read, or would unpack to far more than any extract holds, whatever they say. */
export const refusedArchives: readonly {
  readonly name: string
  readonly archive: Buffer
  readonly code: ErrorCode
}[] = [
  {
    name: 'an encrypted entry',
    archive: zipBytes([{ name: 'a.txt', flags: 0x0801 }]),
    code: 'encrypted-entry',
  },
  {
    name: 'a bomb by its ratio',
    archive: zipBytes([{ name: 'a.txt', packed: packedZeros, bytes: 150_000_000 }]),
    code: 'archive-bomb',
  },
  {
    name: 'a bomb by its size',
    archive: zipBytes([{ name: 'a.txt', packed: packedZeros, bytes: 300 * 1024 ** 3, zip64: true }], {
      zip64: true,
    }),
    code: 'archive-bomb',
  },
  {
    name: 'a bomb by its number of files',
    archive: zipBytes([{ name: 'a.txt' }], { zip64: true, entries: 60_000 }),
    code: 'archive-bomb',
  },
  {
    name: 'a bomb that lies about its size',
    archive: zipBytes([{ name: 'a.txt', packed: fewer, bytes: 5_000_000 }]),
    code: 'damaged-archive',
  },
]

const [one, other] = [Buffer.from('a,b\n1,2\n3,4\n'), Buffer.from('a,b\n5,6\n')]
const long = `${'long-'.repeat(60)}.txt`
const longDigits = createHash('sha256').update(long).digest('hex').slice(0, 8)

/** Names that some system cannot hold: delivered under others by the rule of safe-names.ts, and that is said. */
export const renamedArchives: readonly {
  readonly name: string
  readonly archive: Buffer
  readonly files: Readonly<Record<string, Buffer>>
}[] = [
  {
    name: 'a name that Windows keeps for a device',
    archive: zipBytes([{ name: 'con.txt', data: one }]),
    files: { '_con.txt': one },
  },
  {
    name: 'characters that no name may have',
    archive: zipBytes([{ name: 'in/a:b?.txt', data: one }]),
    files: { 'in/a_b_.txt': one },
  },
  {
    name: 'a dot at the end',
    archive: zipBytes([{ name: 'report.', data: one }]),
    files: { report_: one },
  },
  {
    name: 'names equal but for case',
    archive: zipBytes([
      { name: 'Report.txt', data: one },
      { name: 'report.txt', data: other },
    ]),
    files: { 'Report.txt': one, 'report~2.txt': other },
  },
  {
    name: 'a name that is too long',
    archive: zipBytes([{ name: long, data: one }]),
    // Cut, and told apart by the first digits of the whole name's SHA-256.
    files: { [`${long.slice(0, 227)}~${longDigits}.txt`]: one },
  },
]
