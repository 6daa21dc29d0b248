/** Ends a command with status 1 and these words alone: they say what to do, and no stack helps. */
export class Stop extends Error {}

/**
 * Runs a command of `npm run`.
 *
 * @param {() => Promise<number | void>} command its status, 0 where it gives none
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0
  } catch (error) {
    process.stderr.write(
      `${error instanceof Stop ? error.message : error instanceof Error ? error.stack : error}\n`,
    )
    process.exitCode = 1
  }
}

/** What the commands tell on their way; standard error, so that output can be piped. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}
