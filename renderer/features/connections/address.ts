import type { SystemName } from '../../../preload/contract/words.ts'

/** What is typed of an address; each system has its own of these fields. */
export type TypedAddress = {
  /** Concur: one of the known data centres, or `other` with an address of its own. */
  readonly dataCentre: string
  readonly ownUrl: string
  /** ICWS: a host and its port, or the whole address of a web proxy. */
  readonly server: string
  readonly port: string
  /** Vault: as the browser shows it. */
  readonly vault: string
}

export const OTHER = 'other'

const withoutEnd = (text: string): string => text.trim().replace(/\/+$/, '')

/** An origin by https and nothing behind it: a token is sent there. Main checks again. */
export function isAddress(url: string): boolean {
  const address = withoutEnd(url)
  return (
    URL.canParse(address) &&
    address.startsWith('https://') &&
    new URL(address).origin === address.toLowerCase()
  )
}

function concurUrl({ dataCentre, ownUrl }: TypedAddress): string | null {
  if (dataCentre !== OTHER) return dataCentre
  return isAddress(ownUrl) ? withoutEnd(ownUrl) : null
}

function icwsUrl({ server, port }: TypedAddress): string | null {
  const typed = withoutEnd(server)
  if (/^https:\/\//i.test(typed)) return URL.canParse(typed) ? typed : null
  const number = Number(port.trim())
  if (!/^[a-z0-9.-]+$/i.test(typed) || !/^\d+$/.test(port.trim()) || number < 1 || number > 65_535)
    return null
  return `https://${typed}:${number}`
}

/** Of what is copied out of a browser the host alone; the rest says where in the vault somebody is. */
function vaultUrl({ vault }: TypedAddress): string | null {
  const typed = vault.trim()
  const whole = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(whole)) return null
  const { protocol, host, username, password } = new URL(whole)
  const isNamed = /[.:]/.test(host)
  return protocol === 'https:' && isNamed && username + password === '' ? `https://${host}` : null
}

const urlsOf: Record<SystemName, (typed: TypedAddress) => string | null> = {
  concur: concurUrl,
  icws: icwsUrl,
  vault: vaultUrl,
}

/** The connection's URL; null where what was typed is none. */
export const urlOf = (system: SystemName, typed: TypedAddress): string | null => urlsOf[system](typed)
