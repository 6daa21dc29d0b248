import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** What a proxy was asked for, and with which credentials. */
export type Asked = {
  readonly method: string
  readonly target: string
  readonly credentials: string | null
  readonly headers: IncomingMessage['headers']
}

export type ProxyOptions = {
  /** `user:password` without which everything is answered with 407; null: open to all. */
  readonly signIn: string | null
  /** Refuses every tunnel with this status. */
  readonly refuseTunnels?: number
}

/**
 * A company's proxy in small, on 127.0.0.1: answers plain requests itself, whatever host they name, and makes tunnels
 * to ports of this computer.
 */
export async function openProxy(options: ProxyOptions) {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  let { signIn } = options

  const admits = (request: IncomingMessage): boolean => {
    const given = request.headers['proxy-authorization'] ?? null
    const credentials = given === null ? null : Buffer.from(given.replace('Basic ', ''), 'base64').toString()
    asked.push({
      method: request.method ?? '',
      target: request.url ?? '',
      credentials,
      headers: request.headers,
    })
    return signIn === null || credentials === signIn
  }

  const server = createServer((request, response) => {
    if (admits(request)) response.end(`proxied ${request.url}`)
    else response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Example Company"' }).end('sign in')
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    if (!admits(request)) {
      socket.end(
        'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="Example Company"\r\nContent-Length: 0\r\n\r\n',
      )
      return
    }
    if (options.refuseTunnels !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuseTunnels} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    sockets.add(upstream)
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    address: `127.0.0.1:${port}`,
    asked,
    /** The proxy's users have a new password. */
    changeSignIn(next: string) {
      signIn = next
    },
    async close() {
      const ended = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await ended
    },
  }
}

export type ProxyServer = Awaited<ReturnType<typeof openProxy>>
