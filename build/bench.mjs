import { bundle } from './bundle.mjs'
import { ensureAll, ensureTools } from './ensure/ensure.mjs'
import { runCommand, say } from './ensure/stop.mjs'
import { chosenRuns, print, readWords, testModule } from './named-runs.mjs'
import { keepFigures } from './record/keep.mjs'
import { benchSubject, performancePage } from './record/performance.mjs'

/**
 * Measures the app beside what people would do without it, and prints one JSON line a figure, which docs/performance.md
 * keeps. A missed target is a result, not a failure.
 */
await runCommand(async () => {
  const asked = readWords(process.argv.slice(2))
  ensureTools()
  /** @type {{ benches: Readonly<Record<string, import('./named-runs.mjs').Bench>> }} */
  const { benches } = await testModule('test/bench/index.ts')
  // Single cases may be named: `delivery/csv-1-gb`.
  const words = asked?.names.map(word => word.split('/')) ?? []
  const chosen =
    asked &&
    chosenRuns(
      benches,
      words.map(([name = '']) => name),
    )
  if (chosen === null) return 2
  const runtime = await ensureAll('session beside a shell')
  await bundle(say)
  const { openDesktopSession } = await import('./session/desktop-session.mjs')
  const session = await openDesktopSession()
  /** @type {import('./record/performance.mjs').BenchLine[]} */
  const lines = []
  const noted = (/** @type {object} */ line) => {
    lines.push(/** @type {import('./record/performance.mjs').BenchLine} */ (line))
    print(line)
  }
  try {
    for (const [name, bench] of chosen) {
      say(`== ${name}`)
      const named = words.filter(([of]) => of === name)
      const cases = named.some(word => word.length === 1) ? [] : named.map(word => word.slice(1).join('/'))
      await bench({ runtime, session, say, print: noted }, cases)
    }
  } finally {
    await session.close()
    // What was measured before a bench broke off was measured.
    keepFigures('performance', lines, runtime, benchSubject, performancePage)
  }
  return 0
})
