import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Packages with machine code, which cannot be bundled. */
export const NATIVE_PACKAGES = ['keytar', 'libsql']

/**
 * Copies what an installed app consists of, and nothing more, into a folder: `dist/`, a short
 * package.json and the native packages. The ordinary user of the tests may not read the checkout
 * (of root, say), and what runs there should be what is packaged.
 *
 * @param {string} folder made where it does not exist
 */
export function stageApp(folder) {
  mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(appDescription(root), null, 2))
  for (const name of packageClosure(root, NATIVE_PACKAGES)) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      dereference: true,
    })
  }
}

/**
 * The part of package.json that an installed app needs.
 *
 * @param {string} base the checkout
 */
export function appDescription(base) {
  const { name, productName, version, description, license, author, type, main, dependencies } = JSON.parse(
    readFileSync(join(base, 'package.json'), 'utf8'),
  )
  const native = Object.fromEntries(NATIVE_PACKAGES.map(dependency => [dependency, dependencies[dependency]]))
  const updates = JSON.parse(readFileSync(join(base, 'build', 'updates.json'), 'utf8'))
  return {
    name,
    productName,
    version,
    description,
    license,
    author,
    type,
    main,
    dependencies: native,
    // Whose updates it takes (docs/updates.md); a build that names no server takes none.
    ...(updates.url === null ? {} : { updates }),
  }
}

/**
 * Packages and everything that they need and that is installed; a native package names the builds
 * for all platforms, of which npm installs this machine's.
 *
 * @param {string} base
 * @param {string[]} names
 * @returns {string[]}
 */
export function packageClosure(base, names) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {string} name */
  const visit = name => {
    const file = join(base, 'node_modules', name, 'package.json')
    if (found.has(name) || !existsSync(file)) return
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'))
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next)
  }
  for (const name of names) visit(name)
  return [...found]
}
