import { createHash } from 'node:crypto'
import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as passTime } from 'node:timers/promises'
import type { Random } from '../../../../main/practice/random.ts'
import type { SystemName } from '../../../../preload/contract/words.ts'
import { type AppAndSession, type EndedProcess, launchCommand, launchWindow } from '../../app/launched.ts'
import type { PracticeProcess } from '../../app/practice.ts'
import { type JobRecord, profileRecords } from '../../app/profile.ts'
import { stagingOf } from '../../app/staging-watch.ts'
import type { Finding } from '../../tally.ts'
import { type Moment, reached } from './moments.ts'

const connection = 'Practice'
/** Concur's own; the others are kept by us, under this name. */
const definitions: Readonly<Record<SystemName, string>> = {
  concur: 'Standard Accounting Extract',
  icws: 'Calls',
  vault: 'Documents',
}
const authOf: Readonly<Record<SystemName, string>> = {
  concur: 'refresh-token',
  icws: 'password',
  vault: 'password',
}
/** A killed process's lease, the settling of its start, and a job from its beginning to its end. */
const settledWithin = '4m'
/** How often a start is settled by hand before that is called endless. */
const mostAsked = 3

export type Outcome = {
  readonly kills: number
  readonly asked: number
  readonly told: string
  readonly findings: readonly Finding[]
}

/** One definition at one system, in one profile: it is run, killed, and run again, many times over. */
export class KilledLife {
  readonly folder: string
  readonly #around: AppAndSession
  readonly #practice: PracticeProcess
  readonly #system: SystemName
  readonly #profile: string
  readonly #records: ReturnType<typeof profileRecords>
  readonly #hits = new Map<string, number>()

  constructor(around: AppAndSession, practice: PracticeProcess, system: SystemName) {
    const { session } = around
    this.#around = around
    this.#practice = practice
    this.#system = system
    this.#profile = session.newFolder('profile')
    this.#records = profileRecords(this.#profile)
    // Staging lies beside a destination: each has a parent of its own.
    this.folder = join(session.newFolder('erp'), 'in')
    mkdirSync(this.folder)
    if (session.account) chownSync(this.folder, session.account.uid, session.account.gid)
  }

