import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const worker = `${root}main/worker/index.ts`
const keychain = `${root}main/adapters/secrets/keychain-process.ts`

/**
 * The main process, its worker and the process that talks to the keychain, as modules. Pure packages
 * are bundled, so that an installed app carries no node_modules but the native ones.
 *
 * @type {import('vite').InlineConfig}
 */
export const mainConfig = {
  configFile: false,
  root,
  ssr: { noExternal: true, external: ['electron', 'libsql', 'keytar'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/main',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: {
        start: `${root}main/start.ts`,
        index: `${root}main/index.ts`,
        keychain,
        ...(existsSync(worker) ? { worker } : {}),
      },
      external: [/^electron(\/|$)/, /^libsql(\/|$)/, /^keytar(\/|$)/],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
}
