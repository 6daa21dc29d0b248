import { createHash } from 'node:crypto'
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import type { ElectronApplication, Page } from 'playwright-core'
import type { DesktopSession } from '../../../../build/session/attached-session.mjs'
import { type AppUnderTest, launchApp } from '../../../../build/session/launch-app.mjs'
import { databaseFileName } from '../../../../main/adapters/database/database.ts'
import type { WindowDesk } from '../../../../preload/contract/bridge.ts'
import type { Envelope } from '../../../../preload/contract/errors.ts'
import type { Destination, NewConnection } from '../../../../preload/contract/types.ts'
import { aDestination } from '../../../fakes/jobs-world.ts'
import { type Phase, phaseNow, stagingOf, until } from '../../app/staging-watch.ts'
import type { Finding } from '../../tally.ts'

declare global {
  interface Window {
    readonly desk: WindowDesk
  }
}

const definition = 'Standard Accounting Extract'
const marker = `${definition}.done`
/** Where nobody can tell that a process has ended, its lease holds for half a minute. */
const deliveredWithinMs = 120_000
/** And what it left behind is removed a minute after that, once it was tried in vain. */
const tidyWithinMs = 240_000

/** SHA-256 of each file of the group, by its name. */
export type Group = Readonly<Record<string, string>>

/** A profile, a destination, and the real app that is started on them again and again. */
export class KilledComputer {
  readonly folder: string
  readonly #profile: string
  readonly #session: DesktopSession
  readonly #app: AppUnderTest
  #running: ElectronApplication | null = null
  #job = ''
  #asked = 0

  constructor(session: DesktopSession, app: AppUnderTest) {
    this.#session = session
    this.#app = app
    this.#profile = session.newFolder('profile')
    // Staging lies beside a destination: each has a parent of its own.
    const parent = session.newFolder('erp')
    this.folder = join(parent, 'in')
    mkdirSync(this.folder)
    if (session.account) chownSync(this.folder, session.account.uid, session.account.gid)
  }

  async start(): Promise<void> {
    this.#running = await launchApp({ session: this.#session, app: this.#app, profile: this.#profile })
  }

  /** As a power cut would, at once and without a word. */
  async kill(): Promise<void> {
    const app = this.#running
    if (app === null) throw new Error('It does not run')
    const closed = app.waitForEvent('close')
    app.process().kill('SIGKILL')
    await closed
    this.#running = null
  }

  async close(): Promise<void> {
    await this.#running?.close()
    this.#running = null
  }

  /** Connects, chooses the folder, runs the definition once, and returns what it delivered. */
  async setUp(connection: NewConnection): Promise<Group> {
    const page = await this.#page()
    const { id } = await answered(page.evaluate(input => window.desk.connections.add(input), connection))
    await this.#pick()
    await answered(page.evaluate(() => window.desk.settings.chooseFolder()))
    const definitions = await answered(page.evaluate(of => window.desk.definitions.refresh(of), id))
    const wanted = definitions.find(({ name }) => name === definition)
    if (!wanted) throw new Error(`There is no ${definition}`)
    const destination: Destination = { ...aDestination, folder: this.folder, marker: '{definition}.done' }
    const chosen = { id: wanted.id, destination }
    await answered(
      page.evaluate(it => window.desk.definitions.saveDestination(it.id, it.destination), chosen),
    )
    const job = await answered(page.evaluate(of => window.desk.jobs.run(of, true), wanted.id))
    this.#job = job.id
    this.#asked += 1
    await this.delivered()
    return this.visible()
  }

