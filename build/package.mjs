import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'
import { checkFuses, fuseOptions } from './fuses.mjs'
import { writeNotices } from './notices.mjs'
import { packagedProgram } from './packaged-program.mjs'
import { stageApp } from './stage.mjs'

/**
 * Makes the unpacked app of this platform in `release/`, as an installer would lay it down.
 *
 * @param {import('./runtime/electron.mjs').ElectronRuntime} runtime
 */
export async function packageApp(runtime) {
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
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(async () => packageApp(await ensureAll('own desktop')))
}
