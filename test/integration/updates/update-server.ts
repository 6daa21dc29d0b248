import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'

export type Special = (response: ServerResponse) => void

/** What serves a folder is all that an update server has to be: a generic one, on this computer. */
export async function serveUpdates(folder: string) {
  const asked: string[] = []
  const special = new Map<string, Special>()
  const server = createServer((request, response) => {
    const name = decodeURIComponent(basename(request.url ?? ''))
    asked.push(name)
    const answer = special.get(name)
    if (answer !== undefined) return answer(response)
    try {
      const bytes = readFileSync(join(folder, name))
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
    } catch {
      response.writeHead(404).end('There is no such file.')
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/`,
    asked,
    special,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type UpdateServer = Awaited<ReturnType<typeof serveUpdates>>