  /** Whoever reads the folder has taken the files away, and asks for those of that job once more. */
  async deliverAgain(): Promise<void> {
    await this.tidy()
    for (const name of readdirSync(this.folder)) rmSync(join(this.folder, name), { recursive: true })
    const page = await this.#page()
    await answered(page.evaluate(id => window.desk.jobs.deliver(id, true), this.#job))
    this.#asked += 1
  }

  phase(): Phase | null {
    return phaseNow(this.folder)
  }

  /** Resolves when the marker is there, and the journal says that all that was asked for was delivered. */
  async delivered(): Promise<void> {
    const done = () => markerIn(this.folder) && this.#states().filter(isDelivered).length >= this.#asked
    await until(() => (done() ? true : null), deliveredWithinMs, 'it was delivered', 20)
  }

  /** Resolves when nothing of any delivery is staged any more. */
  async tidy(): Promise<void> {
    await until(
      () => (stagingOf(this.folder).length === 0 ? true : null),
      tidyWithinMs,
      'staging was removed',
      20,
    )
  }

  /** Whether it came to its end, so that a kill would meet nothing of it. */
  isOver(): boolean {
    return markerIn(this.folder) && this.phase() === null
  }

  /** What lies in the folder, without the marker, and without what is hidden from whoever reads it. */
  visible(): Group {
    const names = readdirSync(this.folder).filter(name => name !== marker && !isHidden(name))
    return Object.fromEntries(names.map(name => [name, sha256Of(join(this.folder, name))]))
  }

  /** What must never be seen: a file that is not whole, a marker before its files. */
  duringFindings(group: Group): readonly Finding[] {
    const seen = this.visible()
    const partial = Object.entries(seen).filter(([name, sha256]) => group[name] !== sha256)
    const missing = markerIn(this.folder) ? Object.keys(group).filter(name => !(name in seen)) : []
    return [
      ...partial.map(([name]): Finding => ({ loss: 'partial', what: `${name} is there, and not whole` })),
      ...missing.map(
        (name): Finding => ({ loss: 'partial', what: `the marker is there, and ${name} is not` }),
      ),
    ]
  }

  afterFindings(group: Group): readonly Finding[] {
    const seen = this.visible()
    const lost = Object.keys(group).filter(name => !(name in seen))
    const doubled = Object.keys(seen).filter(name => !(name in group))
    const left = readdirSync(this.folder).filter(isHidden)
    return [
      ...this.duringFindings(group),
      ...lost.map((name): Finding => ({ loss: 'lost', what: `${name} is not there` })),
      ...doubled.map((name): Finding => ({ loss: 'doubled', what: `${name} is too much` })),
      ...left.map((name): Finding => ({ loss: 'unexplained', what: `${name} was left behind` })),
    ]
  }

  /** What the journal says when all is over: each delivery that was asked for is delivered, and has one receipt. */
  journalFindings(): readonly Finding[] {
    const states = this.#states()
    const open = states.filter(state => !isDelivered(state))
    const receipts = this.#rows('SELECT number FROM receipts').length
    const [there, asked] = [states.length, this.#asked]
    return [
      ...(there > asked ? [of('doubled', `${there} deliveries, of ${asked}`)] : []),
      ...(there < asked ? [of('lost', `${there} deliveries, of ${asked}`)] : []),
      ...(open.length > 0 ? [of('lost', `deliveries that are ${open.join(', ')}`)] : []),
      ...(receipts === there ? [] : [of('wrong', `${receipts} receipts for ${there} deliveries`)]),
    ]
  }

  #states(): readonly unknown[] {
    return this.#rows('SELECT state FROM deliveries').map(row => (row as { readonly state: unknown }).state)
  }

  #rows(sql: string): readonly unknown[] {
    const database = new Libsql(join(this.#profile, databaseFileName), { readonly: true })
    try {
      // Whoever opens it first after a kill restores it from its log, and keeps it locked for that moment.
      database.exec('PRAGMA busy_timeout = 10000')
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }

  async #page(): Promise<Page> {
    if (this.#running === null) throw new Error('It does not run')
    const page = await this.#running.firstWindow()
    await page.evaluate(() => window.desk.app.snapshot())
    return page
  }

  /** From now on the desktop's folder picker is answered with our folder. */
  async #pick(): Promise<void> {
    await this.#running?.evaluate(({ dialog }, picked) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] })
    }, this.folder)
  }
}

const of = (loss: Finding['loss'], what: string): Finding => ({ loss, what })
const isHidden = (name: string): boolean => name.startsWith('.extract-desk-')
const isDelivered = (state: unknown): boolean => state === 'delivered'
const markerIn = (folder: string): boolean => readdirSync(folder).includes(marker)
const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

async function answered<T>(answer: Promise<Envelope<T>>): Promise<T> {
  const envelope = await answer
  if (!envelope.ok) throw new Error(`${envelope.error.code} ${JSON.stringify(envelope.error.facts)}`)
  return envelope.value
}
