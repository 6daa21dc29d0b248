import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import AdmZip from 'adm-zip'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../../main/adapters/files/node-files.ts'
import { type FileWorkers, openFileWorkers } from '../../../main/adapters/worker/file-workers.ts'
import { usualRules } from '../../../main/core/deliveries/file-work.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { buildWorker } from '../../fakes/worker-file.ts'

const options = { signal: new AbortController().signal, onProgress: () => {} }
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

let program = ''
let built = ''
let folder = ''
let workers: FileWorkers

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'extract-desk-worker-'))
  program = await buildWorker(built)
}, 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extract-desk-'))
  workers = openFileWorkers(program)
})
afterEach(async () => {
  await workers.close()
  rmSync(folder, { recursive: true, force: true })
})

const at = (name: string) => join(folder, name)

describe('a download in a worker', () => {
  it('is on disk, hashed and looked into, whatever the size of its pieces', async () => {
    const row = 'DETAIL|1|2|text\n'
    const text = `EXTRACT|2026-11-01|200000|0|7\n${row.repeat(200_000)}`
    const bytes = Buffer.from(text)
    const receiving = await workers.receive(at('a'), 0)
    const sizes = [1, 7, 300_000, 65_536, 5, 900_000]
    for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1
      // A buffer that is filled again as soon as the write has returned, as a network stack does.
      const piece = Buffer.from(bytes.subarray(from, from + size))
      await receiving.write(piece)
      piece.fill(0)
      from += size
    }
    const received = await receiving.finish()
    expect(received).toMatchObject({
      bytes: bytes.length,
      sha256: sha256(bytes),
      contents: { rows: 200_000 },
    })
    expect(Buffer.from(received.head).toString()).toBe(text.slice(0, 65_536))
    expect(readFileSync(at('a')).equals(bytes)).toBe(true)
  })

  it('goes on behind what is there', async () => {
    const first = await workers.receive(at('a'), 0)
    await first.write(Buffer.from('one,two\nthree'))
    expect(await first.leave()).toBe(13)
    const second = await workers.receive(at('a'), 8)
    await second.write(Buffer.from('3,4\n5,6\n'))
    expect(await second.finish()).toMatchObject({
      bytes: 16,
      sha256: sha256('one,two\n3,4\n5,6\n'),
      contents: { rows: 2 },
    })
  })

  it('says what the file system says', async () => {
    writeFileSync(at('a'), 'there')
    await expect(workers.receive(at('a'), 0)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(workers.hash(at('b'), options)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('an archive in a worker', () => {
  it('comes out as it does in place, and as adm-zip has it', async () => {
    const zip = new AdmZip()
    for (let index = 0; index < 40; index += 1) {
      zip.addFile(`folder/${index}.csv`, Buffer.from(`id,amount\n${`${index},1.00\n`.repeat(index * 500)}`))
    }
    writeFileSync(at('a.zip'), zip.toBuffer())
    const entries = await workers.survey(at('a.zip'), usualRules, options)
    expect(entries).toEqual(await createFileWork(nodeFiles).survey(at('a.zip'), usualRules, options))
    const tasks = entries.map((entry, index) => ({ entry, to: at(String(index)) }))
    // Shared between two threads, as a delivery does it.
    const [even, odd] = [
      tasks.filter((_, index) => index % 2 === 0),
      tasks.filter((_, index) => index % 2 === 1),
    ]
    const [first, second] = await Promise.all([
      workers.extract(at('a.zip'), even, options),
      workers.extract(at('a.zip'), odd, options),
    ])
    for (const [part, results] of [
      [even, first],
      [odd, second],
    ] as const) {
      for (const [index, { entry, to }] of part.entries()) {
        const bytes = readFileSync(to)
        expect(bytes.equals(zip.getEntry(entry.path)?.getData() ?? Buffer.alloc(0))).toBe(true)
        expect(results[index]?.sha256).toBe(sha256(bytes))
      }
    }
  })

  it('that is damaged is refused with the file it is damaged at', async () => {
    const zip = new AdmZip()
    zip.addFile('a.csv', Buffer.from('a,b\n'.repeat(5000)))
    const bytes = zip.toBuffer()
    bytes[60] = (bytes[60] ?? 0) ^ 1
    writeFileSync(at('a.zip'), bytes)
    const refusal = workers.survey(at('a.zip'), usualRules, options).then(entries =>
      workers.extract(
        at('a.zip'),
        entries.map(entry => ({ entry, to: at('0') })),
        options,
      ),
    )
    await expect(refusal).rejects.toMatchObject({
      name: 'AppError',
      code: 'damaged-archive',
      facts: { file: 'a.csv' },
    })
  })
})

describe('the threads', () => {
  it('leave the main thread free while they hash and inflate', async () => {
    writeFileSync(at('large'), Buffer.alloc(200_000_000, 'a,b\n'))
    await workers.hash(at('large'), options)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    await workers.hash(at('large'), options)
    delay.disable()
    // In place the same work holds the thread for a hundred milliseconds and more, a megabyte at a time.
    expect(delay.percentile(50) / 1e6).toBeLessThan(20)
  })

  it('stop when they are told to', async () => {
    writeFileSync(at('large'), Buffer.alloc(200_000_000))
    const abort = new AbortController()
    const hashing = workers.hash(at('large'), { signal: abort.signal, onProgress: () => abort.abort() })
    await expect(hashing).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('that die take their work with them, and are there again for the next', async () => {
    writeFileSync(at('small'), 'x')
    writeFileSync(at('large'), Buffer.alloc(200_000_000))
    const hashing = expect(workers.hash(at('large'), options)).rejects.toThrow('closed')
    await workers.close()
    await hashing
    expect((await workers.hash(at('small'), options)).bytes).toBe(1)
  })
})
