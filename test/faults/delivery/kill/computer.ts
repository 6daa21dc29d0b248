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
import type { Finding } from '../../tally.ts'
import { phaseNow, until } from './staging-watch.ts'

declare global {
  interface Window {
    readonly desk: WindowDesk
  }
}

const definition = 'Standard Accounting Extract'
const marker = `${definition}.done`
/** The lease of a killed process ends after half a minute. */
const deliveredWithinMs = 120_000

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
    await this.delivered()
    return this.visible()
  }

  /** Asks for the files of that job once more. */
  async deliverAgain(): Promise<void> {
    const page = await this.#page()
    await answered(page.evaluate(id => window.desk.jobs.deliver(id, true), this.#job))
  }

  /** Resolves when the marker is there and nothing is staged any more. */
  async delivered(): Promise<void> {
    await until(() => (this.isOver() ? true : null), deliveredWithinMs, 'it was delivered')
  }

  /** Whoever reads the folder has taken the files away. */
  empty(): void {
    for (const name of readdirSync(this.folder)) rmSync(join(this.folder, name), { recursive: true })
  }

  /** Whether it came to its end, so that a kill would meet nothing of it. */
  isOver(): boolean {
    return markerIn(this.folder) && phaseNow(this.folder) === null
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

  /** What the journal says when all is over: so many deliveries, each delivered, each with one receipt. */
  journalFindings(deliveries: number): readonly Finding[] {
    const database = new Libsql(join(this.#profile, databaseFileName), { readonly: true })
    try {
      const states: readonly unknown[] = database.prepare('SELECT state FROM deliveries').all().map(stateOf)
      const receipts = database.prepare('SELECT number FROM receipts').all().length
      const open = states.filter(state => state !== 'delivered')
      return [
        ...(states.length > deliveries
          ? [of('doubled', `${states.length} deliveries, of ${deliveries}`)]
          : []),
        ...(states.length < deliveries ? [of('lost', `${states.length} deliveries, of ${deliveries}`)] : []),
        ...(open.length > 0 ? [of('lost', `deliveries that are ${open.join(', ')}`)] : []),
        ...(receipts === states.length
          ? []
          : [of('wrong', `${receipts} receipts for ${states.length} deliveries`)]),
      ]
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
const stateOf = (row: unknown): unknown => (row as { readonly state: unknown }).state
const markerIn = (folder: string): boolean => readdirSync(folder).includes(marker)
const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

async function answered<T>(answer: Promise<Envelope<T>>): Promise<T> {
  const envelope = await answer
  if (!envelope.ok) throw new Error(`${envelope.error.code} ${JSON.stringify(envelope.error.facts)}`)
  return envelope.value
}
