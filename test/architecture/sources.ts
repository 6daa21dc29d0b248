import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One way in which a file names another module. */
export type Import = {
  /** As written; null where it is computed, and so cannot be checked. */
  readonly specifier: string | null
  /** It leaves nothing behind in what runs. */
  readonly typeOnly: boolean
  /** Names that are taken from it; empty for the whole of it. */
  readonly names: readonly string[]
}

export type Source = {
  /** From the root, with slashes. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** The functions, classes and values that it exports by name; types are none. */
  readonly exports: readonly string[]
  /** What it uses of the surrounding world without importing it: `Date.now`, `setTimeout`, `fetch` … */
  readonly ambient: readonly string[]
}

type Node = { readonly type: string; readonly [key: string]: unknown }

/** All program files below a folder of the project. */
export function sourcesBelow(folder: string): readonly Source[] {
  return filesBelow(folder).map(path => parsed(path, readFileSync(join(root, path), 'utf8')))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ts|tsx|mts|cts|js|mjs|cjs)$/.test(entry.name))
    .map(entry => posix.relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

/** Reads a file as the compiler does: a text inside a string or a comment is no import. */
export function parsed(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error !== undefined) throw new Error(`${path}: ${error.message}`)
  const imports: Import[] = []
  const exports: string[] = []
  const ambient: string[] = []
  const declared = new Set<string>()
  visit(program as unknown as Node, null, '', (node, parent, key) => {
    const found = importOf(node)
    if (found !== null) imports.push(found)
    exports.push(...exportedBy(node))
    const used = ambientOf(node, parent, key)
    if (used !== null) ambient.push(used)
    for (const name of declaredBy(node)) declared.add(name)
  })
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return { path, lines, imports, exports, ambient: ambient.filter(name => !declared.has(name)) }
}

/** The path from the root that a relative import means; null for a package or a builtin. */
export function targetOf(source: Source, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(dirname(source.path), specifier) : null
}

/** `@scope/name/part` and `name/part` → the package's name. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function importOf(node: Node): Import | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (!node.source) return null
      const specifiers = list(node.specifiers)
      const kinds = specifiers.map(one => one.importKind ?? one.exportKind)
      return {
        specifier: literal(node.source),
        typeOnly:
          (node.importKind ?? node.exportKind) === 'type' ||
          (kinds.length > 0 && kinds.every(kind => kind === 'type')),
        names: specifiers.flatMap(one => named(one.imported ?? one.local)),
      }
    }
    case 'ImportExpression':
      return { specifier: literal(node.source), typeOnly: false, names: [] }
    case 'TSImportType':
      return { specifier: literal(node.source), typeOnly: true, names: [] }
    case 'TSExternalModuleReference':
      return { specifier: literal(node.expression), typeOnly: false, names: [] }
    case 'CallExpression':
      return isNamed(node.callee, 'require')
        ? { specifier: literal(list(node.arguments)[0]), typeOnly: false, names: [] }
        : null
    default:
      return null
  }
}

function exportedBy(node: Node): readonly string[] {
  if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type' || !isNode(node.declaration))
    return []
  const { declaration } = node
  return declaration.type === 'VariableDeclaration'
    ? list(declaration.declarations).flatMap(one => named(one.id))
    : named(declaration.id)
}

const globals = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'process',
  'console',
  'performance',
])
const members = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'])

function ambientOf(node: Node, parent: Node | null, key: string): string | null {
  if (node.type === 'NewExpression' && isNamed(node.callee, 'Date') && list(node.arguments).length === 0) {
    return 'new Date()'
  }
  if (node.type === 'MemberExpression') {
    const path = dotted(node)
    const name = path.replace(/^globalThis\./, '')
    return members.has(name) || (name !== path && globals.has(name)) ? name : null
  }
  if (node.type !== 'Identifier' || !globals.has(String(node.name))) return null
  // A property of something else, a key, or a type has the name only.
  const isName =
    (parent?.type === 'MemberExpression' && key === 'property' && parent.computed !== true) ||
    (parent?.type === 'Property' && key === 'key' && parent.computed !== true) ||
    (parent?.type.startsWith('TS') ?? false) ||
    parent?.type === 'PropertyDefinition' ||
    parent?.type === 'MethodDefinition'
  return isName ? null : String(node.name)
}

/** `a.b.c` as a text. */
function dotted(node: Node): string {
  const object =
    isNode(node.object) && node.object.type === 'MemberExpression'
      ? dotted(node.object)
      : named(node.object)[0]
  return `${object}.${named(node.property)[0]}`
}

/** What a node gives a name to: a name of the file's own is not the world's. */
function declaredBy(node: Node): readonly string[] {
  switch (node.type) {
    case 'VariableDeclarator':
    case 'FunctionDeclaration':
      return named(node.id)
    case 'ImportSpecifier':
      return named(node.local)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return list(node.params).flatMap(named)
    default:
      return []
  }
}

function visit(
  node: Node,
  parent: Node | null,
  key: string,
  see: (node: Node, parent: Node | null, key: string) => void,
): void {
  see(node, parent, key)
  for (const [name, child] of Object.entries(node)) {
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) visit(one, node, name, see)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const named = (value: unknown): readonly string[] =>
  isNode(value) && typeof value.name === 'string' ? [value.name] : []
const isNamed = (value: unknown, name: string): boolean => named(value)[0] === name
const literal = (value: unknown): string | null =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null
