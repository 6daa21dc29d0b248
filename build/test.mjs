import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureAll, ensureTools, root } from './ensure/ensure.mjs'
import { runCommand, Stop } from './ensure/stop.mjs'
import { addUp, closingLine, tallyOfCheck, tallyOfVitest } from './test/tally.mjs'

/** In the order that finds a mistake soonest; facts reads the reports of unit and integration, the last two run the real app. */
const RUNNERS = ['lint', 'types', 'unit', 'integration', 'facts', 'architecture', 'electron', 'packaged']
const WITH_APP = ['electron', 'packaged']

await runCommand(async () => {
  const chosen = chooseRunners(process.argv.slice(2))
  if (chosen.some(runner => WITH_APP.includes(runner))) await ensureAll('session on its own screen')
  else ensureTools()

  /** @type {Map<string, import('./test/tally.mjs').Tally>} */
  const tallies = new Map()
  for (const runner of chosen) {
    console.log(`\n== ${runner}`)
    tallies.set(runner, run(runner))
  }
  console.log('')
  // In other words than the closing line's: there is to be one such line only.
  for (const [runner, { passed, failed, skipped }] of tallies) {
    console.log(`${runner.padEnd(14)}passed ${passed}, failed ${failed}, skipped ${skipped}`)
  }
  const sum = addUp(tallies.values())
  console.log(`\n${closingLine(sum)}`)
  return sum.failed === 0 ? 0 : 1
})

/** @param {string[]} words */
function chooseRunners(words) {
  const unknown = words.find(word => !RUNNERS.includes(word))
  if (unknown !== undefined) throw new Stop(`There is no runner ${unknown}: ${RUNNERS.join(', ')}`)
  return words.length === 0 ? RUNNERS : RUNNERS.filter(runner => words.includes(runner))
}

/** @param {string} runner */
function run(runner) {
  if (runner === 'lint')
    return tallyOfCheck(node('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']))
  if (runner === 'types') return tallyOfCheck(node('typescript/bin/tsc', ['-b', '--noEmit']))
  return vitest(runner)
}

/** @param {string} project */
function vitest(project) {
  const folder = join(root, 'out', 'test')
  const file = join(folder, `${project}.json`)
  mkdirSync(folder, { recursive: true })
  rmSync(file, { force: true })
  const status = node('vitest/vitest.mjs', [
    'run',
    '--config=build/vitest.config.ts',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  return tallyOfVitest(readJson(file), status)
}

/**
 * Runs a tool of node_modules, its output visible.
 *
 * @param {string} script
 * @param {string[]} words
 */
function node(script, words) {
  const path = join(root, 'node_modules', script)
  return spawnSync(process.execPath, [path, ...words], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    .status
}

/** @param {string} file @returns {unknown} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
