import { AppError } from '../errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../ports.ts'
import { originOf } from './url.ts'

/** More hops than any of the systems needs; a loop ends here. */
export const redirectLimit = 5

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308]

export type RedirectDecision =
  | { readonly kind: 'answer' }
  | { readonly kind: 'follow'; readonly url: string }
  | {
      readonly kind: 'refuse'
      readonly reason: 'method' | 'origin' | 'location' | 'too-many'
      readonly host: string
    }

/**
 * What becomes of an answer that may be a redirect. Only a GET is followed, only within its own origin and only a
 * few times: then its credentials stay where they were meant to go, and nothing is ever sent twice. Elsewhere could
 * be followed without credentials, but what came from there would not be the system's answer.
 */
export function decideRedirect(
  request: Pick<HttpRequest, 'method' | 'url'>,
  answer: Pick<HttpAnswer, 'status' | 'headers'>,
  hops: number,
): RedirectDecision {
  if (!redirectStatuses.includes(answer.status)) return { kind: 'answer' }
  const to = target(request.url, answer.headers.location)
  const origin = to === null ? null : originOf(to)
  if (to === null || origin === null) return { kind: 'refuse', reason: 'location', host: '' }
  const { host } = new URL(origin)
  if (request.method !== 'GET') return { kind: 'refuse', reason: 'method', host }
  if (origin !== originOf(request.url)) return { kind: 'refuse', reason: 'origin', host }
  if (hops >= redirectLimit) return { kind: 'refuse', reason: 'too-many', host }
  return { kind: 'follow', url: to }
}

/** The same port, following redirects as `decideRedirect` allows; throws `redirect-refused` for all others. */
export function followingRedirects(http: Http): Http {
  return {
    async send(first) {
      let request = first
      for (let hops = 0; ; hops += 1) {
        const answer = await http.send(request)
        const decision = decideRedirect(request, answer, hops)
        if (decision.kind === 'answer') return answer
        await answer.body[Symbol.asyncIterator]().return?.()
        if (decision.kind === 'refuse') {
          const { reason, host } = decision
          throw new AppError('redirect-refused', {
            facts: { reason, host, status: answer.status, sent: true },
          })
        }
        request = { ...request, url: decision.url }
      }
    },
  }
}

function target(base: string, location: string | undefined): string | null {
  if (location === undefined || location === '') return null
  try {
    const url = new URL(location, base)
    url.hash = ''
    return url.href
  } catch {
    return null
  }
}
