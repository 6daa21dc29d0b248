import { gzipSync } from 'node:zlib'
import { build, type InlineConfig, type Rolldown } from 'vite'

type Output = Rolldown.RolldownOutput['output'][number]
type Chunk = Extract<Output, { type: 'chunk' }>

/** Bundles as `build/` does, in memory. */
export async function bundled(config: InlineConfig): Promise<readonly Output[]> {
  const made = await build({ ...config, logLevel: 'silent', build: { ...config.build, write: false } })
  if (!('output' in made)) throw new Error('The bundler was told to watch')
  return made.output
}

/** The chunks that are loaded before the entry's first line runs: itself, and what it imports statically. */
export function loadedAtOnce(output: readonly Output[], entry: string): readonly Chunk[] {
  const chunks = new Map(output.filter(one => one.type === 'chunk').map(one => [one.fileName, one]))
  const loaded = new Set<Chunk>()
  const load = (name: string): void => {
    const chunk = chunks.get(name)
    if (chunk === undefined || loaded.has(chunk)) return
    loaded.add(chunk)
    chunk.imports.forEach(load)
  }
  const first = [...chunks.values()].find(chunk => chunk.isEntry && chunk.name === entry)
  if (first === undefined) throw new Error(`There is no entry ${entry}`)
  load(first.fileName)
  return [...loaded]
}

/** Kilobytes that the page needs before it can paint: its scripts and styles, compressed as an update carries them. */
export function firstPaintKilobytes(output: readonly Output[]): number {
  const scripts = loadedAtOnce(output, 'index').map(({ code }) => code)
  const styles = output.flatMap(one =>
    one.type === 'asset' && one.fileName.endsWith('.css') ? [Buffer.from(one.source)] : [],
  )
  const bytes = [...scripts, ...styles].reduce((sum, part) => sum + gzipSync(part).byteLength, 0)
  return Math.ceil(bytes / 1000)
}

/** How many modules of ours and of packages main loads before the window can open. */
export function eagerModules(output: readonly Output[]): number {
  return loadedAtOnce(output, 'index').flatMap(({ moduleIds }) => moduleIds).length
}
