import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.mjs'
import { makeDeb } from './deb.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'
import { writeNotices } from './notices.mjs'
import { packagedProgram } from './packaged-program.mjs'
import { stageApp } from './stage.mjs'

const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * Makes the unpacked app of this platform in `release/`, as an installer would lay it down.
 *
 * @param {import('./runtime/electron.mjs').ElectronRuntime} runtime
 */
export async function packageApp(runtime) {
  // Its package is there only now that all are installed.
  const { checkFuses, fuseOptions } = await import('./fuses.mjs')
  await bundle(say)
  const staged = join(root, 'out', 'app')
  rmSync(staged, { recursive: true, force: true })
  stageApp(staged)
  writeNotices(root, join(root, 'out', 'notices'))
  if (runtime.kind === 'substitute') say('Packaged with a substitute Electron: for tests, not for release.')
  const done = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      '--dir',
      '--publish=never',
      `-c.directories.app=${staged}`,
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
      ...fuseOptions,
    ],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  if (done.status !== 0)
    throw new Stop('electron-builder could not package the app; its own words stand above.')
  const { folder, program } = packagedProgram(root)
  await checkFuses(join(folder, program))
  makeInstallers(folder)
}

/** Where the Debian package of this version is put. */
export const debFile = join(root, 'release', `extract-desk_${about.version}_amd64.deb`)

/** What this machine can make beyond the unpacked app; what it cannot is named, so that nobody waits for it. */
function makeInstallers(/** @type {string} */ folder) {
  const missing = {
    linux: 'AppImage, rpm and tar.gz',
    darwin: 'dmg and zip',
    win32: 'NSIS, portable and MSI',
  }
  if (process.platform === 'linux' && canMakeDeb()) {
    makeDeb(folder, about, join(root, 'build', 'icons'), debFile)
    say(`Made ${debFile.slice(root.length)}.`)
  } else if (process.platform === 'linux') say('Not made: deb (dpkg-deb is not here).')
  const others = Object.entries(missing).find(([platform]) => platform === process.platform)?.[1]
  if (others) say(`Not made: ${others}. \`npx electron-builder\` makes them where it can fetch its tools.`)
}

/** Whether Debian's own packaging tool is here. */
export const canMakeDeb = () => spawnSync('dpkg-deb', ['--version']).status === 0

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(async () => packageApp(await ensureAll('own desktop')))
}
