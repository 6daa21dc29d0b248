import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const MINUTE_MS = 60_000

// The real app: one window at a time, on a desktop session that all its tests share.
const realApp = { fileParallelism: false, setupFiles: ['test/electron/session/every-test.ts'] }

// Tests that put something else in a module's place: each has a module graph of its own.
const mocked = 'test/unit/**/*.mocked.test.{ts,tsx}'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [react()],
  test: {
    // A test left alone by `only` would let all others pass unseen, here as well as where CI is set.
    allowOnly: false,
    // Far longer than any of them takes: a busy machine must not look like a wrong answer.
    testTimeout: 2 * MINUTE_MS,
    hookTimeout: 2 * MINUTE_MS,
    // At its end the real app's session is searched, whole profiles of it.
    teardownTimeout: 2 * MINUTE_MS,
    projects: [
      // One module graph for all of them: loading it anew for each file took longer than the tests.
      {
        extends: true,
        test: { name: 'unit', isolate: false, include: ['test/unit/**/*.test.{ts,tsx}'], exclude: [mocked] },
      },
      { extends: true, test: { name: 'mocked', include: [mocked] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'],
        },
      },
      { extends: true, test: { name: 'facts', include: ['test/facts/**/*.test.ts'] } },
      { extends: true, test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { extends: true, test: { name: 'audit', include: ['test/audit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          ...realApp,
          name: 'electron',
          include: ['test/electron/**/*.test.ts'],
          exclude: ['test/electron/packaged/**'],
          globalSetup: ['test/electron/session/checkout-app.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...realApp,
          name: 'packaged',
          include: ['test/electron/packaged/**/*.test.ts'],
          globalSetup: ['test/electron/session/packaged-app.ts'],
        },
      },
    ],
  },
})
