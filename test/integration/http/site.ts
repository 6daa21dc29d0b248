import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** One request as a server received it. */
export type Received = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
export type Answer = (response: ServerResponse, received: Received) => void

/** A server on 127.0.0.1 that answers as a case wants and remembers what it was asked. */
export interface Site {
  readonly origin: string
  readonly received: readonly Received[]
  /** Resolves when the connection of the exchange under way, or of the next one, has closed. */
  closed(): Promise<void>
  close(): Promise<void>
}

/** Answers every request with `answer`, over TLS where a certificate is given. */
export async function openSite(
  answer: Answer,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Site> {
  const received: Received[] = []
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const entry = await read(request)
    received.push(entry)
    answer(response, entry)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  return { ...(await listening(server, tls === undefined ? 'http' : 'https')), received }
}

/** A server below HTTP: what it writes is what is received. `heard` is called with every whole request. */
export async function openRawSite(heard: (socket: Socket, request: string) => void): Promise<Site> {
  const server = createTcpServer(socket => {
    let text = ''
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      if (!isWhole(text)) return
      const request = text
      text = ''
      heard(socket, request)
    })
  })
  return { ...(await listening(server, 'http')), received: [] }
}

function isWhole(request: string): boolean {
  const head = request.indexOf('\r\n\r\n')
  const length = Number(/^content-length: *(\d+)/im.exec(request)?.[1] ?? 0)
  return head >= 0 && request.length >= head + 4 + length
}

async function listening(server: Server, scheme: 'http' | 'https'): Promise<Omit<Site, 'received'>> {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    // Cut connections are what many cases are about.
    socket.on('error', () => {})
    socket.once('close', () => {
      sockets.delete(socket)
      for (const resolve of waiting.splice(0)) resolve()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    closed: () => new Promise<void>(resolve => waiting.push(resolve)),
    close: async () => {
      const ended = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await ended
    },
  }
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method = '', url: path = '', headers } = request
  return { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
}
