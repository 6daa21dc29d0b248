import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const STAMPS = join(root, 'dist', '.inputs.json')

const PARTS = [
  { name: 'main', sources: ['main', 'preload/contract'], entry: 'main/start.js' },
  { name: 'preload', sources: ['preload'], entry: 'preload/index.cjs' },
  { name: 'renderer', sources: ['renderer', 'preload/contract'], entry: 'renderer/index.html' },
]

// Of build/ only what bundles counts, so that a change of the test runner makes nothing anew.
const ALWAYS = [
  'package.json',
  'package-lock.json',
  'build/bundle.mjs',
  ...PARTS.map(part => `build/vite.${part.name}.mjs`),
]

/**
 * Makes `dist/` from the sources; a part whose sources did not change is left as it is.
 *
 * @param {(line: string) => void} say told what is made
 * @param {readonly string[]} wanted the parts that are needed; all of them where none is named
 */
export async function bundle(say, wanted = PARTS.map(part => part.name)) {
  const known = readStamps()
  for (const part of PARTS.filter(({ name }) => wanted.includes(name))) {
    const stamp = inputStamp(root, [...part.sources, ...ALWAYS])
    if (known[part.name] === stamp && existsSync(join(root, 'dist', part.entry))) continue
    say(`Bundling ${part.name}`)
    const { build } = await import('vite')
    await build({ ...(await configOf(part.name)), logLevel: 'warn' })
    known[part.name] = stamp
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(STAMPS, JSON.stringify(known, null, 2))
  }
}

/** @param {string} part @returns {Promise<import('vite').InlineConfig>} */
async function configOf(part) {
  if (part === 'main') return (await import('./vite.main.mjs')).mainConfig
  if (part === 'preload') return (await import('./vite.preload.mjs')).preloadConfig
  return (await import('./vite.renderer.mjs')).rendererConfig
}

/**
 * One hash of the names and bytes of files: equal inputs, equal stamp.
 *
 * @param {string} base
 * @param {string[]} paths files and folders below it
 */
export function inputStamp(base, paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesBelow(base, path)) {
      const bytes = readFileSync(join(base, file))
      hash.update(`${file}\0${bytes.length}\0`).update(bytes)
    }
  }
  return hash.digest('hex')
}

/** @param {string} base @param {string} path @returns {string[]} */
function filesBelow(base, path) {
  const below = readdirOrFile(join(base, path))
  if (below === undefined) return [path]
  return below.flatMap(name => filesBelow(base, `${path}/${name}`))
}

/** @param {string} path @returns {string[] | undefined} */
function readdirOrFile(path) {
  try {
    return readdirSync(path).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw error
  }
}

/** @returns {Record<string, string>} */
function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'))
  } catch {
    return {}
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(line => console.log(line))
