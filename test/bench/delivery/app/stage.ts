import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { DesktopSession } from '../../../../build/session/attached-session.mjs'
import { stageApp } from '../../../../build/stage.mjs'

const root = join(import.meta.dirname, '../../../..')
const here = (name: string) => join(import.meta.dirname, name)

/**
 * Bundles the app under the bench, with its workers and the native packages of the real one, into a folder of the
 * session. Returns that folder; the bundles lie in `dist/bench`.
 */
export async function stageBenchApp(session: DesktopSession, entry: string): Promise<string> {
  const folder = session.newFolder('app')
  stageApp(folder)
  const outDir = join(folder, 'dist', 'bench')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron', 'libsql', 'keytar'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      minify: false,
      rolldownOptions: {
        input: {
          main: entry,
          worker: join(root, 'main', 'worker', 'index.ts'),
          'unsynced-worker': here('unsynced-worker.ts'),
          'adm-zip': here('adm-zip.ts'),
        },
        external: [/^electron(\/|$)/, /^libsql(\/|$)/, /^keytar(\/|$)/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'delivery-bench', version: '1.0.0', type: 'module', main: 'dist/bench/main.js' }),
  )
  openToEverybody(folder)
  return folder
}

/** A strict mask of root's would close them to the session's user. */
function openToEverybody(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink())
      chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
  }
}
