import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setTimeout as passTime } from 'node:timers/promises'
import { app } from 'electron'
import { get, using } from '../../integration/http/case.ts'
import { openSite } from '../../integration/http/site.ts'
import type { ElectronCase } from './electron-case.ts'

const MB = 1024 * 1024
const bodyBytes = 300 * MB
const piece = Buffer.alloc(64 * 1024, 1)

/** What main and the network process hold, in bytes; the server is in main too, and writes one piece again and again. */
function held(): number {
  const holders = app.getAppMetrics().filter(({ type }) => type === 'Browser' || type === 'Utility')
  return holders.reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0)
}

/** What a body costs in memory while it is read slowly. */
export const memoryCases: readonly ElectronCase[] = [
  {
    name: 'a slow reader of 300 MB does not make memory grow',
    run: open =>
      using(
        openSite(async response => {
          response.writeHead(200, { 'content-type': 'text/csv', 'content-length': bodyBytes })
          for (let done = 0; done < bodyBytes && !response.destroyed; done += piece.length) {
            if (!response.write(piece)) await once(response, 'drain')
          }
          response.end()
        }),
        async site => {
          const { http } = open()
          for await (const _ of (await http.send(get(site.origin))).body) break
          const before = held()
          let most = 0
          let received = 0
          let pauses = 0
          for await (const chunk of (await http.send(get(site.origin))).body) {
            received += chunk.length
            if (received < 20 * MB * pauses) continue
            pauses += 1
            // Time enough to take the rest of the body in advance: it comes at several hundred MB a second.
            await passTime(200)
            most = Math.max(most, held())
          }
          assert.equal(received, bodyBytes)
          const growth = most - before
          assert.ok(growth < 48 * MB, `grew by ${Math.round(growth / MB)} MB`)
        },
      ),
  },
]
