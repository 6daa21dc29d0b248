/**
 * How to start npm: the very one that runs this script, where it was one, since on Windows npm is a
 * batch file that a program cannot start by itself.
 *
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(words, env = process.env) {
  const script = env.npm_execpath
  if (script !== undefined && /npm-cli\.c?js$/.test(script))
    return { command: process.execPath, args: [script, ...words] }
  if (process.platform === 'win32') return { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm', ...words] }
  return { command: 'npm', args: words }
}