  async setUp(): Promise<void> {
    const { url, secrets, outputMaps, kept } = this.#practice[this.#system]
    const maps = outputMaps.flatMap(({ server, local }) => ['--output-map', `${server}=${local}`])
    const kind = ['--system', this.#system, '--auth', authOf[this.#system]]
    const words = ['connection', 'add', '--name', connection, ...kind, '--url', url, '--mark', 'practice']
    await this.#done([...words, ...maps, '--secrets', '-'], JSON.stringify(secrets))
    if (kept === null) return
    const file = join(dirname(this.folder), 'request.json')
    writeFileSync(file, JSON.stringify(kept))
    const name = definitions[this.#system]
    await this.#done(['definition', 'add', '--connection', connection, '--name', name, '--file', file])
  }

  /** Runs it, kills that at a moment, sometimes the window too that goes on with it, and lets it come to its end. */
  async killAt(moment: Moment, random: Random): Promise<Outcome> {
    const before = { starts: this.#starts().length, at: Date.now() }
    const told = [`killed ${moment.afterMs} ms after ${moment.sight}`]
    const findings: Finding[] = []
    let kills = 0
    const kill = async (app: { kill(): Promise<void> }) => {
      const at = Date.now()
      await app.kill()
      kills += 1
      findings.push(...this.#seen())
      return at
    }
    const killedAt: number[] = []

    const run = launchCommand(this.#around, this.#runWords())
    if (await reached(moment, this.#practice, this.folder, run.isOver)) killedAt.push(await kill(run))
    else await run.ended
    if (random.chance(0.3)) {
      const window = launchWindow(this.#around, this.#profile)
      const afterMs = Math.round(random.next() * 6000)
      told.push(`its window ${afterMs} ms after its start`)
      await passTime(afterMs)
      if (window.isOver())
        findings.push({ loss: 'unhandled', what: `the window ended: ${JSON.stringify(await window.ended)}` })
      else killedAt.push(await kill(window))
    }
    const asked = await this.#settle(findings, told)
    for (const at of killedAt) this.#hit(before.at, at)
    findings.push(...this.#after(before.starts))
    return { kills, asked, told: told.join(', '), findings }
  }

  /** How often it was killed in which state of its journal. */
  hits(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#hits].sort(([a], [b]) => a.localeCompare(b)))
  }

  /** The chain of receipts and the files, as the app itself finds them when all is over; nothing is staged any more. */
  async lastFindings(): Promise<readonly Finding[]> {
    const { receipts, findings } = JSON.parse((await this.#done(['verify'])).out)
    const starts = this.#starts().length
    const staged = stagingOf(this.folder)
    return [
      ...(receipts === starts ? [] : [of('wrong', `${receipts} receipts for ${starts} jobs`)]),
      ...(findings.length === 0 ? [] : [of('wrong', JSON.stringify(findings))]),
      ...staged.map(path => of('wrong', `${path} was left behind`)),
    ]
  }

  #starts() {
    return this.#practice.started(this.#system)
  }

  /** Runs it until it is delivered, as whoever had it killed would; how often that ended in asking. */
  async #settle(findings: Finding[], told: string[]): Promise<number> {
    for (let asked = 0; ; asked += 1) {
      const { exit, out, err } = await launchCommand(this.#around, this.#runWords()).ended
      if (exit === 0) return asked
      if (exit !== 10 || asked === mostAsked) {
        findings.push(
          of(exit === 1 || exit === null ? 'unhandled' : 'wrong', `run ended with ${exit}: ${out}${err}`),
        )
        return asked
      }
      told.push('asked')
      await this.#settleByHand()
    }
  }

  /** Somebody looks at the system whether there is a job that the journal does not know. */
  async #settleByHand(): Promise<void> {
    const known = new Set(this.#records.jobs().map(({ remoteId }) => remoteId))
    const found = this.#starts().find(({ id }) => !known.has(id))
    const answer = found ? ['--job', found.id] : ['--not-started']
    await this.#done(['job', 'settle', ...this.#named(), ...answer])
  }

  /** Where it was when it was killed, by the last thing that was journalled before. */
  #hit(since: number, at: number): void {
    const last = this.#records.journal().findLast(entry => entry.at >= since && entry.at <= at)
    const name = last ? `${last.entity} ${last.to}` : 'before its intent'
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1)
  }

  readonly #whole = new Map<string, string>()
  /** What could be seen in the folder just after a kill: it must be a whole file of a receipt when all is over. */
  #seen(): readonly Finding[] {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name)
      const before = this.#whole.get(path)
      const now = sha256Of(path)
      if (before !== undefined && before !== now) return [of('wrong', `${name} was changed`)]
      this.#whole.set(path, now)
    }
    return []
  }

  #after(startsBefore: number): readonly Finding[] {
    const starts = this.#starts()
    const jobs = this.#records.jobs()
    return [
      ...this.#seen(),
      ...this.#filesFindings(),
      ...starts.flatMap(({ id }) => jobFindings(id, jobs)),
      ...doubledIn(starts.slice(startsBefore), jobs),
    ]
  }

  #filesFindings(): readonly Finding[] {
    const receipts = new Map(this.#records.files().map(({ path, sha256 }) => [path, sha256]))
    const strange = [...this.#whole].filter(([path, sha256]) => receipts.get(path) !== sha256)
    const missing = [...receipts.keys()].filter(path => !this.#whole.has(path))
    return [
      ...strange.map(([path]) =>
        of('wrong', `${path} is not what a receipt says: it was partial, or nobody's`),
      ),
      ...missing.map(path => of('lost', `${path} is not there`)),
    ]
  }

  #named(): readonly string[] {
    return ['--connection', connection, '--definition', definitions[this.#system]]
  }

  #runWords(): readonly string[] {
    const words = ['run', ...this.#named(), '--to', this.folder, '--timeout', settledWithin]
    return [...words, '--json', '--quiet', '--profile', this.#profile]
  }

  async #done(words: readonly string[], stdin = ''): Promise<EndedProcess> {
    const all = [...words, '--json', '--profile', this.#profile]
    const ended = await launchCommand(this.#around, all, stdin).ended
    if (ended.exit !== 0)
      throw new Error(`${words.join(' ')} ended with ${ended.exit}: ${ended.out}${ended.err}`)
    return ended
  }
}

/** A job that the system has must be known once, delivered once, and have one receipt. */
function jobFindings(id: string, jobs: readonly JobRecord[]): readonly Finding[] {
  const [row, ...more] = jobs.filter(({ remoteId }) => remoteId === id)
  if (row === undefined) return [of('lost', `job ${id} is not known`)]
  const { deliveries, receipts, state } = row
  return [
    ...(more.length === 0 ? [] : [of('wrong', `job ${id} stands in ${more.length + 1} rows`)]),
    ...(receipts === 1
      ? []
      : [of(receipts === 0 ? 'lost' : 'doubledDeliveries', `job ${id} (${state}) has ${receipts} receipts`)]),
    ...(deliveries.length <= 1
      ? []
      : [of('doubledDeliveries', `job ${id} has deliveries that are ${deliveries}`)]),
  ]
}

/** Of one try: another start is right only where what was started before it had been delivered by then. */
export function doubledIn(
  starts: readonly { readonly id: string; readonly at: number }[],
  jobs: readonly JobRecord[],
): readonly Finding[] {
  const deliveredAt = (id: string) => jobs.find(({ remoteId }) => remoteId === id)?.deliveredAt ?? null
  return starts.slice(1).flatMap((start, nth) => {
    const at = deliveredAt(starts[nth]?.id ?? '')
    return at !== null && at <= start.at
      ? []
      : [of('doubledStarts', `${start.id} was started beside ${starts[nth]?.id}`)]
  })
}

const of = (loss: Finding['loss'], what: string): Finding => ({ loss, what })
const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
