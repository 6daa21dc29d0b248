/**
 * Where the window may be. It has one page; everything else is refused, by parsing and comparing, never by looking
 * for a text inside an address (`http://example.invalid/?next=app://desk` contains our origin too).
 */

/** Scheme and host of the window's page. Not `file:`, whose pages share one origin with every file of the disk. */
export const windowScheme = 'app'
export const windowOrigin = 'app://desk'
export const windowPage = 'app://desk/index.html'

const page = new URL(windowPage)

/** True for the window's one page; a fragment or a query names a place inside it. */
export function isWindowPage(address: string): boolean {
  const url = parsed(address)
  return (
    url !== null &&
    url.protocol === page.protocol &&
    url.host === page.host &&
    url.username === '' &&
    url.password === '' &&
    url.pathname === page.pathname
  )
}

function parsed(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
