import { join } from 'node:path'
import { setTimeout as passTime } from 'node:timers/promises'
import { stageApp } from '../../../build/stage.mjs'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import { type SystemName, systemNames } from '../../../preload/contract/words.ts'
import { Computer } from '../app/computer.ts'
import { doubledIn, finding, jobFindings } from '../app/findings.ts'
import type { EndedProcess, LaunchedApp } from '../app/launched.ts'
import { startPracticeProcess } from '../app/practice.ts'
import { visibleFiles } from '../app/visible-files.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'

const ofEach = 12
const latency = [10, 150] as const
/** A job is queued for a second, and runs for nearly three. */
const speed = 1.5
/** Both begin within this time; a job takes longer. */
const togetherWithinMs = 700
const endsWithinMs = 30_000

/** Two commands, or three, run and deliver one definition on one profile at once; a window is open every other time. */
export const twoProcessesFamily: Family = {
  name: 'two-processes',
  askedFor: ofEach * systemNames.length,
  anyNumber: true,
  async run(stage) {
    const folder = join(stage.session.description.folder, 'shared-profile')
    stageApp(folder)
    const rounds = Math.ceil(stage.tries / systemNames.length)
    const ended = await Promise.allSettled(systemNames.map(system => atSystem(stage, folder, system, rounds)))
    for (const one of ended)
      if (one.status === 'rejected')
        stage.count('a computer', [finding('unhandled', String(one.reason?.stack ?? one.reason))])
  },
}

async function atSystem(
  stage: FaultStage,
  folder: string,
  system: SystemName,
  rounds: number,
): Promise<void> {
  const { runtime, session, seed, count } = stage
  const random = randomFrom(seed, 'two-processes', system)
  const stateDir = session.newFolder('practice')
  const practice = await startPracticeProcess({ stateDir, speed, latency, seed: random.int(1, 2 ** 30) })
  const computer = new Computer({ session, app: { program: runtime.program, folder } }, practice, system)
  let window: LaunchedApp | null = null
  try {
    await computer.setUp()
    const files = visibleFiles(computer.folder)
    for (let nth = 0; nth < rounds; nth += 1) {
      // Half of the rounds, and in some of these it is opened only while the commands are at it.
      if (nth % 4 === 0) window = computer.window()
      const [findings, told] = await together(computer, random)
      findings.push(...files.findings(computer.records.files()))
      if (window?.isOver())
        findings.push(finding('unhandled', `the window ended: ${JSON.stringify(await window.ended)}`))
      count(`${system} ${nth + 1}${window ? ', with a window' : ''}: ${told}`, findings)
      stage.say(
        `  two-processes: ${system}, ${nth + 1} of ${rounds}${window ? ', with a window' : ''}: ${told}`,
      )
      if (nth % 4 === 1 && window) {
        await closed(window)
        window = null
      }
    }
  } finally {
    if (window) await closed(window)
    await practice.close()
  }
}

type Said = {
  readonly outcome: string
  readonly joined: boolean
  readonly job: { readonly id: string } | null
  readonly receipt: string | null
}

/** Runs it in several processes at once, then delivers that job in two, to where it lies already. */
async function together(computer: Computer, random: Random): Promise<[Finding[], string]> {
  const before = computer.starts().length
  const runs = await Promise.all(
    Array.from({ length: random.int(2, 3) }, async () => {
      await passTime(random.int(0, togetherWithinMs))
      return computer.run().ended
    }),
  )
  const findings: Finding[] = runs.flatMap(exitFindings)
  const starts = computer.starts()
  const jobs = computer.records.jobs()
  findings.push(
    ...doubledIn(starts.slice(before), jobs),
    ...starts.flatMap(({ id }) => jobFindings(id, jobs)),
  )
  const said = runs.flatMap(saidIn)
  const [job] = starts.slice(before)
  if (job === undefined) findings.push(finding('lost', 'nothing was started'))
  findings.push(...saidFindings(said, runs.length, starts.length - before))
  if (job === undefined) return [findings, 'nothing was started']

  const words = ['deliver', ...computer.connected(), '--job', job.id, '--to', computer.folder]
  const deliveries = await Promise.all([computer.command(words).ended, computer.command(words).ended])
  findings.push(...deliveries.flatMap(exitFindings), ...jobFindings(job.id, computer.records.jobs()))
  for (const { outcome } of deliveries.flatMap(saidIn))
    if (outcome !== 'already-delivered') findings.push(finding('wrong', `delivered again: ${outcome}`))
  return [findings, said.map(({ joined }) => (joined ? 'joined' : 'started')).join(', ')]
}

/**
 * One of them started it, the others joined; all of them tell of the same job and the same receipt. On a busy machine one
 * may come when all is over: then it started another one, which the system has as well.
 */
function saidFindings(said: readonly Said[], runs: number, starts: number): readonly Finding[] {
  const told = (what: (one: Said) => unknown) => new Set(said.map(what)).size
  const starters = said.filter(({ joined }) => !joined).length
  return [
    ...(said.length === runs ? [] : [finding('wrong', `${said.length} of ${runs} said what they did`)]),
    ...(starters === starts ? [] : [finding('wrong', `${starters} say that they started it`)]),
    ...(told(({ job }) => job?.id) === starts ? [] : [finding('wrong', 'they tell of other jobs')]),
    ...(told(({ receipt }) => receipt) === starts ? [] : [finding('wrong', 'they tell of other receipts')]),
  ]
}

function exitFindings({ exit, out, err }: EndedProcess): readonly Finding[] {
  if (exit === 0) return []
  return [
    finding(
      typeof exit === 'number' && exit > 1 ? 'wrong' : 'unhandled',
      `it ended with ${exit}: ${out}${err}`,
    ),
  ]
}

function saidIn({ exit, out }: EndedProcess): readonly Said[] {
  return exit === 0 ? [JSON.parse(out)] : []
}

/** A window that is asked to end does so in order, and gives back what it held. */
async function closed(window: LaunchedApp): Promise<void> {
  const isGone = window.terminate().then(() => true)
  if (await Promise.race([isGone, passTime(endsWithinMs, false)])) return
  await window.kill()
  throw new Error(`The window did not end in ${endsWithinMs} ms`)
}
