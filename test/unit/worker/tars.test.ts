import { createHash } from 'node:crypto'
import { crc32, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { archiveLimits, usualRules } from '../../../main/core/deliveries/file-work.ts'
import { isAppError } from '../../../main/core/errors.ts'
import { tarGz } from '../../../main/practice/vault/tar.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { longName, paxPart, type TarPart, tarBytes, tarGzBytes } from '../../fakes/tar-bytes.ts'

const options = { signal: new AbortController().signal, onProgress: () => {} }

/** Unpacks an archive and returns what was written, by the paths in it. */
async function unpacked(archive: Buffer, limits = archiveLimits): Promise<ReadonlyMap<string, Buffer>> {
  const files = memoryFiles()
  files.folder('/out')
  files.put('/a.tar.gz', archive)
  const work = createFileWork(files)
  const entries = await work.survey('/a.tar.gz', { ...usualRules, limits }, options)
  const tasks = entries.map((entry, index) => ({ entry, to: `/out/${index}` }))
  const extracted = await work.extract('/a.tar.gz', tasks, options)
  const written = files.below('/out')
  return new Map(
    entries.map((entry, index) => {
      const bytes = written.get(`/out/${index}`) ?? Buffer.from('nothing was written')
      expect(extracted[index]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(extracted[index]?.bytes).toBe(entry.bytes)
      expect(entry.crc32).toBe(crc32(bytes).toString(16).padStart(8, '0'))
      return [entry.path, bytes]
    }),
  )
}

async function refused(archive: Buffer, limits = archiveLimits): Promise<{ code: string; reason: unknown }> {
  try {
    await unpacked(archive, limits)
  } catch (error) {
    if (isAppError(error)) return { code: error.code, reason: error.facts.reason }
    throw error
  }
  return { code: 'accepted', reason: null }
}

const rows = (count: number) =>
  Buffer.from(Array.from({ length: count }, (_, row) => `${row},name ${row},value ${row * 7}\n`).join(''))
const one = (part: Partial<TarPart>) => tarGzBytes([{ name: 'a.csv', data: 'id\n1\n', ...part }])
const names = async (...parts: readonly TarPart[]) => [...(await unpacked(tarGzBytes(parts))).keys()]

describe('packed tars that are as they should be', () => {
  it('every byte comes out, of files of all lengths around a block', async () => {
    const parts = [0, 1, 511, 512, 513, 100_000, 700_000].map(bytes => ({
      name: `in/${bytes}.csv`,
      data: rows(40_000).subarray(0, bytes),
    }))
    const files = await unpacked(tarGzBytes([{ name: 'in/', type: '5' }, ...parts]))
    expect([...files.keys()]).toEqual(parts.map(({ name }) => name))
    for (const { name, data } of parts) expect(files.get(name)?.equals(data)).toBe(true)
  })

  it('reads what the practice vault writes, and several packed members after each other', async () => {
    const entries = [
      { name: 'manifest.csv', data: rows(10) },
      { name: 'Object/product__v.csv', data: rows(5_000) },
    ]
    expect((await unpacked(tarGz(entries))).get('Object/product__v.csv')?.equals(rows(5_000))).toBe(true)
    const bytes = tarBytes(entries)
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 1000)), gzipSync(bytes.subarray(1000))])
    expect((await unpacked(members)).get('manifest.csv')?.equals(rows(10))).toBe(true)
  })

  it('knows long names, GNU’s and those of pax, and names in UTF-8', async () => {
    const long = `${'a folder/'.repeat(20)}${'n'.repeat(120)}.csv`
    expect(await names(longName(long), { name: 'cut', data: 'x' })).toEqual([long])
    expect(await names(paxPart({ path: long }), { name: 'cut', data: 'x' })).toEqual([long])
    expect(await names({ name: 'Größe/Prüfung.csv', data: 'x' })).toEqual(['Größe/Prüfung.csv'])
    expect(await names({ name: './a//b.csv', data: 'x' })).toEqual(['a/b.csv'])
  })

  it('takes the length that pax says for the one of an entry that is too long for its field', async () => {
    const data = rows(100)
    const parts = [paxPart({ size: String(data.length) }), { name: 'a.csv', data, size: 0 }]
    expect((await unpacked(tarGzBytes(parts))).get('a.csv')?.equals(data)).toBe(true)
  })

  it('unpacks some of the entries, and only looks at others', async () => {
    const files = memoryFiles()
    files.folder('/out')
    files.put(
      '/a',
      tarGzBytes([
        { name: 'a', data: 'A' },
        { name: 'b', data: 'B' },
        { name: 'c', data: 'C' },
      ]),
    )
    const work = createFileWork(files)
    const [, b, c] = await work.survey('/a', usualRules, options)
    if (!b || !c) throw new Error('There are three entries')
    const found = await work.extract(
      '/a',
      [
        { entry: c, to: null },
        { entry: b, to: '/out/b' },
      ],
      options,
    )
    expect(found.map(({ bytes }) => bytes)).toEqual([1, 1])
    expect([...files.below('/out')].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      ['/out/b', 'B'],
    ])
  })

  it('lets a tar without files be one', async () => {
    expect((await unpacked(tarGzBytes([]))).size).toBe(0)
    expect((await unpacked(tarGzBytes([{ name: 'in', type: '5' }]))).size).toBe(0)
  })

  it('says where a name is probably misread', async () => {
    const latin = Buffer.from('gr\u00f6\u00dfe.csv', 'latin1')
    const bytes = tarBytes([{ name: 'xxxxxxxxx', data: 'x' }])
    latin.copy(bytes, 0)
    bytes.write('        ', 148, 'latin1')
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const files = memoryFiles()
    files.put('/a', gzipSync(bytes))
    expect((await createFileWork(files).survey('/a', usualRules, options))[0]?.nameDoubtful).toBe(true)
  })
})

