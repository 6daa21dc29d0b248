import { AppError } from '../../../../main/core/errors.ts'
import type { Clock, Http, HttpAnswer, HttpRequest } from '../../../../main/core/ports.ts'
import { addMillis, type Millis } from '../../../../main/core/time.ts'
import type { Random } from '../../../../main/practice/random.ts'

/** What a network does, in the words of the adapter that knows it (main/adapters/http/net-errors.ts). */
export const weathers = [
  'offline',
  'refused',
  'no-name',
  /** Nothing comes back, whether the request arrived or not. */
  'black-hole',
  /** The request arrives, and its answer is lost. */
  'reset-answer',
  /** The head of the answer comes, and a part of its body. */
  'reset-body',
] as const
export type Weather = (typeof weathers)[number] | 'fine'

export type WeatherHttp = Http & {
  set(weather: Weather): void
  /** How many exchanges with the system are under way at this moment: no time is to pass meanwhile. */
  busy(): number
}

/** Puts weather between the core and a network that is always fine. */
export function weatherHttp(http: Http, clock: Clock, random: Random): WeatherHttp {
  let weather: Weather = 'fine'
  let busy = 0

  async function during<T>(work: () => Promise<T>): Promise<T> {
    busy += 1
    try {
      return await work()
    } finally {
      busy -= 1
    }
  }

  const arrives = (request: HttpRequest): Promise<HttpAnswer> => during(() => http.send(request))
  const passes = (ms: Millis) =>
    new Promise<void>(resolve => void clock.wake(addMillis(clock.now(), ms), resolve))

  async function blackHole(request: HttpRequest): Promise<HttpAnswer> {
    if (random.chance(0.5)) await during(async () => drained(await http.send(request)))
    await passes(request.answerWithin)
    throw new AppError('timed-out', { facts: { what: 'answer', sent: true } })
  }

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    switch (weather) {
      case 'fine':
        return whole(await arrives(request), during)
      case 'offline':
        throw new AppError('offline', { facts: { sent: false } })
      case 'refused':
        throw new AppError('connection-failed', { facts: { sent: false } })
      case 'no-name':
        throw new AppError('host-not-found', { facts: { sent: false } })
      case 'black-hole':
        return blackHole(request)
      case 'reset-answer':
        await during(async () => drained(await http.send(request)))
        throw new AppError('connection-cut', { facts: { sent: true } })
      case 'reset-body': {
        const answer = await arrives(request)
        return { ...answer, body: cut(answer.body, random.next()) }
      }
    }
  }

  return {
    send,
    busy: () => busy,
    set(next) {
      weather = next
    },
  }
}

async function drained({ body }: HttpAnswer): Promise<void> {
  for await (const _ of body);
}

/** While a body is read no time passes either. */
function whole(answer: HttpAnswer, during: <T>(work: () => Promise<T>) => Promise<T>): HttpAnswer {
  const pieces = answer.body[Symbol.asyncIterator]()
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => during(() => pieces.next()),
      return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
    }),
  }
  return { ...answer, body }
}

async function* cut(body: AsyncIterable<Uint8Array>, share: number): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    const part = piece.subarray(0, Math.floor(piece.length * share))
    if (part.length > 0) yield part
    break
  }
  throw new AppError('connection-cut', { facts: { sent: true } })
}
