import { root } from './ensure/ensure.mjs'
import { say } from './ensure/stop.mjs'

/**
 * Where a bench or a fault run takes place, and what it may print: an object a line.
 *
 * @typedef {{
 *   runtime: import('./runtime/electron.mjs').ElectronRuntime,
 *   session: import('./session/attached-session.mjs').DesktopSession,
 *   say: (line: string) => void,
 *   print: (line: object) => void,
 * }} Stage
 *
 * @typedef {(stage: Stage) => Promise<void>} Bench
 * @typedef {(stage: Stage & { seed: number }) => Promise<boolean>} FaultRun whether nothing was lost
 */

/**
 * Reads `[NAME…] [--seed N]`. A seed that was not given is drawn, so that every run tries other moments.
 *
 * @param {readonly string[]} words
 * @returns {{ names: string[], seed: number } | null} null where they cannot be understood; it was said why
 */
export function readWords(words) {
  /** @type {string[]} */
  const names = []
  let seed = Math.floor(Math.random() * 2 ** 31)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--seed') {
      at += 1
      seed = Number.parseInt(words[at] ?? '', 10)
      if (!Number.isSafeInteger(seed)) return refused(`${word} ${words[at] ?? ''}`)
    } else if (word.startsWith('-')) return refused(word)
    else names.push(word)
  }
  return { names, seed }
}

/** @param {string} words @returns {null} */
function refused(words) {
  say(`Not understood: ${words}. What may be said is [NAME…] [--seed N].`)
  return null
}

/**
 * The registered runs that were named, all of them where none was.
 *
 * @template T
 * @param {Readonly<Record<string, T>>} registered
 * @param {readonly string[]} names
 * @returns {readonly (readonly [string, T])[] | null} null where one is not known; it was said which
 */
export function chosenRuns(registered, names) {
  const unknown = names.find(name => !Object.hasOwn(registered, name))
  if (unknown !== undefined) {
    say(`There is no run ${unknown}: ${Object.keys(registered).join(', ')}`)
    return null
  }
  return Object.entries(registered).filter(([name]) => names.length === 0 || names.includes(name))
}

/**
 * A module of the tests; Node 20 cannot read its TypeScript by itself.
 *
 * @template T
 * @param {string} file from the root
 * @returns {Promise<T>}
 */
export async function testModule(file) {
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport(`${root}${file}`, { configFile: false, root })
  return /** @type {T} */ (module)
}

/** Standard output carries nothing but these. @param {object} line */
export function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
