/**
 * Serves files from 127.0.0.1, in a process of its own so that neither side of a comparison pays for it in its own.
 * Its one word is JSON: a path by its name. It prints its origin, and ends with its standard input.
 */
import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { hugeArchive } from '../material/huge.ts'

const paths: Readonly<Record<string, string>> = JSON.parse(process.argv[2] ?? '{}')

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = request.url?.slice(1) ?? ''
  const path = paths[name]
  if (name === hugeArchive.name) {
    response.writeHead(200, headersOf(name, hugeArchive.bytes))
    await pipeline(Readable.from(hugeArchive.pieces()), response)
  } else if (name === 'small') {
    const rows = 'a,b\n1,2\n'
    response.writeHead(200, headersOf(name, rows.length)).end(rows)
  } else if (path === undefined) response.writeHead(404).end()
  else {
    response.writeHead(200, headersOf(name, statSync(path).size))
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), response)
  }
}

const headersOf = (name: string, bytes: number) => ({
  'content-type': name.startsWith('zip') ? 'application/zip' : 'text/csv',
  'content-length': bytes,
  'content-disposition': `attachment; filename="${name.startsWith('zip') ? `${name}.zip` : 'Extract.csv'}"`,
})

// A reader that leaves is nobody's fault here: kills and cuts are what some runs are about.
const server = createServer(
  (request, response) => void answer(request, response).catch(() => response.destroy()),
)
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.stdin.resume().on('end', () => process.exit(0))
