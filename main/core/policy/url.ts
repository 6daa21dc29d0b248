/**
 * What a URL may look like before anything is sent to it. Everything is decided on the parsed URL, never on the
 * text: `https://concursolutions.com@evil.example` and `https:\\evil.example` look harmless as text.
 */
import type { ConnectionMark } from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'

/** Why a text is no URL that a connection may have; the window has a sentence for each. */
export type UrlFault =
  | 'not-a-url'
  | 'not-https'
  | 'not-loopback'
  | 'credentials'
  | 'fragment'
  | 'query'
  | 'host'

/**
 * The URL of a connection as the user typed or pasted it, checked: https, or http to this computer for practice.
 * Blanks around it are forgiven. Throws `bad-input` with the facts `field: 'url'` and `reason: UrlFault`.
 */
export function checkConnectionUrl(text: string, mark: ConnectionMark): URL {
  const url = parseUrl(text.trim())
  if (url === null) throw badUrl('not-a-url')
  const fault = connectionUrlFault(url, mark)
  if (fault !== null) throw badUrl(fault)
  return url
}

function connectionUrlFault(url: URL, mark: ConnectionMark): UrlFault | null {
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (url.hash !== '') return 'fragment'
  if (url.search !== '') return 'query'
  if (url.hostname.endsWith('.')) return 'host'
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:' || mark !== 'practice') return 'not-https'
  return isLoopback(url) ? null : 'not-loopback'
}

const badUrl = (reason: UrlFault) => new AppError('bad-input', { facts: { field: 'url', reason } })

/**
 * The origin of an http or https URL, in its one normal form (lower case, punycode, no default port). Null for
 * everything else, for a URL with credentials, and for a host with a trailing dot, which is another name for the
 * same machine and so would make a second origin of it.
 */
export function originOf(text: string): string | null {
  const url = parseUrl(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (url.username !== '' || url.password !== '' || url.hostname.endsWith('.')) return null
  return url.origin
}

/** This computer, by a name that no name server can point elsewhere. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** Whether a host is a domain or lies within it, by whole labels: `evilexample.com` is not within `example.com`. */
export function isWithinDomain(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

/**
 * Parses only what every reader reads alike. The standard's parser drops tabs and line ends and takes a backslash
 * for a slash; a person, a proxy or a log may not.
 */
export function parseUrl(text: string): URL | null {
  if (hasUnsafeCharacter(text)) return null
  try {
    return new URL(text)
  } catch {
    return null
  }
}

// Blanks, control characters and backslashes. The text has at most one line, so a loop is no slower than a pattern.
function hasUnsafeCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code <= 0x20 || code === 0x7f || code === 0xa0 || character === '\\') return true
  }
  return false
}
