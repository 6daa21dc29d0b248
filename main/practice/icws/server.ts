import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { again, listen, type Transit } from '../loopback.ts'
import type { RequestLog } from '../requests.ts'
import type { Scenario, ScenarioName } from '../scenarios.ts'
import { openStore, stateFile } from '../state-file.ts'
import { answer } from './api.ts'
import { history } from './jobs.ts'
import { type Sample, samples } from './samples.ts'
import type { IcwsState } from './state.ts'
import { extracts, type Habits, user, usualHabits, type World } from './world.ts'
import { outputWriter } from './writer.ts'

export type IcwsPractice = {
  /** The origin that a connection is given, `http://127.0.0.1:PORT`. */
  readonly url: string
  /** The same server under its other name; which one takes sessions is one of its habits. */
  readonly otherUrl: string
  /** Ready-to-use secrets objects, one for each kind of sign-in. */
  readonly signIn: { readonly password: { readonly userId: string; readonly password: string } }
  /** Where the folders that the server names lie on this computer. */
  readonly outputMaps: readonly { readonly server: string; readonly local: string }[]
  /** Request files of jobs that can be run. */
  readonly samples: readonly Sample[]
  /** What of the scenarios makes a difference here. */
  readonly scenarios: readonly ScenarioName[]
  /** How many runs were really started, of one name or of all. History does not count. */
  started(name?: string): number
  /** Sessions that are open. */
  sessions(): number
  /** Changes how the server is, beside the scenario. */
  behave(habits: Partial<Habits>): void
  /** Ends all sessions, as a restart of the server does. */
  forgetSessions(): void
  /** Writes what of the jobs' files is due by now; it happens by itself every moment. */
  write(): void
}

export const icwsScenarios: readonly ScenarioName[] = [
  'normal',
  'slow',
  'failing-job',
  'unknown-status',
  'empty-extract',
  'very-large',
  'lost-post-answer',
  'lost-post-nothing',
  'truncated-download',
  'html-instead-of-file',
  'json-error-with-200',
  'missing-file-link',
  'expired-token',
  'refused',
  'rate-limited',
  'maintenance',
  'no-answer',
]

export type IcwsOptions = Readonly<{
  port: number
  seed: number
  speed: number
  largeBytes: number
  stateDir: string | undefined
  now: () => number
  scenario: () => Scenario
  log: RequestLog
  transit: Transit
}>

/** Serves a PureConnect server, which writes its files into a real folder. */
export async function startIcws(options: IcwsOptions): Promise<IcwsPractice & { close(): Promise<void> }> {
  const { seed, now, log, stateDir, speed, largeBytes, scenario } = options
  const fresh = (): IcwsState => ({ version: 1, port: 0, jobs: history(seed, now()) })
  const store = openStore(stateFile<IcwsState>(stateDir, `icws-${seed}`), 1, fresh)
  const folder = stateDir === undefined ? temporary() : join(stateDir, `icws-extracts-${seed}`)
  mkdirSync(folder, { recursive: true })
  const writer = outputWriter({
    folder,
    seed,
    largeBytes,
    now,
    jobs: () => store.state.jobs,
    whole(job) {
      store.change(() => {
        job.writtenAt = now()
      })
    },
  })
  const habits: Habits = { ...usualHabits }
  const world: World = {
    ...{ seed, speed, largeBytes, now, scenario, store, writer, habits },
    sessions: new Map(),
    turns: new Map(),
  }
  const serve = (port: number) =>
    listen({
      system: 'icws',
      port,
      log,
      now,
      transit: options.transit,
      handler: request => answer(world, request),
    })
  const server = options.port > 0 ? await serve(options.port) : await again(store.state.port, serve)
  store.change(state => {
    state.port = server.port
  })
  return {
    url: server.origin,
    otherUrl: `http://localhost:${server.port}`,
    signIn: { password: { userId: user.id, password: user.password } },
    outputMaps: [{ server: extracts, local: folder }],
    samples,
    scenarios: icwsScenarios,
    started: name =>
      store.state.jobs.filter(job => job.started && (name === undefined || job.config.name === name)).length,
    sessions: () => world.sessions.size,
    behave: changed => void Object.assign(habits, changed),
    forgetSessions: () => world.sessions.clear(),
    write: writer.write,
    async close() {
      writer.close()
      await server.close()
      if (stateDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const temporary = () => mkdtempSync(join(tmpdir(), 'extract-desk-icws-'))
