import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * A sandboxed preload must be one CommonJS file, and may require nothing but electron.
 *
 * @type {import('vite').InlineConfig}
 */
export const preloadConfig = {
  configFile: false,
  root,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    target: 'chrome130',
    outDir: 'dist/preload',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { index: `${root}preload/index.ts` },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
}
