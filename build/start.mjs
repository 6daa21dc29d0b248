import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundle } from './bundle.mjs'
import { ensureAll, root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'

await runCommand(async () => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Stop('There is no display to open the app on. `npm run demo` brings its own.')
  }
  const runtime = await ensureAll('own desktop')
  await bundle(say)
  // Chromium refuses its sandbox to root.
  const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = spawn(runtime.program, [...unsandboxed, root, ...process.argv.slice(2)], { stdio: 'inherit' })
  const [status] = await once(app, 'exit')
  return status ?? 1
})
