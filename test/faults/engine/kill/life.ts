import { setTimeout as passTime } from 'node:timers/promises'
import type { Random } from '../../../../main/practice/random.ts'
import type { Computer } from '../../app/computer.ts'
import { doubledIn, finding, jobFindings } from '../../app/findings.ts'
import type { LaunchedApp } from '../../app/launched.ts'
import type { PracticeProcess } from '../../app/practice.ts'
import { stagingOf } from '../../app/staging-watch.ts'
import { visibleFiles } from '../../app/visible-files.ts'
import type { Finding } from '../../tally.ts'
import { type Moment, reached } from './moments.ts'

/** How often a start is settled by hand before that is called endless. */
const mostAsked = 3
/** How often the window goes on with what a killed command left, and is killed as well. */
const windowsToo = 0.3
const windowLivesMs = 6000

export type Outcome = {
  readonly kills: number
  readonly asked: number
  readonly told: string
  readonly findings: readonly Finding[]
}

/** One definition that is run, killed, and run again, many times over. */
export class KilledLife {
  readonly #computer: Computer
  readonly #practice: PracticeProcess
  readonly #files: ReturnType<typeof visibleFiles>
  readonly #hits = new Map<string, number>()

  constructor(computer: Computer, practice: PracticeProcess) {
    this.#computer = computer
    this.#practice = practice
    this.#files = visibleFiles(computer.folder)
  }

  /** Runs it, kills that at a moment, sometimes the window too that goes on with it, and lets it come to its end. */
  async killAt(moment: Moment, random: Random): Promise<Outcome> {
    const computer = this.#computer
    const before = { starts: computer.starts().length, at: Date.now() }
    const told = [`killed ${moment.afterMs} ms after ${moment.sight}`]
    const findings: Finding[] = []
    const killedAt: number[] = []
    const kill = async (app: LaunchedApp) => {
      killedAt.push(Date.now())
      await app.kill()
      findings.push(...this.#files.look())
    }

    const run = computer.run()
    if (await reached(moment, this.#practice, computer.folder, run.isOver)) await kill(run)
    else await run.ended
    if (random.chance(windowsToo)) {
      const window = computer.window()
      const afterMs = Math.round(random.next() * windowLivesMs)
      told.push(`its window ${afterMs} ms after its start`)
      await passTime(afterMs)
      if (window.isOver())
        findings.push(finding('unhandled', `the window ended: ${JSON.stringify(await window.ended)}`))
      else await kill(window)
    }
    const asked = await this.#settle(findings, told)
    for (const at of killedAt) this.#hit(before.at, at)
    findings.push(...this.#after(before.starts))
    return { kills: killedAt.length, asked, told: told.join(', '), findings }
  }

  /** How often it was killed in which state of its journal. */
  hits(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#hits].sort(([a], [b]) => a.localeCompare(b)))
  }

  /** The chain of receipts and the files, as the app itself finds them when all is over; nothing is staged any more. */
  async lastFindings(): Promise<readonly Finding[]> {
    const { receipts, findings } = JSON.parse((await this.#computer.done(['verify'])).out)
    const starts = this.#computer.starts().length
    return [
      ...(receipts === starts ? [] : [finding('wrong', `${receipts} receipts for ${starts} jobs`)]),
      ...(findings.length === 0 ? [] : [finding('wrong', JSON.stringify(findings))]),
      ...stagingOf(this.#computer.folder).map(path => finding('wrong', `${path} was left behind`)),
    ]
  }

  /** Runs it until it is delivered, as whoever had it killed would; how often that ended in asking. */
  async #settle(findings: Finding[], told: string[]): Promise<number> {
    for (let asked = 0; ; asked += 1) {
      const { exit, out, err } = await this.#computer.run().ended
      if (exit === 0) return asked
      if (exit !== 10 || asked === mostAsked) {
        const loss = typeof exit === 'number' && exit > 1 ? 'wrong' : 'unhandled'
        findings.push(finding(loss, `run ended with ${exit}: ${out}${err}`))
        return asked
      }
      told.push('asked')
      await this.#settleByHand()
    }
  }

  /** Somebody looks at the system whether there is a job that the journal does not know. */
  async #settleByHand(): Promise<void> {
    const { records } = this.#computer
    const known = new Set(records.jobs().map(({ remoteId }) => remoteId))
    const found = this.#computer.starts().find(({ id }) => !known.has(id))
    const answer = found ? ['--job', found.id] : ['--not-started']
    await this.#computer.done(['job', 'settle', ...this.#computer.named(), ...answer])
  }

  /** Where it was when it was killed, by the last thing that was journalled before. */
  #hit(since: number, at: number): void {
    const last = this.#computer.records.journal().findLast(entry => entry.at >= since && entry.at <= at)
    const name = last ? `${last.entity} ${last.to}` : 'before its intent'
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1)
  }

  #after(startsBefore: number): readonly Finding[] {
    const starts = this.#computer.starts()
    const jobs = this.#computer.records.jobs()
    return [
      ...this.#files.findings(this.#computer.records.files()),
      ...starts.flatMap(({ id }) => jobFindings(id, jobs)),
      ...doubledIn(starts.slice(startsBefore), jobs),
    ]
  }
}
