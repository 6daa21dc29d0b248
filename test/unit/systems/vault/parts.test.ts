import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import type { HttpAnswer } from '../../../../main/core/ports.ts'
import type { Bytes } from '../../../../main/core/systems/vault/client.ts'
import { joined, openInRanges } from '../../../../main/core/systems/vault/parts.ts'
import type { FilePart } from '../../../../main/core/systems/vault/types.ts'

const whole = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251))

async function* pieces(bytes: Buffer, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}

type Server = { bytes: Buffer; status?: number; etag?: string; ranges?: boolean; short?: number }

/** A server of one file, and what it was asked for. */
function server(it: Server) {
  const asked: (Bytes | null)[] = []
  const signals: AbortSignal[] = []
  const ask = async (range: Bytes | null, signal: AbortSignal): Promise<HttpAnswer> => {
    asked.push(range)
    signals.push(signal)
    const { bytes, etag, status = 206, ranges = true, short = 0 } = it
    const tag: Record<string, string> = etag === undefined ? {} : { etag }
    if (range === null || !ranges) {
      return { status: 200, headers: { 'content-length': String(bytes.length), ...tag }, body: pieces(bytes) }
    }
    if (range.from >= bytes.length) throw new AppError('request-refused', { facts: { status: 416 } })
    const to = Math.min(range.to, bytes.length - 1)
    const headers = { 'content-range': `bytes ${range.from}-${to}/${bytes.length}`, ...tag }
    return { status, headers, body: pieces(bytes.subarray(range.from, to + 1 - short)) }
  }
  return { ask, asked, signals, it }
}

describe('a file in ranges', () => {
  test.each([1, 99, 100, 101, 333, 999, 1000, 5000])(
    '[vault:3.7.ranges] of %i bytes is whole, in order',
    async size => {
      const { ask, asked } = server({ bytes: whole })
      const answer = await openInRanges(ask, null, size)
      expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '1000', etag: '"1000"' } })
      expect((await collected(answer.body)).equals(whole)).toBe(true)
      expect(asked).toHaveLength(Math.ceil(1000 / size))
    },
  )

  test.each([200, 206])('[vault:3.7.range-status] answered with %i', async status => {
    const { ask } = server({ bytes: whole, status })
    const answer = await openInRanges(ask, { from: 640, validator: '"1000"' }, 100)
    expect(answer).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 640-999/1000', 'content-length': '360', etag: '"1000"' },
    })
    expect((await collected(answer.body)).equals(whole.subarray(640))).toBe(true)
  })

  test('a server without ranges sends the whole of it, and says so', async () => {
    const { ask, asked } = server({ bytes: whole, ranges: false })
    const answer = await openInRanges(ask, { from: 640, validator: '"1000"' }, 100)
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1000"' } })
    expect((await collected(answer.body)).equals(whole)).toBe(true)
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['a part of nobody knows how much', 206, 'bytes 0-99/*'],
    ['one in other words, with status 200', 200, 'bytes=0-99/1000'],
    ['one that says nothing', 206, undefined],
    ['another one than was asked for', 206, 'bytes 1-100/1000'],
  ])('%s is not taken for the whole of it', async (_what, status, range) => {
    let isLeft = false
    async function* part(): AsyncGenerator<Uint8Array> {
      try {
        yield whole.subarray(0, 100)
        yield whole.subarray(0, 100)
      } finally {
        isLeft = true
      }
    }
    const body = part()
    await body.next()
    const headers: Record<string, string> = range === undefined ? {} : { 'content-range': range }
    const ask = async (): Promise<HttpAnswer> => ({ status, headers, body })
    await expect(openInRanges(ask, null, 100)).rejects.toMatchObject({ code: 'answer-not-understood' })
    expect(isLeft).toBe(true)
  })

  test('[vault:3.7.empty] an empty one is asked for without a range', async () => {
    const { ask, asked } = server({ bytes: Buffer.alloc(0) })
    const answer = await openInRanges(ask, null, 100)
    expect((await collected(answer.body)).length).toBe(0)
    expect(asked).toEqual([{ from: 0, to: 99 }, null])
  })

  test('one that became shorter is not gone on with', async () => {
    const { ask } = server({ bytes: whole })
    await expect(openInRanges(ask, { from: 1000, validator: '"1000"' }, 100)).rejects.toMatchObject({
      facts: { status: 416 },
    })
  })

  test('another file in the middle is noticed, and so is a part that is too short', async () => {
    const changed = server({ bytes: whole, etag: '"a"' })
    const answer = await openInRanges(changed.ask, null, 100)
    expect(answer.headers.etag).toBe('"1000 a"')
    changed.it.etag = '"b"'
    await expect(collected(answer.body)).rejects.toMatchObject({ code: 'connection-cut' })
    const short = server({ bytes: whole, short: 1 })
    await expect(collected((await openInRanges(short.ask, null, 100)).body)).rejects.toMatchObject({
      code: 'connection-cut',
    })
  })

  test('no more than three parts are on the way, however large the file is', async () => {
    const { ask, asked } = server({ bytes: Buffer.alloc(10_000) })
    const { body } = await openInRanges(ask, null, 100)
    const reading = body[Symbol.asyncIterator]()
    await reading.next()
    expect(asked).toHaveLength(3)
    await reading.return?.()
    expect(asked).toHaveLength(3)
  })

  test('whoever leaves is not kept waiting for what is on its way', async () => {
    const signals: AbortSignal[] = []
    const ask = async (_: Bytes | null, signal: AbortSignal): Promise<HttpAnswer> => {
      signals.push(signal)
      const body = (async function* (): AsyncGenerator<Uint8Array> {
        yield whole.subarray(0, 10)
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
        )
      })()
      return { status: 206, headers: { 'content-range': 'bytes 0-99/1000' }, body }
    }
    const reading = (await openInRanges(ask, null, 100)).body[Symbol.asyncIterator]()
    await reading.next()
    const next = reading.next().catch((error: unknown) => error)
    await Promise.all([reading.return?.(), next])
    expect(await next).toMatchObject({ code: 'cancelled' })
    expect(signals[0]?.aborted).toBe(true)
  })
})

