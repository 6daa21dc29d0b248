import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { bundle } from './bundle.mjs'
import { commandLine } from './cli/command-line.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, say } from './ensure/stop.mjs'

/** `npm run --silent cli -- COMMAND …`: the command line of this checkout. Standard output is the command's alone. */
await runCommand(async () => {
  const words = process.argv.slice(2)
  const quiet = words.includes('--quiet')
  const tell = quiet ? () => {} : say
  const runtime = await ensureAll('own desktop', tell)
  await bundle(tell, ['main'])
  // Chromium refuses its sandbox to root.
  const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const command = spawn(runtime.program, [...unsandboxed, ...commandLine({ folder: root }, words)], {
    stdio: 'inherit',
    // npm calls this in the checkout's folder; relative paths are meant from where it was called.
    env: { ...process.env, EXTRACT_DESK_FOLDER: process.env.INIT_CWD ?? process.cwd() },
  })
  // Whoever ends this means the command. On Ctrl-C the terminal tells both, which does no harm.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => command.kill(signal))
  }
  const [status, signal] = await once(command, 'exit')
  return status ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]
})
