/** Which door: the window, or one command. Each is loaded alone, so that neither waits for the other's modules. */
import process from 'node:process'

const commandWord = process.argv.indexOf('--cli')

// The launchers write `--cli --`: what follows is for the command alone, and Chromium reads none of it.
if (commandWord > 0 && process.argv[commandWord + 1] === '--') {
  const { startCommand } = await import('./start-cli.ts')
  startCommand(process.argv.slice(commandWord + 2))
} else await import('./index.ts')
