import { windowOrigin } from './navigation.ts'

/**
 * The types that our page is made of. A file of another kind is not served: there is none, so somebody is trying.
 */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

export type ServedFile = { readonly path: readonly string[]; readonly type: string }

/**
 * The file below the served folder that an address asks for; null where it is refused. What is allowed is listed
 * (the names a bundler makes), rather than what is forbidden: no `%`, so nothing can be encoded once or twice; no
 * backslash, colon or NUL; no empty segment (`//host/share`); none that begins with a dot. The raw text is read, since
 * a URL parser would resolve `..` and `%2e%2e` before they could be seen.
 */
export function servedFile(address: string): ServedFile | null {
  const prefix = `${windowOrigin}/`
  if (!address.startsWith(prefix)) return null
  const [wanted = ''] = address.slice(prefix.length).split(/[?#]/, 1)
  const path = (wanted === '' ? 'index.html' : wanted).split('/')
  if (!path.every(name => segment.test(name))) return null
  const extension = /\.([a-z0-9]+)$/.exec(path.at(-1) ?? '')?.[1] ?? ''
  const type = Object.hasOwn(types, extension) ? types[extension] : undefined
  return type === undefined ? null : { path, type }
}
