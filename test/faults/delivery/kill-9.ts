import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as passTime } from 'node:timers/promises'
import { stageApp } from '../../../build/stage.mjs'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { bundleForNode } from '../../fakes/children/bundle.ts'
import type { Finding } from '../tally.ts'
import type { Family, FaultStage } from './family.ts'
import { KilledComputer } from './kill/computer.ts'
import { type Phase, phases, until } from './kill/staging-watch.ts'

const kills = 50
/** A killed process's lease lasts half a minute: several computers wait for that side by side. */
const computers = 5
const largeBytes = 12_000_000

/** Kills the real app at random moments of its deliveries, and starts it again. */
export const killFamily: Family = {
  name: 'kill-9',
  askedFor: kills,
  async run(stage) {
    const folder = join(stage.session.description.folder, 'killed-app')
    stageApp(folder)
    const practice = await startPracticeProcess()
    try {
      const shares = Array.from({ length: computers }, (_, index) => index)
      const rounds = shares.map(index => killOnOne(stage, folder, practice.connection, index))
      const ended = await Promise.allSettled(rounds)
      for (const one of ended) if (one.status === 'rejected') stage.say(`  kill-9: ${one.reason}`)
    } finally {
      await practice.close()
    }
  },
}

/** How long each step takes when nobody kills it, in milliseconds. */
type Durations = Readonly<Record<Phase, number>>

async function killOnOne(
  stage: FaultStage,
  folder: string,
  connection: NewConnection,
  index: number,
): Promise<void> {
  const { runtime, session, seed, count } = stage
  const random = randomFrom(seed, 'kill-9', index)
  const computer = new KilledComputer(session, { program: runtime.program, folder })
  await computer.start()
  try {
    const group = await computer.setUp(connection)
    computer.empty()
    await computer.deliverAgain()
    const durations = await watchUncut(computer)
    for (let kill = 0; kill < kills / computers; ) {
      const { phase, afterMs } = randomMoment(random, durations, kill)
      computer.empty()
      await computer.deliverAgain()
      await begins(computer, phase)
      await passTime(afterMs)
      if (computer.isOver()) continue
      await computer.kill()
      kill += 1
      const findings: Finding[] = [...computer.duringFindings(group)]
      await computer.start()
      await computer.delivered().catch(error => findings.push({ loss: 'lost', what: String(error) }))
      findings.push(...computer.afterFindings(group))
      count(`computer ${index + 1}: ${afterMs.toFixed(0)} ms after its ${phase} began`, findings)
    }
    const untidy = await computer.tidy().then(
      () => [],
      (error): readonly Finding[] => [{ loss: 'unexplained', what: String(error) }],
    )
    await computer.close()
    const wrong = [...untidy, ...computer.journalFindings()]
    if (wrong.length > 0) count(`computer ${index + 1}, after all of it`, wrong)
  } finally {
    await computer.close()
  }
}

/** Resolves when a delivery is in a step, or was so quick that it is behind it. */
function begins(computer: KilledComputer, phase: Phase): Promise<true> {
  const seen = () => {
    const now = computer.phase()
    const isIn = now !== null && phases.indexOf(now) >= phases.indexOf(phase)
    return isIn || computer.isOver() ? true : null
  }
  return until(seen, 60_000, `its ${phase} began`)
}

async function watchUncut(computer: KilledComputer): Promise<Durations> {
  const begun: number[] = []
  for (const phase of phases) {
    await begins(computer, phase)
    begun.push(performance.now())
  }
  await computer.delivered()
  const [download = 0, unpack = 0, publish = 0] = begun
  return { download: unpack - download, unpack: publish - unpack, publish: performance.now() - publish }
}

function randomMoment(random: Random, durations: Durations, kill: number) {
  const phase = phases[kill % phases.length] ?? 'download'
  return { phase, afterMs: random.next() * durations[phase] }
}

async function startPracticeProcess() {
  const script = await bundleForNode(join(import.meta.dirname, 'kill', 'practice-process.ts'))
  const child = spawn(process.execPath, [script, String(largeBytes)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([status]) => Promise.reject(new Error(`The practice system ended with ${status}`))),
  ])
  const { url, secrets } = JSON.parse(String(line))
  const connection: NewConnection = {
    ...{
      name: 'Practice',
      system: 'concur',
      url,
      mark: 'practice',
      auth: 'refresh-token',
      secrets,
      keep: 'keychain',
    },
  }
  return {
    connection,
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
