import type { ErrorCode } from '../../preload/contract/errors.ts'
import { type ZipPart, zipBytes } from './zip-bytes.ts'

/** An archive that must be refused as a whole, with this code. */
export type HostileArchive = {
  readonly name: string
  readonly archive: Buffer
  readonly code: ErrorCode
  /** Null: whatever it says. */
  readonly reason: string | null
}

const one = (part: Partial<ZipPart>) => zipBytes([{ name: 'a.txt', ...part }])
const data = Buffer.from(Array.from({ length: 400 }, (_, row) => `DETAIL|${row}|${row * 7}|text\n`).join(''))
const mode = (type: number) => type | 0o644

const cases: readonly (readonly [string, Buffer, ErrorCode, string?])[] = [
  ['a name that leaves the folder', one({ name: '../a.txt' }), 'unsafe-name', 'leaves-the-folder'],
  ['one that leaves it later', one({ name: 'in/../../a.txt' }), 'unsafe-name', 'leaves-the-folder'],
  ['one that leaves it by backslashes', one({ name: '..\\..\\a.txt' }), 'unsafe-name', 'leaves-the-folder'],
  ['an absolute name', one({ name: '/etc/cron.d/a' }), 'unsafe-name', 'absolute'],
  ['a share', one({ name: '\\\\host\\share\\a.txt' }), 'unsafe-name', 'absolute'],
  ['a drive', one({ name: 'C:\\a.txt' }), 'unsafe-name', 'drive'],
  ['a drive without a folder', one({ name: 'c:a.txt' }), 'unsafe-name', 'drive'],
  ['no name', one({ name: '' }), 'unsafe-name', 'no-name'],
  ['a link', one({ unixMode: mode(0o120000) }), 'unsafe-name', 'link-or-device'],
  ['a device', one({ unixMode: mode(0o060000) }), 'unsafe-name', 'link-or-device'],
  ['a pipe', one({ unixMode: mode(0o010000) }), 'unsafe-name', 'link-or-device'],
  ['a name twice', zipBytes([{ name: 'a' }, { name: 'a' }]), 'unsafe-name', 'twice'],
  ['a name twice, spelt twice', zipBytes([{ name: 'b/a' }, { name: 'b/./a' }]), 'unsafe-name', 'twice'],
  [
    'a file that is a folder too',
    zipBytes([{ name: 'a' }, { name: 'a/b' }]),
    'unsafe-name',
    'file-and-folder',
  ],
  ['a folder with data', one({ name: 'a/' }), 'unsafe-name', 'folder-with-data'],
  ['another name in the local header', one({ localName: 'b.txt' }), 'damaged-archive'],
  ['strong encryption', one({ flags: 0x0841 }), 'encrypted-entry'],
  ['an unknown method', one({ method: 12 }), 'damaged-archive', 'packed by method 12'],
  ['a wrong checksum', one({ crc32: 1 }), 'damaged-archive', 'its checksum is wrong'],
  ['longer than stated', one({ data, bytes: 10 }), 'damaged-archive'],
  [
    'shorter than stated',
    one({ data, bytes: data.length + 1 }),
    'damaged-archive',
    'it is shorter than stated',
  ],
  ['data behind its data', one({ packed: Buffer.from([3, 0, 9, 9]), data: '' }), 'damaged-archive'],
  ['data that reach into the directory', one({ packedBytes: 200 }), 'damaged-archive'],
  [
    'fewer files counted than there are',
    zipBytes([{ name: 'a' }, { name: 'b' }], { entries: 1 }),
    'damaged-archive',
  ],
  ['more files counted than there are', zipBytes([{ name: 'a' }], { entries: 2 }), 'damaged-archive'],
  [
    'files that share their bytes',
    zipBytes([{ name: 'a' }, { name: 'a', sharesWith: 0 }]),
    'unsafe-name',
    'twice',
  ],
  [
    'files that share their bytes under other names',
    zipBytes([
      { name: 'aa', data },
      { name: 'ab', data, sharesWith: 0 },
    ]),
    'damaged-archive',
  ],
  ['no archive at all', Buffer.from('PK\u0003\u0004 and nothing else'), 'damaged-archive'],
]

/** Everything that an archive can be made of to do harm, byte by byte. */
export const hostileArchives: readonly HostileArchive[] = cases.map(([name, archive, code, reason]) => ({
  name,
  archive,
  code,
  reason: reason ?? null,
}))
