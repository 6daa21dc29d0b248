import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** The newest JavaScript that every check of the scanner walks through: of later syntax it gives up a whole file. */
const READABLE = 'es2019'

/**
 * Copies what was built, as the scanner can read it: in older syntax, and the preload script under a name that it
 * looks at. The bundles themselves stay as they are for the app.
 *
 * @param {string} root the checkout, with `dist/`
 * @param {string} folder receives it, with the package.json of the checkout
 * @returns {Promise<{ files: string[], sourceOf: (place: { file: string, line: number, column: number }) => string }>}
 *   `files`: the scripts that were copied; `sourceOf`: the file of the checkout that a place of the copy was made from,
 *   or the file itself where nothing says so
 */
export async function copyReadable(root, folder) {
  const { transformWithOxc } = await import('vite')
  const dist = join(root, 'dist')
  /** @type {Map<string, { base: string, map: SourceMap }>} */
  const maps = new Map()
  const files = []
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:c?js|html)$/.test(path)) continue
    const built = join(dist, path)
    const name = path.replace(/\.cjs$/, '.js')
    const text = readFileSync(built, 'utf8')
    const copy = join(folder, name)
    mkdirSync(dirname(copy), { recursive: true })
    if (path.endsWith('.html')) {
      writeFileSync(copy, text)
      continue
    }
    const { code, map } = await transformWithOxc(text, name, { target: READABLE }, mapOf(built))
    writeFileSync(copy, code)
    files.push(name)
    maps.set(name, { base: dirname(built), map: new SourceMap(/** @type {any} */ (map)) })
  }
  writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')))
  return {
    files,
    sourceOf({ file, line, column }) {
      const known = maps.get(file)
      const entry = known?.map.findEntry(line - 1, column)
      if (known === undefined || entry === undefined || !('originalSource' in entry)) return file
      return relative(root, resolve(known.base, entry.originalSource)).replaceAll(sep, '/')
    },
  }
}

/** @param {string} built @returns {any} the map that the bundler wrote beside it */
function mapOf(built) {
  try {
    return JSON.parse(readFileSync(`${built}.map`, 'utf8'))
  } catch {
    return undefined
  }
}
