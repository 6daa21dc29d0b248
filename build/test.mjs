import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureAll, ensureTools, root } from './ensure/ensure.mjs'
import { runCommand, Stop } from './ensure/stop.mjs'
import { addUp, closingLine, tallyOfCheck, tallyOfVitest } from './test/tally.mjs'

/**
 * Two lanes, each in the order that finds a mistake soonest. The real app mostly waits, for a display, a server, a
 * clock: beside it the other lane has a core to itself. facts reads the reports of unit and integration; audit
 * stands behind those that make `dist/`, so that two never make it at once.
 */
const LANES = [
  ['lint', 'types', 'unit', 'mocked', 'integration', 'facts', 'architecture'],
  ['electron', 'packaged', 'audit'],
]
const RUNNERS = LANES.flat()
const WITH_APP = ['electron', 'packaged']

await runCommand(async () => {
  const chosen = chooseRunners(process.argv.slice(2))
  if (chosen.some(runner => WITH_APP.includes(runner))) await ensureAll('session on its own screen')
  else ensureTools()

  const lanes = LANES.map(lane => lane.filter(runner => chosen.includes(runner))).filter(
    lane => lane.length > 0,
  )
  /** @type {Map<string, import('./test/tally.mjs').Tally>} */
  const tallies = new Map()
  await Promise.all(
    lanes.map(async lane => {
      for (const runner of lane) {
        // Of two that talk at once nobody understands either: then each is heard whole, when it has ended.
        const heard = lanes.length === 1 ? liveVoice(runner) : heldVoice(runner)
        tallies.set(runner, await run(runner, heard))
        heard.end()
      }
    }),
  )
  console.log('')
  // In other words than the closing line's: there is to be one such line only.
  for (const runner of chosen) {
    const { passed, failed, skipped } = tallies.get(runner) ?? { passed: 0, failed: 1, skipped: 0 }
    console.log(`${runner.padEnd(14)}passed ${passed}, failed ${failed}, skipped ${skipped}`)
  }
  const sum = addUp(tallies.values())
  console.log(`\n${closingLine(sum)}`)
  return sum.failed === 0 ? 0 : 1
})

/**
 * Where a runner's output goes.
 *
 * @typedef {{ stdio: import('node:child_process').StdioOptions, listen: (child: import('node:child_process').ChildProcess) => void, end: () => void }} Voice
 */

/** @param {string} runner @returns {Voice} */
function liveVoice(runner) {
  console.log(`\n== ${runner}`)
  return { stdio: ['ignore', 'inherit', 'inherit'], listen: () => {}, end: () => {} }
}

/** @param {string} runner @returns {Voice} */
function heldVoice(runner) {
  const started = Date.now()
  console.log(`-- ${runner} begins`)
  /** @type {Buffer[]} */
  const said = []
  return {
    stdio: ['ignore', 'pipe', 'pipe'],
    listen(child) {
      child.stdout?.on('data', piece => said.push(piece))
      child.stderr?.on('data', piece => said.push(piece))
    },
    end() {
      console.log(`\n== ${runner}, ${Math.round((Date.now() - started) / 1000)} s`)
      process.stdout.write(Buffer.concat(said))
    },
  }
}

/** @param {string[]} words */
function chooseRunners(words) {
  const unknown = words.find(word => !RUNNERS.includes(word))
  if (unknown !== undefined) throw new Stop(`There is no runner ${unknown}: ${RUNNERS.join(', ')}`)
  return words.length === 0 ? RUNNERS : RUNNERS.filter(runner => words.includes(runner))
}

/** @param {string} runner @param {Voice} voice */
async function run(runner, voice) {
  if (runner === 'lint')
    return tallyOfCheck(await node('@biomejs/biome/bin/biome', ['check', '--error-on-warnings'], voice))
  if (runner === 'types') return tallyOfCheck(await node('typescript/bin/tsc', ['-b', '--noEmit'], voice))
  return vitest(runner, voice)
}

/** @param {string} project @param {Voice} voice */
async function vitest(project, voice) {
  const folder = join(root, 'out', 'test')
  const file = join(folder, `${project}.json`)
  mkdirSync(folder, { recursive: true })
  rmSync(file, { force: true })
  const status = await node(
    'vitest/vitest.mjs',
    [
      'run',
      '--config=build/vitest.config.ts',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    voice,
  )
  return tallyOfVitest(readJson(file), status)
}

/**
 * Runs a tool of node_modules to its end.
 *
 * @param {string} script
 * @param {string[]} words
 * @param {Voice} voice
 * @returns {Promise<number | null>} its exit status
 */
function node(script, words, voice) {
  const path = join(root, 'node_modules', script)
  const child = spawn(process.execPath, [path, ...words], { cwd: root, stdio: voice.stdio })
  voice.listen(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', status => resolve(status))
  })
}

/** @param {string} file @returns {unknown} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
