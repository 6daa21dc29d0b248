/** What an update server sends, held to its bounds. No credentials go with a request, and no redirect is followed. */
import type { Http, HttpAnswer, HttpRequest } from '../ports.ts'
import { minutes, seconds } from '../time.ts'
import { refused } from './manifest.ts'

/** A manifest with its release notes; a signature is far smaller. */
const MOST_TEXT = 256 * 1024

/** A small file as a whole. Throws network errors, and `update-refused` with the status of another answer. */
export async function readWhole(http: Http, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await ask(http, url, signal)
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of answer.body) {
    length += piece.length
    if (length > MOST_TEXT) throw refused('too-large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/**
 * A file piece by piece, no byte more than was signed for.
 *
 * @param received told how many bytes came so far
 */
export async function* bytesFrom(
  http: Http,
  url: string,
  size: number,
  received: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const answer = await ask(http, url, signal)
  let length = 0
  for await (const piece of answer.body) {
    length += piece.length
    if (length > size) throw refused('size')
    received(length)
    yield piece
  }
  if (length < size) throw refused('size')
}

async function ask(http: Http, url: string, signal: AbortSignal): Promise<HttpAnswer> {
  const request: HttpRequest = {
    method: 'GET',
    url,
    headers: { accept: '*/*', 'cache-control': 'no-cache' },
    answerWithin: seconds(30),
    stallAfter: minutes(1),
    signal,
  }
  const answer = await http.send(request)
  if (answer.status === 200) return answer
  await leave(answer)
  const redirected = answer.status >= 300 && answer.status < 400
  throw refused(redirected ? 'redirect' : 'status', { status: answer.status })
}

/** Ends an answer whose body nobody wants. */
async function leave({ body }: HttpAnswer): Promise<void> {
  await body[Symbol.asyncIterator]().return?.()
}
