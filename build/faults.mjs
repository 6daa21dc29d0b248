import { bundle } from './bundle.mjs'
import { ensureAll, ensureTools } from './ensure/ensure.mjs'
import { runCommand, say } from './ensure/stop.mjs'
import { chosenFamilies, print, readWords, testModule } from './named-runs.mjs'
import { keepFigures } from './record/keep.mjs'
import { faultSubject, reliabilityPage } from './record/reliability.mjs'

/**
 * Does to the app what goes wrong in the world, counts what came of it, and prints one JSON line a family, which
 * docs/reliability.md keeps. Anything lost, partial, doubled, wrong or unexplained is a failure, and so are fewer tries than were asked for.
 */
await runCommand(async () => {
  const asked = readWords(process.argv.slice(2))
  ensureTools()
  /** @type {{ faultRuns: Readonly<Record<string, import('./named-runs.mjs').FaultRun>> }} */
  const { faultRuns } = await testModule('test/faults/index.ts')
  const chosen = asked && chosenFamilies(faultRuns, asked.names)
  if (asked === null || chosen === null) return 2
  const { seed, tries } = asked
  const told = tries === undefined ? {} : { tries }
  say(`Seed ${seed}: --seed ${seed} repeats this run`)
  const runtime = await ensureAll('session beside a shell')
  await bundle(say)
  const { openDesktopSession } = await import('./session/desktop-session.mjs')
  const session = await openDesktopSession()
  /** @type {import('./record/reliability.mjs').FaultLine[]} */
  const lines = []
  const noted = (/** @type {object} */ printed) => {
    const line = /** @type {import('./record/reliability.mjs').FaultLine} */ ({ ...printed, seed })
    if (line.family !== 'total') lines.push(line)
    print(printed)
  }
  let passed = true
  try {
    for (const [faults, families] of chosen)
      if (!(await faults.run({ runtime, session, seed, ...told, say, print: noted }, families)))
        passed = false
  } finally {
    await session.close()
    keepFigures('reliability', lines, runtime, faultSubject, reliabilityPage)
  }
  return passed ? 0 : 1
})
