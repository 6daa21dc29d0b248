import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'

/**
 * The window's page. Everything is a file of its own beside it: the page's content security policy
 * knows neither inline scripts nor data: addresses.
 *
 * @type {import('vite').InlineConfig}
 */
export const rendererConfig = {
  configFile: false,
  root: fileURLToPath(new URL('../renderer', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    target: 'chrome130',
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the page may weigh is a budget of its own (build/budgets.json), counted as it is sent: compressed.
    chunkSizeWarningLimit: 2000,
  },
}
