import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import { archiveLimits, raisedLimits, usualRules } from '../../../main/core/deliveries/file-work.ts'
import { isAppError } from '../../../main/core/errors.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { hostileArchives } from '../../fakes/hostile-archives.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { extraField, type ZipPart, zipBytes } from '../../fakes/zip-bytes.ts'

const options = { signal: new AbortController().signal, onProgress: () => {} }

/** Unpacks an archive and returns what was written, by the paths in it. */
async function unpacked(archive: Buffer, limits = archiveLimits): Promise<ReadonlyMap<string, Buffer>> {
  const files = memoryFiles()
  files.folder('/out')
  files.put('/a.zip', archive)
  const work = createFileWork(files)
  const entries = await work.survey('/a.zip', { ...usualRules, limits }, options)
  const tasks = entries.map((entry, index) => ({ entry, to: `/out/${index}` }))
  const extracted = await work.extract('/a.zip', tasks, options)
  const written = files.below('/out')
  return new Map(
    entries.map((entry, index) => {
      const bytes = written.get(`/out/${index}`) ?? Buffer.from('nothing was written')
      expect(extracted[index]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
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

const one = (part: Partial<ZipPart>) => zipBytes([{ name: 'a.txt', ...part }])
const data = Buffer.from(Array.from({ length: 400 }, (_, row) => `DETAIL|${row}|${row * 7}|text\n`).join(''))

describe('archives that are as they should be', () => {
  const cases: readonly (readonly [string, Buffer])[] = [
    ['deflated', one({ data })],
    ['stored', one({ data, method: 0 })],
    ['with data descriptors', one({ data, descriptor: true })],
    ['zip64 entries', one({ data, zip64: true })],
    ['zip64 throughout', zipBytes([{ name: 'a.txt', data, zip64: true }], { zip64: true })],
  ]
  it.each(cases)('%s: every byte comes out, and adm-zip agrees', async (_name, archive) => {
    expect((await unpacked(archive)).get('a.txt')).toEqual(data)
    expect(new AdmZip(archive).getEntry('a.txt')?.getData()).toEqual(data)
  })

  it('reads what adm-zip writes, large entries too', async () => {
    const large = Buffer.alloc(6_000_000, data)
    const zip = new AdmZip()
    zip.addFile('folder/', Buffer.alloc(0))
    zip.addFile('folder/large.txt', large)
    zip.addFile('empty.txt', Buffer.alloc(0))
    const files = await unpacked(zip.toBuffer())
    expect([...files.keys()].sort()).toEqual(['empty.txt', 'folder/large.txt'])
    expect(files.get('folder/large.txt')?.equals(large)).toBe(true)
    expect(files.get('empty.txt')).toHaveLength(0)
  })

  it('reads names in CP437, in UTF-8, and in the Unicode extra field', async () => {
    const cp437 = Buffer.from([0x81, 0x62, 0x65, 0x72]) // "über"
    const plain = Buffer.from('uber')
    const crc = Buffer.alloc(4)
    crc.writeUInt32LE(crc32(plain))
    const unicode = extraField(0x7075, Buffer.concat([Buffer.from([1]), crc, Buffer.from('Überweisung')]))
    const archive = zipBytes([
      { name: cp437, flags: 0 },
      { name: 'Größe.txt' },
      { name: plain, flags: 0, extra: unicode },
    ])
    expect([...(await unpacked(archive)).keys()]).toEqual(['über', 'Größe.txt', 'Überweisung'])
  })

  it('takes a backslash for the slash that some writers mean by it', async () => {
    expect([...(await unpacked(one({ name: 'in\\a.txt' }))).keys()]).toEqual(['in/a.txt'])
  })

  it('lets an archive without files be one', async () => {
    expect((await unpacked(zipBytes([]))).size).toBe(0)
  })
})

describe('hostile archives', () => {
  it.each(hostileArchives)('$name', async ({ archive, code, reason }) => {
    const found = await refused(archive)
    expect(found.code).toBe(code)
    if (reason !== null) expect(found.reason).toBe(reason)
  })

  it('an encrypted entry is told apart, and its bytes are not taken for a file', async () => {
    const files = memoryFiles()
    files.put('/a.zip', one({ flags: 0x0801 }))
    const [entry] = await createFileWork(files).survey('/a.zip', usualRules, options)
    expect(entry?.encrypted).toBe(true)
  })

  it('a bomb by ratio, by size and by count', async () => {
    const bomb = one({ data: Buffer.alloc(3_000_000) })
    expect((await refused(bomb, { ...archiveLimits, ratioFrom: 1_000_000 })).code).toBe('archive-bomb')
    expect((await unpacked(bomb, { ...raisedLimits(10), ratioFrom: 1_000_000 })).size).toBe(1)
    expect((await refused(bomb, { ...archiveLimits, bytes: 2_000_000 })).code).toBe('archive-bomb')
    const many = zipBytes(Array.from({ length: 5 }, (_, index) => ({ name: `${index}` })))
    expect((await refused(many, { ...archiveLimits, entries: 4 })).code).toBe('archive-bomb')
  })

  it('a bomb that lies about its size stops where it said that it would end', async () => {
    const files = memoryFiles()
    files.folder('/out')
    files.put('/a.zip', one({ data: Buffer.alloc(20_000_000), bytes: 6_000_000 }))
    const work = createFileWork(files)
    const [entry] = await work.survey('/a.zip', usualRules, options)
    if (!entry) throw new Error('The archive has one entry')
    await expect(work.extract('/a.zip', [{ entry, to: '/out/0' }], options)).rejects.toThrow(
      'damaged-archive',
    )
    expect(files.below('/out').get('/out/0')?.length).toBeLessThanOrEqual(6_000_000)
  })
})

describe('damage', () => {
  const parts = [
    { name: 'CES_SAE.txt', data },
    { name: 'side/attendees.txt', data: data.subarray(0, 3000) },
  ]
  const archives = {
    deflated: zipBytes(parts),
    stored: zipBytes(parts.map(part => ({ ...part, method: 0 }))),
    'deflated, as adm-zip writes it': (() => {
      const zip = new AdmZip()
      for (const part of parts) zip.addFile(part.name, part.data)
      return zip.toBuffer()
    })(),
  }

  /** Whether it was refused, or came out right to the last byte. */
  async function neverWrong(archive: Buffer, right = parts): Promise<'refused' | 'right'> {
    let files: ReadonlyMap<string, Buffer>
    try {
      files = await unpacked(archive)
    } catch (error) {
      if (isAppError(error)) return 'refused'
      throw error
    }
    expect([...files].map(([name, bytes]) => ({ name, data: bytes.toString() }))).toEqual(
      right.map(part => ({ name: part.name, data: part.data.toString() })),
    )
    return 'right'
  }

  it.each(Object.entries(archives))(
    '400 flipped bits, one at a time, %s: no wrong byte',
    async (_name, archive) => {
      let refusals = 0
      for (let flip = 0; flip < 400; flip += 1) {
        // Spread over the whole archive by a step that has no factor in common with its length.
        const bit = (flip * 7919) % (archive.length * 8)
        const damaged = Buffer.from(archive)
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        if ((await neverWrong(damaged)) === 'refused') refusals += 1
      }
      expect(refusals).toBeGreaterThan(300)
    },
  )

  it('every single bit of the headers and the directory: no wrong byte, no file left out', async () => {
    const short = parts.map(part => ({ ...part, data: part.data.subarray(0, 40) }))
    const archive = zipBytes(short)
    for (let bit = 0; bit < archive.length * 8; bit += 1) {
      const damaged = Buffer.from(archive)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await neverWrong(damaged, short)
    }
  })

  it.each(Object.entries(archives))('cut at 200 places, %s: refused', async (_name, archive) => {
    for (let cut = 0; cut < 200; cut += 1) {
      const length = Math.floor((archive.length * cut) / 200)
      expect(await neverWrong(archive.subarray(0, length))).toBe('refused')
    }
  })
})
