import { fileURLToPath } from 'node:url'
import { ensureNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { say } from './stop.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What is needed to lint, check types and bundle. */
export function ensureTools(tell = say) {
  ensureNode()
  ensurePackages(root, tell)
}

/**
 * Everything that the app needs to run, from nothing; does nothing the second time. Modules outside
 * Node are loaded only after their packages are there.
 *
 * @param {import('./system-packages.mjs').Stage} stage
 * @param {(line: string) => void} tell told what is done
 * @returns {Promise<import('../runtime/electron.mjs').ElectronRuntime>}
 */
export async function ensureAll(stage, tell = say) {
  ensureTools(tell)
  ensureSystemPackages(stage, tell)
  const { ensureElectron } = await import('../runtime/electron.mjs')
  const { ensureSandbox } = await import('../runtime/sandbox.mjs')
  const runtime = await ensureElectron(tell)
  ensureSandbox(runtime.folder)
  return runtime
}
