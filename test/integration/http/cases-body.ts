import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as passTime } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { failsWith, get, type HttpCase, textOf, withRawSite, withSite } from './case.ts'

const MB = 1024 * 1024
const piece = Buffer.alloc(64 * 1024, 'a line of an extract|1.00\n')

/** Writes so many bytes as fast as they are taken; tells after each piece how many were. */
async function pour(response: ServerResponse, bytes: number, poured: (bytes: number) => void = () => {}) {
  response.writeHead(200, { 'content-length': bytes })
  for (let done = 0; done < bytes && !response.destroyed; done += piece.length) {
    poured(done + piece.length)
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end()
}

/** How a body is read, and how it may fail. */
export const bodyCases: readonly HttpCase[] = [
  {
    name: '100 MB arrive byte for byte',
    run: withSite(
      response => void pour(response, 100 * MB),
      async (http, site) => {
        const expected = createHash('sha256')
        for (let done = 0; done < 100 * MB; done += piece.length) expected.update(piece)
        const found = createHash('sha256')
        for await (const chunk of (await http.send(get(site.origin))).body) found.update(chunk)
        assert.equal(found.digest('hex'), expected.digest('hex'))
      },
    ),
  },
  {
    name: 'a reader that stops holds the sender back',
    run: async http => {
      let poured = 0
      const run = withSite(
        response => {
          void pour(response, 300 * MB, bytes => {
            poured = bytes
          })
        },
        async (_, site) => {
          const answer = await http.send(get(site.origin))
          const pieces = answer.body[Symbol.asyncIterator]()
          let received = (await pieces.next()).value?.length ?? 0
          const full = await steady(() => poured)
          assert.ok(full < 64 * MB, `${full} bytes were taken in advance`)
          for (let next = await pieces.next(); !next.done; next = await pieces.next())
            received += next.value.length
          assert.equal(received, 300 * MB)
        },
      )
      await run(http)
    },
  },
  {
    name: 'a chunked body is read to its end',
    run: withSite(
      response => {
        response.write('one, ')
        response.end('two')
      },
      async (http, site) => assert.equal(await textOf(await http.send(get(site.origin))), 'one, two'),
    ),
  },
  {
    name: 'a compressed body is decoded, and its length raises no alarm',
    run: withSite(
      response => {
        const packed = gzipSync('long '.repeat(1000))
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed)
      },
      async (http, site) => {
        const answer = await http.send(get(site.origin))
        assert.equal(answer.headers['content-encoding'], 'gzip')
        assert.equal((await textOf(answer)).length, 5000)
      },
    ),
  },
  {
    name: 'a compressed body that ends early is a cut connection',
    run: withSite(
      response => {
        const packed = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)))
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length })
        response.write(packed.subarray(0, packed.length / 2), () => response.destroy())
      },
      async (http, site) => {
        const answer = await http.send(get(site.origin))
        await failsWith(textOf(answer), 'connection-cut', { sent: true })
      },
    ),
  },
  {
    name: 'a body shorter than promised is a cut connection',
    run: withSite(
      response => {
        response.writeHead(200, { 'content-length': 1000 })
        response.write('short', () => response.destroy())
      },
      async (http, site) => {
        const answer = await http.send(get(site.origin))
        await failsWith(textOf(answer), 'connection-cut', { sent: true })
      },
    ),
  },
  {
    name: 'a chunked body without its end is a cut connection',
    run: withSite(
      response => void response.write('some', () => response.destroy()),
      async (http, site) => {
        const answer = await http.send(get(site.origin))
        await failsWith(textOf(answer), 'connection-cut', { sent: true })
      },
    ),
  },
  {
    name: 'a body cut by a reset is a cut connection',
    run: withRawSite(
      socket =>
        void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome', () => socket.resetAndDestroy()),
      async (http, site) => {
        const reading = http.send(get(site.origin)).then(textOf)
        await failsWith(reading, 'connection-cut', { sent: true })
      },
    ),
  },
  {
    // The stack reads as many bytes as were promised and no more; nobody above it can see that there were.
    name: 'a body longer than promised is read up to the promised length',
    run: withRawSite(
      socket =>
        void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfour and more'),
      async (http, site) => assert.equal(await textOf(await http.send(get(site.origin))), 'four'),
    ),
  },
  {
    name: 'a slow trickle is patiently read',
    run: withSite(
      async response => {
        for (let i = 0; i < 15; i += 1) {
          response.write('.')
          await passTime(100)
        }
        response.end()
      },
      async (http, site) => {
        const answer = await http.send(get(site.origin, { stallAfter: 1_000 }))
        assert.equal(await textOf(answer), '.'.repeat(15))
      },
    ),
  },
  {
    name: 'a body that stands still is given up',
    run: withSite(
      // Of an answer without a type Chromium shows nothing before it has seen enough to guess one.
      response => {
        response.writeHead(200, { 'content-type': 'text/csv', 'content-length': 100 }).write('some')
      },
      async (http, site) => {
        const closed = site.closed()
        const answer = await http.send(get(site.origin, { stallAfter: 200 }))
        await failsWith(textOf(answer), 'timed-out', { what: 'body', received: 4, sent: true })
        await closed
      },
    ),
  },
  {
    name: 'a slow reader is not taken for a body that stands still',
    run: withSite(
      response => void pour(response, 20 * MB),
      async (http, site) => {
        const answer = await http.send(get(site.origin, { stallAfter: 200 }))
        let received = 0
        let pauses = 0
        for await (const chunk of answer.body) {
          if (received > 5 * MB * pauses) {
            pauses += 1
            await passTime(400)
          }
          received += chunk.length
        }
        assert.equal(received, 20 * MB)
        assert.equal(pauses, 4)
      },
    ),
  },
  {
    name: 'an abort in the middle of the body ends the exchange',
    run: withSite(
      response => void pour(response, 300 * MB),
      async (http, site) => {
        const closed = site.closed()
        const abort = new AbortController()
        const answer = await http.send(get(site.origin, { signal: abort.signal }))
        const reading = (async () => {
          for await (const _ of answer.body) abort.abort()
        })()
        await failsWith(reading, 'cancelled', { sent: true })
        await closed
      },
    ),
  },
  {
    name: 'a reader that leaves ends the exchange',
    run: withSite(
      response => void pour(response, 300 * MB),
      async (http, site) => {
        const closed = site.closed()
        for await (const _ of (await http.send(get(site.origin))).body) break
        await closed
      },
    ),
  },
]

/** Waits until a figure has stood still for a while. */
async function steady(figure: () => number): Promise<number> {
  for (let last = -1; ; ) {
    const now = figure()
    if (now === last) return now
    last = now
    await passTime(500)
  }
}
