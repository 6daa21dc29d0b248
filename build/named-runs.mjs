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
 * @typedef {(stage: Stage, cases: readonly string[]) => Promise<void>} Bench of these of its cases; of all where none is
 *   named
 * @typedef {{
 *   families: readonly string[],
 *   run: (stage: Stage & { seed: number, tries?: number }, families: readonly string[]) => Promise<boolean>,
 * }} FaultRun `run` tries these of its families, and says whether nothing was lost
 */

/**
 * Reads `[NAME…] [--seed N] [--tries N]`. A seed that was not given is drawn, so that every run tries other moments.
 *
 * @param {readonly string[]} words
 * @returns {{ names: string[], seed: number, tries?: number } | null} null where they cannot be understood; it was said why
 */
export function readWords(words) {
  /** @type {string[]} */
  const names = []
  let seed = Math.floor(Math.random() * 2 ** 31)
  /** @type {number | undefined} */
  let tries
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--seed' || word === '--tries') {
      at += 1
      const number = Number.parseInt(words[at] ?? '', 10)
      if (!Number.isSafeInteger(number)) return refused(`${word} ${words[at] ?? ''}`)
      if (word === '--seed') seed = number
      else tries = number
    } else if (word.startsWith('-')) return refused(word)
    else names.push(word)
  }
  return { names, seed, ...(tries === undefined ? {} : { tries }) }
}

/** @param {string} words @returns {null} */
function refused(words) {
  say(`Not understood: ${words}. What may be said is [NAME…] [--seed N] [--tries N].`)
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
 * The same for fault runs, of which single families may be named: `delivery/network`.
 *
 * @param {Readonly<Record<string, FaultRun>>} registered
 * @param {readonly string[]} names
 * @returns {readonly (readonly [FaultRun, readonly string[]])[] | null}
 */
export function chosenFamilies(registered, names) {
  const all = Object.entries(registered).flatMap(([name, { families }]) =>
    families.map(family => /** @type {const} */ ([`${name}/${family}`, name])),
  )
  const whole = names.flatMap(name => (Object.hasOwn(registered, name) ? [[name, name]] : []))
  const chosen = chosenRuns(Object.fromEntries([...all, ...whole]), names)
  if (chosen === null) return null
  return Object.entries(registered).flatMap(([name, run]) => {
    const named = run.families.filter(family =>
      chosen.some(([word]) => word === name || word === `${name}/${family}`),
    )
    return named.length === 0 ? [] : [/** @type {const} */ ([run, named])]
  })
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
