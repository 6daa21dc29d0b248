import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SystemName } from '../../../preload/contract/words.ts'
import {
  type AppAndSession,
  type EndedProcess,
  type LaunchedApp,
  launchCommand,
  launchWindow,
} from './launched.ts'
import type { PracticeProcess } from './practice.ts'
import { type ProfileRecords, profileRecords } from './profile.ts'

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

/** A profile with one definition at one practice system, and the real app that is started on it again and again. */
export class Computer {
  readonly folder: string
  readonly system: SystemName
  readonly records: ProfileRecords
  readonly #around: AppAndSession
  readonly #practice: PracticeProcess
  readonly #profile: string

  constructor(around: AppAndSession, practice: PracticeProcess, system: SystemName) {
    const { session } = around
    this.#around = around
    this.#practice = practice
    this.system = system
    this.#profile = session.newFolder('profile')
    this.records = profileRecords(this.#profile)
    // Staging lies beside a destination: each has a parent of its own.
    this.folder = join(session.newFolder('erp'), 'in')
    mkdirSync(this.folder)
    if (session.account) chownSync(this.folder, session.account.uid, session.account.gid)
  }

  async setUp(): Promise<void> {
    const { url, secrets, outputMaps, kept } = this.#practice[this.system]
    const maps = outputMaps.flatMap(({ server, local }) => ['--output-map', `${server}=${local}`])
    const kind = ['--system', this.system, '--auth', authOf[this.system]]
    const words = ['connection', 'add', '--name', connection, ...kind, '--url', url, '--mark', 'practice']
    await this.done([...words, ...maps, '--secrets', '-'], JSON.stringify(secrets))
    if (kept === null) return
    const file = join(dirname(this.folder), 'request.json')
    writeFileSync(file, JSON.stringify(kept))
    const name = definitions[this.system]
    await this.done(['definition', 'add', '--connection', connection, '--name', name, '--file', file])
  }

  /** The jobs that the system itself has as started, oldest first. */
  starts() {
    return this.#practice.started(this.system)
  }

  run(): LaunchedApp {
    return this.command(['run', ...this.named(), '--to', this.folder, '--timeout', settledWithin])
  }

  window(): LaunchedApp {
    return launchWindow(this.#around, this.#profile)
  }

  command(words: readonly string[], stdin = ''): LaunchedApp {
    return launchCommand(this.#around, [...words, '--json', '--quiet', '--profile', this.#profile], stdin)
  }

  /** A command that must not fail. */
  async done(words: readonly string[], stdin = ''): Promise<EndedProcess> {
    const ended = await this.command(words, stdin).ended
    if (ended.exit !== 0)
      throw new Error(`${words.join(' ')} ended with ${ended.exit}: ${ended.out}${ended.err}`)
    return ended
  }

  connected(): readonly string[] {
    return ['--connection', connection]
  }

  named(): readonly string[] {
    return [...this.connected(), '--definition', definitions[this.system]]
  }
}
