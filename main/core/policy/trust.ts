/** Where a token may go: product.md, rule 7. */
import { AppError } from '../errors.ts'
import type { Http } from '../ports.ts'
import type { TrustSet } from '../systems/system.ts'
import { isLoopback, isWithinDomain, originOf, parseUrl } from './url.ts'

const concurDomains = ['concursolutions.com', 'concurcdc.cn'] as const

/** True only for a URL whose origin is in the set; plain http only to this computer, and only in practice. */
export function mayCarryToken(trust: TrustSet, url: string): boolean {
  const origin = originOf(url)
  if (origin === null || !trust.origins.includes(origin)) return false
  return origin.startsWith('https:') || (trust.practice && isLoopback(new URL(origin)))
}

/**
 * Whether an origin that a Concur sign-in named may be trusted: https on the usual port within Concur's own
 * domains. In practice it must be on this computer instead, so that a simulator cannot send a token anywhere.
 */
export function concurMayTrust(origin: string, practice: boolean): boolean {
  if (originOf(origin) === null) return false
  const url = new URL(origin)
  if (practice) return isLoopback(url)
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    concurDomains.some(domain => isWithinDomain(url.hostname, domain))
  )
}

/**
 * Whether a host that a PureConnect server named may take a session: under the same scheme and on the same port as the
 * connection's own. Which host it is, is what its certificate proves. In practice it must be on this computer.
 */
export function icwsMayTrust(own: string, named: string, practice: boolean): boolean {
  if (originOf(own) === null || originOf(named) !== named) return false
  const [from, to] = [new URL(own), new URL(named)]
  if (from.protocol !== to.protocol || from.port !== to.port) return false
  return practice ? isLoopback(to) : to.protocol === 'https:'
}

/**
 * A link out of an answer, moved onto the trusted origin: only its path and query are taken. Real answers carry
 * blanks and no-break spaces around links (one of them also decoded wrongly, as `Â`), a stray `>` behind them and
 * an explicit `:443` (api/concur.md, 1.7). Throws `answer-not-understood` where no path is left.
 */
export function rebase(link: string, origin: string): string {
  const clean = link.replace(/^[\s\u00a0\u00c2]+/, '').replace(/[\s\u00a0\u00c2>]+$/, '')
  // Joined as text on purpose: resolved against the origin, the path `//evil.example/x` would name another host.
  const url = clean.startsWith('/') ? parseUrl(`${origin}${clean}`) : parseUrl(clean)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError('answer-not-understood', { facts: { what: 'link' } })
  }
  return `${origin}${url.pathname}${url.search}`
}

/**
 * The same port, closed to every URL outside the set: `not-trusted` is thrown before a byte leaves. It also refuses
 * requests without a token, since a body may hold a secret too; what is sent is sent whole.
 */
export function trustedHttp(http: Http, trust: TrustSet): Http {
  return {
    async send(request) {
      if (!mayCarryToken(trust, request.url)) {
        const host = parseUrl(request.url)?.host ?? ''
        throw new AppError('not-trusted', { facts: { host, sent: false } })
      }
      return http.send(request)
    },
  }
}
