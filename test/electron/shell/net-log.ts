import { readFileSync } from 'node:fs'

/** What Chromium writes into `--log-net-log`; numbers stand for names of its own. */
type NetLog = {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> }
  readonly events: readonly { readonly type: number; readonly params?: Readonly<Record<string, unknown>> }[]
}

/** Addresses of requests, names that were looked up, and what was connected to. */
const OUTGOING = /^(?:URL_REQUEST|HOST_RESOLVER|TCP_CONNECT)/

/**
 * Every place that Chromium's network turned to. Datagram sockets are left out: Chromium connects some to see which
 * routes there are, and sends nothing; what does send looks its host up first. Files of `app://` touch no network.
 *
 * @param file of an app that has ended: only then is it whole
 * @returns host names, each once, in the order of the alphabet
 */
export function hostsIn(file: string): readonly string[] {
  const { constants, events }: NetLog = JSON.parse(readFileSync(file, 'utf8'))
  const outgoing = new Set(
    Object.entries(constants.logEventTypes).flatMap(([name, type]) => (OUTGOING.test(name) ? [type] : [])),
  )
  const named = events
    .filter(({ type }) => outgoing.has(type))
    .flatMap(({ params = {} }) => [params.url, params.host, params.address])
    .filter(value => typeof value === 'string')
  return [...new Set(named.map(hostOf))].sort()
}

/** Of an address, or of a host with its port. */
const hostOf = (place: string): string => new URL(place.includes('://') ? place : `tcp://${place}`).hostname