describe('the parts of a Direct Data file', () => {
  const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
  const cut = [0, 300, 301, 800, 1000]
  const blocks = cut.slice(1).map((end, n) => whole.subarray(cut[n], end))
  const parts = blocks.map(
    (bytes, n): FilePart => ({ name: `f.00${n + 1}`, number: n + 1, bytes: bytes.length, md5: md5(bytes) }),
  )

  function open(sent: readonly Buffer[] = blocks) {
    const asked: number[] = []
    return {
      asked,
      part: async ({ number }: FilePart): Promise<HttpAnswer> => {
        asked.push(number)
        return { status: 200, headers: {}, body: pieces(sent[number - 1] ?? Buffer.alloc(0)) }
      },
    }
  }

  test.each([0, 1, 299, 300, 301, 302, 799, 800, 999, 1000])(
    '[vault:3.8.parts] [vault:3.8.md5] go on at byte %i, each of them whole',
    async from => {
      const { part, asked } = open()
      expect((await collected(joined(parts, part, from))).equals(whole.subarray(from))).toBe(true)
      expect(asked).toEqual(parts.filter((_, n) => from < (cut[n + 1] ?? 0)).map(({ number }) => number))
    },
  )

  test.each([0, 1, 2, 3])(
    '[vault:3.8.md5] one wrong byte in part %i: refused, and nothing behind it',
    async n => {
      const sent = blocks.map(bytes => Buffer.from(bytes))
      const wrong = sent[n]
      if (!wrong) throw new Error('There are four parts')
      wrong.writeUInt8(wrong.readUInt8(wrong.length - 1) ^ 1, wrong.length - 1)
      let received = 0
      const reading = (async () => {
        for await (const piece of joined(parts, open(sent).part, 0)) received += piece.length
      })()
      await expect(reading).rejects.toMatchObject({
        code: 'damaged-archive',
        facts: { reason: 'its MD5 is wrong', file: `f.00${n + 1}` },
      })
      // What was handed on ends before the end of the part that is wrong: whoever goes on fetches it again.
      expect(received).toBeLessThan(cut[n + 1] ?? 0)
    },
  )

  test('a part that is too short was cut, one that is too long is wrong', async () => {
    const [first = Buffer.alloc(0), ...others] = blocks
    const short = open([first.subarray(1), ...others])
    await expect(collected(joined(parts, short.part, 0))).rejects.toMatchObject({ code: 'connection-cut' })
    const long = open([Buffer.concat([first, first]), ...others])
    await expect(collected(joined(parts, long.part, 0))).rejects.toMatchObject({ code: 'damaged-archive' })
  })
})
