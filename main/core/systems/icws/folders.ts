/** Where a folder of the server lies for this computer: the connection's output maps say so. Pure. */
import { AppError } from '../../errors.ts'
import type { OutputMap } from '../system.ts'

/** A server's folder as this computer reaches it, and the mapped folder that it must lie in. */
export type LocalFolder = { readonly folder: string; readonly root: string }

/**
 * The longest map that begins the path wins; upper and lower case, back- and forward slashes make no difference. Throws
 * `source-unreachable` where none does: a path that only the server chose is never opened as it came, since on Windows
 * asking for `\\host\share` signs in to that host.
 */
export function localFolder(server: string, maps: readonly OutputMap[]): LocalFolder {
  const path = pathOf(server)
  const fitting = maps
    .filter(map => begins(path, pathOf(map.server)))
    .sort((a, b) => pathOf(b.server).segments.length - pathOf(a.server).segments.length)
  const [map] = fitting
  if (map === undefined) throw unreachable(server, 'no-map')
  const rest = path.segments.slice(pathOf(map.server).segments.length)
  if (!rest.every(isPlainName)) throw unreachable(server, 'unsafe-path')
  return { folder: joinLocal(map.local, rest), root: joinLocal(map.local, []) }
}

/** A path below a local folder, in that folder's own spelling. */
export function joinLocal(folder: string, names: readonly string[]): string {
  const separator = /^[A-Za-z]:|\\/.test(folder) ? '\\' : '/'
  const base = folder.replace(/(?<=[^\\/:])[\\/]+$/, '')
  if (names.length === 0) return base
  return `${/[\\/]$/.test(base) ? base : `${base}${separator}`}${names.join(separator)}`
}

/** A name that stays in its folder, on every system. */
export const isPlainName = (name: string): boolean =>
  name !== '' && !/^\.{1,2}$/.test(name) && !/[\\/:\0]/.test(name)

export const unreachable = (folder: string, reason: string, cause?: unknown): AppError =>
  new AppError('source-unreachable', { facts: { folder, reason }, cause })

type ServerPath = { readonly start: string; readonly segments: readonly string[] }

/** `\\host\share`, `/mnt`, `D:\`: how it starts tells one kind from the other. */
function pathOf(text: string): ServerPath {
  const slashed = text.trim().replaceAll('\\', '/')
  return {
    start: /^\/\/|^\//.exec(slashed)?.[0] ?? '',
    segments: slashed.split('/').filter(segment => segment !== ''),
  }
}

const begins = (path: ServerPath, map: ServerPath): boolean =>
  map.segments.length > 0 &&
  path.start === map.start &&
  map.segments.every((segment, index) => segment.toLowerCase() === path.segments[index]?.toLowerCase())
