import { join } from 'node:path'
import { setTimeout as passTime } from 'node:timers/promises'
import { stageApp } from '../../../build/stage.mjs'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { type PracticeProcess, startPracticeProcess } from '../app/practice.ts'
import { type Phase, phases, until } from '../app/staging-watch.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'
import { KilledComputer } from './kill/computer.ts'

const kills = 50
/** One delivers while the other starts. */
const computers = 2
const killsOfEach = kills / computers
/** A kill may come too late for the step it was meant for: each step is to be hit this often on each computer. */
const hitsOfEach = Math.floor(killsOfEach / phases.length)
/** By then it is hit by too few, and that is said. */
const mostTries = 3 * killsOfEach
const largeBytes = 12_000_000

/** Kills the real app at random moments of its deliveries, and starts it again. */
export const killFamily: Family = {
  name: 'kill-9',
  askedFor: kills,
  async run(stage) {
    const folder = join(stage.session.description.folder, 'killed-app')
    stageApp(folder)
    const practice = await openPractice()
    try {
      const shares = Array.from({ length: computers }, (_, index) => index)
      const rounds = shares.map(index => killOnOne(stage, folder, connectionTo(practice), index))
      const ended = await Promise.allSettled(rounds)
      for (const one of ended) {
        if (one.status === 'rejected') stage.count('a computer that was killed', [lost(one.reason)])
      }
    } finally {
      await practice.close()
    }
  },
}

const lost = (why: unknown): Finding => ({ loss: 'lost', what: String(why) })

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
    await computer.deliverAgain()
    const durations = await watchUncut(computer)
    const hits: Record<Phase, number> = { download: 0, unpack: 0, publish: 0 }
    let killed = 0
    for (let tries = 0; isWanting(hits, killed) && tries < mostTries; tries += 1) {
      const { phase, afterMs } = randomMoment(random, durations, hits)
      await computer.deliverAgain()
      await begins(computer, phase)
      await passTime(afterMs)
      await computer.kill()
      const hit = computer.phase()
      const findings: Finding[] = [...computer.duringFindings(group)]
      await computer.start()
      await computer.delivered().catch(error => findings.push(lost(error)))
      findings.push(...computer.afterFindings(group))
      await computer.tidy().catch(error => findings.push({ loss: 'unexplained', what: String(error) }))
      // What was over already when it was killed has proven nothing.
      if (hit === null && findings.length === 0) continue
      killed += 1
      if (hit) hits[hit] += 1
      count(`computer ${index + 1}: ${afterMs.toFixed(0)} ms after its ${phase} began`, findings)
    }
    stage.say(
      `  kill-9: computer ${index + 1} was hit in ${JSON.stringify(hits)} of ${rounded(durations)} ms`,
    )
    await computer.close()
    const missed = phases.filter(phase => hits[phase] < hitsOfEach)
    if (missed.length > 0)
      count(`computer ${index + 1}`, [lost(`it was not killed often enough in ${missed}`)])
    const wrong = computer.journalFindings()
    if (wrong.length > 0) count(`computer ${index + 1}, after all of it`, wrong)
  } finally {
    await computer.close()
  }
}

const isWanting = (hits: Readonly<Record<Phase, number>>, killed: number): boolean =>
  killed < killsOfEach || phases.some(phase => hits[phase] < hitsOfEach)

const rounded = (durations: Durations): string =>
  JSON.stringify(durations, (_, value) => (typeof value === 'number' ? Math.round(value) : value))

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

/** A moment in the step that was hit least. */
function randomMoment(random: Random, durations: Durations, hits: Readonly<Record<Phase, number>>) {
  const phase = phases.reduce((least, one) => (hits[one] < hits[least] ? one : least))
  return { phase, afterMs: random.next() * durations[phase] }
}

/** One very large extract after the other, each as soon as it was asked for. */
const openPractice = () => startPracticeProcess({ scenario: 'very-large', largeBytes, speed: 1000 })

const connectionTo = ({ concur: { url, secrets } }: PracticeProcess): NewConnection => ({
  name: 'Practice',
  system: 'concur',
  url,
  mark: 'practice',
  auth: 'refresh-token',
  secrets,
  keep: 'keychain',
})