describe('hostile tars', () => {
  const cases: readonly (readonly [string, Buffer, string, string?])[] = [
    ['a name that leaves the folder', one({ name: '../a.csv' }), 'unsafe-name', 'leaves-the-folder'],
    ['one that leaves it later', one({ name: 'in/../../a.csv' }), 'unsafe-name', 'leaves-the-folder'],
    ['one that leaves it by backslashes', one({ name: '..\\a.csv' }), 'unsafe-name', 'leaves-the-folder'],
    [
      'one that leaves it by its long name',
      tarGzBytes([longName('../../a'), { name: 'a', data: 'x' }]),
      'unsafe-name',
      'leaves-the-folder',
    ],
    [
      'one that leaves it by pax',
      tarGzBytes([paxPart({ path: '/etc/a' }), { name: 'a', data: 'x' }]),
      'unsafe-name',
      'absolute',
    ],
    ['an absolute name', one({ name: '/etc/cron.d/a' }), 'unsafe-name', 'absolute'],
    ['a drive', one({ name: 'C:/a.csv' }), 'unsafe-name', 'drive'],
    ['a share', one({ name: '\\\\host\\share\\a.csv' }), 'unsafe-name', 'absolute'],
    ['no name', one({ name: '.' }), 'unsafe-name', 'no-name'],
    ['a link', one({ type: '2', data: '', linkname: '/etc/passwd' }), 'unsafe-name', 'link-or-device'],
    ['a hard link', one({ type: '1', data: '', linkname: 'b.csv' }), 'unsafe-name', 'link-or-device'],
    ['a device', one({ type: '3', data: '' }), 'unsafe-name', 'link-or-device'],
    ['a disk', one({ type: '4', data: '' }), 'unsafe-name', 'link-or-device'],
    ['a pipe', one({ type: '6', data: '' }), 'unsafe-name', 'link-or-device'],
    ['a type that nobody knows', one({ type: 'Z' }), 'unsafe-name', 'link-or-device'],
    [
      'a name twice',
      tarGzBytes([
        { name: 'a', data: 'x' },
        { name: './a', data: 'y' },
      ]),
      'unsafe-name',
      'twice',
    ],
    [
      'a file that is a folder too',
      tarGzBytes([
        { name: 'a', data: 'x' },
        { name: 'a/b', data: 'y' },
      ]),
      'unsafe-name',
      'file-and-folder',
    ],
    [
      'a sparse file',
      tarGzBytes([paxPart({ 'GNU.sparse.major': '1' }), { name: 'a', data: 'x' }]),
      'damaged-archive',
      'it is stored as a sparse file',
    ],
    ['a header whose checksum is wrong', one({ wrong: [[0, 0x62]] }), 'damaged-archive'],
    ['longer than its data', tarGzBytes([{ name: 'a', data: 'x', size: 5_000 }]), 'damaged-archive'],
    [
      'a length that is none',
      tarGzBytes([paxPart({ size: 'many' }), { name: 'a', data: 'x' }]),
      'damaged-archive',
    ],
    ['a negative length', tarGzBytes([paxPart({ size: '-5' }), { name: 'a', data: 'x' }]), 'damaged-archive'],
    ['no end', tarGzBytes([{ name: 'a', data: 'x' }], { end: 0 }), 'damaged-archive', 'its end is missing'],
    [
      'half an end',
      tarGzBytes([{ name: 'a', data: 'x'.repeat(512) }], { end: 1 }),
      'damaged-archive',
      'its end is missing',
    ],
    ['something behind its end', Buffer.concat([one({}), Buffer.from('and more')]), 'damaged-archive'],
    ['no tar inside', gzipSync(rows(1_000)), 'damaged-archive'],
    ['no gzip at all', Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), rows(10)]), 'damaged-archive'],
    [
      'headers without an end',
      tarGzBytes([
        { name: 'p', type: 'x', data: '', size: 2 ** 31 },
        { name: 'a', data: Buffer.alloc(4_000_000) },
      ]),
      'damaged-archive',
      'its headers have no end',
    ],
  ]
  it.each(cases.map(([name, archive, code, reason]) => ({ name, archive, code, reason })))(
    '$name',
    async one => {
      const { archive, code, reason } = one
      const found = await refused(archive)
      expect(found.code).toBe(code)
      if (reason !== undefined) expect(found.reason).toBe(reason)
    },
  )

  it('a bomb by ratio, by size and by count, and no more of it is unpacked than that', async () => {
    const bomb = one({ data: Buffer.alloc(3_000_000) })
    expect((await refused(bomb, { ...archiveLimits, ratioFrom: 1_000_000, ratio: 100 })).code).toBe(
      'archive-bomb',
    )
    expect((await refused(bomb, { ...archiveLimits, bytes: 2_000_000 })).code).toBe('archive-bomb')
    const many = tarGzBytes(Array.from({ length: 5 }, (_, index) => ({ name: `${index}`, data: 'x' })))
    expect((await refused(many, { ...archiveLimits, entries: 4 })).code).toBe('archive-bomb')
    expect((await unpacked(many, { ...archiveLimits, entries: 5 })).size).toBe(5)
  })

  it('ends where whoever asked has gone', async () => {
    const files = memoryFiles()
    files.put('/a', one({ data: rows(50_000) }))
    const signal = AbortSignal.abort()
    await expect(
      createFileWork(files).survey('/a', usualRules, { ...options, signal }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('damage', () => {
  const parts = [
    { name: 'manifest.csv', data: rows(20) },
    { name: 'Object/product__v.csv', data: rows(400) },
  ]
  const archive = tarGzBytes(parts)

  /** Whether it was refused, or came out right to the last byte. */
  async function neverWrong(damaged: Buffer): Promise<'refused' | 'right'> {
    let files: ReadonlyMap<string, Buffer>
    try {
      files = await unpacked(damaged)
    } catch (error) {
      if (isAppError(error)) return 'refused'
      throw error
    }
    expect([...files].map(([name, data]) => ({ name, data: data.toString() }))).toEqual(
      parts.map(({ name, data }) => ({ name, data: data.toString() })),
    )
    return 'right'
  }

  it('400 flipped bits, one at a time: no wrong byte', async () => {
    let refusals = 0
    for (let flip = 0; flip < 400; flip += 1) {
      const bit = (flip * 7919) % (archive.length * 8)
      const damaged = Buffer.from(archive)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // What begins as no gzip is no tar for us, and not one that is unpacked.
      if (bit >> 3 > 2 && (await neverWrong(damaged)) === 'refused') refusals += 1
    }
    expect(refusals).toBeGreaterThan(380)
  })

  it('cut at 200 places: refused', async () => {
    for (let cut = 0; cut < 200; cut += 1) {
      const length = Math.max(3, Math.floor((archive.length * cut) / 200))
      expect(await neverWrong(archive.subarray(0, length))).toBe('refused')
    }
  })

  it('a tar that was cut before it was packed, at 60 places: refused', async () => {
    const bytes = tarBytes(parts)
    for (let cut = 1; cut < 60; cut += 1) {
      expect(
        await neverWrong(gzipSync(bytes.subarray(0, Math.floor(((bytes.length - 600) * cut) / 60)))),
      ).toBe('refused')
    }
  })
})
