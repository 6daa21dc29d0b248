import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Stop } from './ensure/stop.mjs'

/**
 * The switches inside the packaged program, by electron-builder's names (docs/decisions/012). Whoever can start the
 * program, or change files beside it, must not be able to run code of their own in its name.
 */
export const FUSES = {
  // ELECTRON_RUN_AS_NODE would make it a plain Node with the app's rights.
  runAsNode: { fuse: FuseV1Options.RunAsNode, on: false },
  enableNodeOptionsEnvironmentVariable: {
    fuse: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    on: false,
  },
  enableNodeCliInspectArguments: { fuse: FuseV1Options.EnableNodeCliInspectArguments, on: false },
  enableCookieEncryption: { fuse: FuseV1Options.EnableCookieEncryption, on: true },
  // Checked by Electron where the platform has it: macOS and Windows.
  enableEmbeddedAsarIntegrityValidation: {
    fuse: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
  },
  onlyLoadAppFromAsar: { fuse: FuseV1Options.OnlyLoadAppFromAsar, on: true },
  loadBrowserProcessSpecificV8Snapshot: {
    fuse: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    on: false,
  },
  grantFileProtocolExtraPrivileges: { fuse: FuseV1Options.GrantFileProtocolExtraPrivileges, on: false },
}

/** As electron-builder takes them on its command line. */
export const fuseOptions = Object.entries(FUSES).map(([name, { on }]) => `-c.electronFuses.${name}=${on}`)

/**
 * Reads the fuses back out of a program.
 *
 * @param {string} program
 * @returns {Promise<Record<string, boolean | undefined>>} by electron-builder's names; undefined: the program has none of it
 */
export async function readFuses(program) {
  const wire = await getCurrentFuseWire(program)
  return Object.fromEntries(
    Object.entries(FUSES).map(([name, { fuse }]) => {
      const state = wire[fuse]
      return [name, state === FuseState.ENABLE ? true : state === FuseState.DISABLE ? false : undefined]
    }),
  )
}

/**
 * Throws where a program's fuses are not as wanted: it must not leave this machine.
 *
 * @param {string} program
 */
export async function checkFuses(program) {
  const found = await readFuses(program)
  const wrong = Object.entries(FUSES).filter(([name, { on }]) => found[name] !== on)
  if (wrong.length === 0) return
  const told = wrong.map(([name, { on }]) => `${name} is ${found[name]}, not ${on}`)
  throw new Stop(`The packaged program has wrong fuses: ${told.join('; ')}.`)
}
