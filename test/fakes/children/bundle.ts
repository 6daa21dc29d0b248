import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'

/**
 * Bundles a TypeScript file so that plain Node 20 can run it as a process of its own. The result lies under
 * node_modules, where it finds the packages it leaves outside. Returns the path of the script.
 */
export async function bundleForNode(entry: string): Promise<string> {
  const name = basename(entry, '.ts')
  const outDir = join(import.meta.dirname, '../../../node_modules/.cache/test-children', name)
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  return join(outDir, `${name}.mjs`)
}
