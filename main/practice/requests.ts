import type { IncomingHttpHeaders } from 'node:http'

/** The systems that can be practised; each tags its own requests. */
export type PracticeSystem = 'concur' | 'icws' | 'vault'

/** One request as it came, kept in memory only: headers and bodies hold the practice secrets. */
export type RecordedRequest = Readonly<{
  system: PracticeSystem
  method: string
  /** Path and query. */
  path: string
  headers: IncomingHttpHeaders
  body: string
  /** Epoch milliseconds of the practice clock. */
  at: number
  /** `pending` until the last byte of the answer is out; `dropped` where the connection was cut. */
  outcome: 'pending' | 'answered' | 'dropped'
  status: number | null
}>

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Waiter = {
  matches: (request: RecordedRequest) => boolean
  resolve: (request: RecordedRequest) => void
  reject: (error: Error) => void
}

/** The log of one practice server. `close` rejects all that is still waited for. */
export type RequestLog = {
  readonly requests: readonly RecordedRequest[]
  add(request: Omit<RecordedRequest, 'outcome' | 'status'>): RequestEntry
  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>
  close(): void
}

/** To be told how a request ended: the first outcome counts. */
export type RequestEntry = { end(outcome: 'answered' | 'dropped', status: number | null): void }

/** Keeps the last `limit` requests and lets tests wait for one instead of sleeping. */
export function requestLog(limit = 10_000): RequestLog {
  const requests: Mutable<RecordedRequest>[] = []
  const waiters = new Set<Waiter>()
  const closed = () => new Error('The practice server was closed while this was waited for.')
  let open = true
  const tell = (request: RecordedRequest) => {
    for (const waiter of waiters) {
      if (!waiter.matches(request)) continue
      waiters.delete(waiter)
      waiter.resolve(request)
    }
  }
  return {
    requests,
    add(seen) {
      const request: Mutable<RecordedRequest> = { ...seen, outcome: 'pending', status: null }
      requests.push(request)
      if (requests.length > limit) requests.shift()
      tell(request)
      return {
        end(outcome, status) {
          if (request.outcome !== 'pending') return
          request.outcome = outcome
          request.status = status
          tell(request)
        },
      }
    },
    waitFor(matches) {
      const known = requests.find(matches)
      if (known) return Promise.resolve(known)
      if (!open) return Promise.reject(closed())
      return new Promise((resolve, reject) => waiters.add({ matches, resolve, reject }))
    },
    close() {
      open = false
      for (const waiter of waiters) waiter.reject(closed())
      waiters.clear()
    },
  }
}
