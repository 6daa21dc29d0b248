import { builtinModules } from 'node:module'
import { type Import, packageOf, type Source, targetOf } from './sources.ts'

/** What a room may import: the table of docs/architecture.md, in its order. */
export type Room = {
  readonly name: string
  readonly has: (path: string) => boolean
  /** Paths from the root. */
  readonly files: (target: string, typeOnly: boolean) => boolean
  /** Packages, `node:` builtins and electron, by name. */
  readonly packages: (name: string, typeOnly: boolean) => boolean
  /** Nothing of the surrounding world but by imports. */
  readonly pure: boolean
}

const below =
  (...folders: readonly string[]) =>
  (path: string) =>
    folders.some(folder => path.startsWith(`${folder}/`))
const oneOf =
  (...names: readonly string[]) =>
  (name: string) =>
    names.includes(name)
const any = () => true
const none = () => false
const isNode = (name: string) => name.startsWith('node:')

const contract = below('preload/contract')
const isSchemas = (path: string) => path === 'preload/contract/schemas.ts'
const contractForPages = (path: string) => contract(path) && !isSchemas(path)

/** Builtins that compute and do nothing to the machine. */
const pureBuiltins = oneOf(
  'node:buffer',
  'node:crypto',
  'node:path',
  'node:string_decoder',
  'node:url',
  'node:util',
  'node:zlib',
)

export const rooms: readonly Room[] = [
  {
    name: 'preload/contract: the schemas',
    has: isSchemas,
    files: contract,
    packages: oneOf('zod'),
    pure: true,
  },
  { name: 'preload/contract', has: contract, files: contractForPages, packages: none, pure: true },
  {
    name: 'preload',
    has: below('preload'),
    files: path => below('preload')(path) && !isSchemas(path),
    packages: oneOf('electron'),
    pure: false,
  },
  {
    name: 'main/core',
    has: below('main/core'),
    files: path => below('main/core')(path) || contractForPages(path),
    packages: name =>
      pureBuiltins(name) || oneOf('fast-xml-parser', 'zod', 'croner', 'temporal-polyfill', 'ical.js')(name),
    pure: true,
  },
  {
    name: 'main/adapters',
    has: below('main/adapters'),
    files: path => below('main/core', 'main/adapters')(path) || contractForPages(path),
    packages: name =>
      isNode(name) || oneOf('electron', 'electron-updater', 'libsql', 'keytar', 'zod', 'adm-zip')(name),
    pure: false,
  },
  {
    name: 'main/ipc: where electron is',
    has: oneOf('main/ipc/register.ts', 'main/ipc/publish.ts'),
    files: path => below('main/core', 'main/ipc')(path) || contract(path),
    packages: oneOf('electron'),
    pure: false,
  },
  {
    name: 'main/ipc',
    has: below('main/ipc'),
    files: path => below('main/core', 'main/ipc')(path) || contract(path),
    packages: none,
    pure: true,
  },
  {
    name: 'main/cli',
    has: below('main/cli'),
    files: path => below('main/core', 'main/cli')(path) || contractForPages(path),
    packages: oneOf('node:path', 'node:util'),
    pure: true,
  },
  {
    name: 'main/app',
    has: below('main/app'),
    files: path => below('main/core', 'main/app')(path) || contractForPages(path),
    packages: name => isNode(name) || name === 'electron',
    pure: false,
  },
  {
    name: 'main/worker',
    has: below('main/worker'),
    files: path => below('main/core', 'main/worker', 'main/adapters/files')(path) || contractForPages(path),
    packages: name => isNode(name) || oneOf('yauzl', 'tar-stream', 'hucre')(name),
    pure: false,
  },
  {
    name: 'main/practice',
    has: below('main/practice'),
    files: (path, typeOnly) => below('main/practice')(path) || (typeOnly && contractForPages(path)),
    packages: name => isNode(name) || name === 'adm-zip',
    pure: false,
  },
  {
    name: 'main: where new meets new',
    has: path => /^main\/[^/]+$/.test(path),
    files: path => below('main')(path) || contractForPages(path),
    packages: name => isNode(name) || name === 'electron',
    pure: false,
  },
  {
    name: 'renderer',
    has: below('renderer'),
    files: path => below('renderer')(path) || contractForPages(path),
    packages: oneOf(
      'react',
      'react-dom',
      'zustand',
      'react-aria-components',
      '@tanstack/react-virtual',
      'd3-scale',
    ),
    pure: false,
  },
  { name: 'build', has: below('build'), files: path => !below('test')(path), packages: any, pure: false },
  { name: 'test', has: below('test'), files: any, packages: any, pure: false },
]

/** The rules that a file breaks, each as a sentence. */
export function broken(source: Source): readonly string[] {
  const room = rooms.find(({ has }) => has(source.path))
  if (room === undefined) return [`${source.path} is in no room`]
  const imports = source.imports.flatMap(one => {
    const wrong = wrongIn(room, source, one)
    return wrong === null ? [] : [`${source.path} (${room.name}) imports ${wrong}`]
  })
  const ambient = room.pure ? source.ambient.map(used => `${source.path} (${room.name}) uses ${used}`) : []
  return [...imports, ...ambient]
}

function wrongIn(room: Room, source: Source, { specifier, typeOnly }: Import): string | null {
  if (specifier === null) return room.packages === any ? null : 'what cannot be told before it runs'
  const target = targetOf(source, specifier)
  if (target !== null) return room.files(target, typeOnly) ? null : target
  const name = packageOf(specifier)
  if (builtinModules.includes(name)) return `${name} without node:`
  return room.packages(name, typeOnly) ? null : name
}
