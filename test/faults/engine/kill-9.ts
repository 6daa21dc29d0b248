import { join } from 'node:path'
import { stageApp } from '../../../build/stage.mjs'
import { randomFrom } from '../../../main/practice/random.ts'
import { type SystemName, systemNames } from '../../../preload/contract/words.ts'
import { Computer } from '../app/computer.ts'
import { startPracticeProcess } from '../app/practice.ts'
import type { Family, FaultStage } from '../family.ts'
import { KilledLife } from './kill/life.ts'
import { randomMoment } from './kill/moments.ts'

const ofEach = 200
/** Computers of each system beside each other: most of a job's life is waiting. Vault answers for a job once in 10 s. */
const computers: Readonly<Record<SystemName, number>> = { concur: 2, icws: 2, vault: 3 }
/** How long a request, or its answer, is on its way. */
const latency = [20, 250] as const
/** A job is queued for half a second, and runs for more than one. */
const speed = 3

/** Kills the real app at random moments of a job's whole life, and lets it go on: at each of the three systems. */
export const killFamily: Family = {
  name: 'kill-9',
  askedFor: ofEach * systemNames.length,
  anyNumber: true,
  async run(stage) {
    const folder = join(stage.session.description.folder, 'killed-engine')
    stageApp(folder)
    const shares = systemNames.flatMap(system =>
      Array.from({ length: computers[system] }, (_, index) => ({
        ...{ system, index },
        moments: Math.ceil(stage.tries / systemNames.length / computers[system]),
      })),
    )
    const ended = await Promise.allSettled(shares.map(share => killOnOne(stage, folder, share)))
    for (const one of ended)
      if (one.status === 'rejected')
        stage.count('a computer that was killed', [{ loss: 'unhandled', what: String(one.reason?.stack) }])
  },
}

type Share = { readonly system: SystemName; readonly index: number; readonly moments: number }

async function killOnOne(
  stage: FaultStage,
  folder: string,
  { system, index, moments }: Share,
): Promise<void> {
  const { runtime, session, seed, count, ask } = stage
  const random = randomFrom(seed, 'kill-9', system, index)
  const stateDir = session.newFolder('practice')
  const practice = await startPracticeProcess({ stateDir, speed, latency, seed: random.int(1, 2 ** 30) })
  const computer = new Computer({ session, app: { program: runtime.program, folder } }, practice, system)
  const life = new KilledLife(computer, practice)
  try {
    await computer.setUp()
    for (let killed = 0; killed < moments; ) {
      const moment = randomMoment(random, system)
      const outcome = await life.killAt(moment, random)
      for (let asked = 0; asked < outcome.asked; asked += 1) ask(system)
      // What was over already when it was to be killed has proven nothing.
      if (outcome.kills === 0 && outcome.findings.length === 0) continue
      killed += Math.max(outcome.kills, 1)
      for (let nth = 0; nth < Math.max(outcome.kills, 1); nth += 1)
        count(`${system} ${index + 1}, ${outcome.told}`, nth === 0 ? outcome.findings : [])
      stage.say(`  kill-9: ${system} ${index + 1}, ${killed} of ${moments}: ${outcome.told}`)
    }
    const wrong = await life.lastFindings()
    if (wrong.length > 0) count(`${system} ${index + 1}, after all of it`, wrong)
    stage.say(`  kill-9: ${system} ${index + 1} was hit ${JSON.stringify(life.hits())}`)
  } finally {
    await practice.close()
  }
}
