import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { commandLine } from '../../../build/cli/command-line.mjs'
import type { Bench, Stage } from '../../../build/named-runs.mjs'
import { startAs } from '../../../build/session/account.mjs'
import { stageApp } from '../../../build/stage.mjs'
import { quantile, ratioLine } from '../line.ts'
import { stageBareApp } from './bare-app.ts'
import { fillProfile } from './profile.ts'

/** Each side is the median of so many turns, after one that is not counted: then the files are in memory for both. */
const turns = 9
const target = 2

/** From starting a command to its first output, beside an app on the same binary that does nothing but start. */
export const cliBench: Bench = async stage => {
  const { session, runtime, say } = stage
  const folder = join(session.description.folder, 'cli-app')
  stageApp(folder)
  const bare = stageBareApp(join(session.description.folder, 'bare-app'))
  const profile = session.newFolder('cli-bench')
  fillProfile(profile, session.account)
  const list = commandLine({ folder }, ['history', 'list', '--json', '--profile', profile])
  const start = commandLine({ folder: bare }, [])
  const ours: number[] = []
  const theirs: number[] = []
  for (let turn = 0; turn <= turns; turn++) {
    const [one, other] = [
      await firstOutput(session, [runtime.program, ...list]),
      await firstOutput(session, [runtime.program, ...start]),
    ]
    if (turn === 0) continue
    ours.push(one)
    theirs.push(other)
    say(`turn ${turn}: ${one.toFixed(3)} s, ${other.toFixed(3)} s`)
  }
  const sides = { ours: quantile(ours, 0.5), theirs: quantile(theirs, 0.5) }
  stage.print(ratioLine({ bench: 'cli', case: 'history-list', measure: 'start-ratio' }, sides, target))
}

/** Seconds from the start of a program to the first byte on its standard output. Throws where it ends badly. */
async function firstOutput(
  { account, env, description }: Stage['session'],
  words: readonly string[],
): Promise<number> {
  const [command = '', ...args] = [...startAs(account), ...words]
  const began = performance.now()
  const child = spawn(command, args, { env, cwd: description.folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  const taken = (performance.now() - began) / 1000
  const [status] = await ended
  if (status !== 0) throw new Error(`It ended with ${status}`)
  return taken
}
