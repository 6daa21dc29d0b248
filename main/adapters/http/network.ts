import { lookup } from 'node:dns/promises'
import type { Session } from 'electron'
import type { Network } from '../../core/doctor/types.ts'
import { AppError } from '../../core/errors.ts'
import type { CertificateFindings } from './certificates.ts'

/** The port Network on the session that requests go through: it resolves names and decides proxies as they do. */
export function networkOf(
  session: () => Promise<Session>,
  certificates: Pick<CertificateFindings, 'seen'>,
): Network {
  return {
    async resolve(host) {
      try {
        const asked = await session()
        const found = await addressesOf(asked, host)
        if (found.length > 0) return found
      } catch (cause) {
        throw new AppError('host-not-found', { facts: { host }, cause })
      }
      throw new AppError('host-not-found', { facts: { host } })
    },
    route: async url => (await session()).resolveProxy(url),
    certificate: host => certificates.seen(host),
  }
}

/** The stack's own resolver knows what the computer's does not (secure DNS); a runtime without it has Node's. */
async function addressesOf(session: Session, host: string): Promise<readonly string[]> {
  if (typeof session.resolveHost !== 'function') {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  }
  const { endpoints } = await session.resolveHost(host, { cacheUsage: 'disallowed' })
  return [...new Set(endpoints.map(({ address }) => address))]
}
