import { type ConcurPractice, startConcur } from './concur/server.ts'
import { type IcwsPractice, startIcws } from './icws/server.ts'
import type { Transit } from './loopback.ts'
import { type PracticeSystem, type RecordedRequest, requestLog } from './requests.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenarios.ts'
import { startVault, type VaultPractice } from './vault/server.ts'

export type { ConcurAuth, SignIn } from './concur/accounts.ts'
export type { ConcurPractice } from './concur/server.ts'
export type { IcwsPractice } from './icws/server.ts'
export type { Leg, Transit } from './loopback.ts'
export type { PracticeSystem, RecordedRequest } from './requests.ts'
export { type Scenario, type ScenarioName, scenarioNames, scenarios } from './scenarios.ts'
export type { VaultPractice } from './vault/server.ts'

export type PracticeOptions = Readonly<{
  /** Of Concur's URL; the others take any. 0, the default, takes the port of the last run with this `stateDir`, or any. */
  port?: number
  /** Everything that looks random follows from it. Default 1. */
  seed?: number
  scenario?: ScenarioName
  /** Where jobs and tokens are kept, so that they survive a restart. Without it nothing is written. */
  stateDir?: string
  /** Epoch milliseconds; the life of jobs and tokens follows this clock. */
  now?: () => number
  /** Divides the times that jobs take. */
  speed?: number
  /** About how many bytes the main file has in the scenario very-large; at most 4 GiB. Default 256 MiB. */
  largeBytes?: number
  /** Awaited before a request has an effect, and again before its answer leaves: a network that takes its time. */
  transit?: Transit
}>

export type Practice = {
  concur: ConcurPractice
  icws: IcwsPractice
  vault: VaultPractice
  /** Changes the scenario of one system, or of all. */
  scenario(name: ScenarioName, system?: PracticeSystem): void
  /** The last 10,000 requests, oldest first; each is updated when it has been answered. */
  readonly requests: readonly RecordedRequest[]
  /** The first request, past or to come, that matches: tested when it arrives and when it has been answered. */
  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>
  /** Cuts all connections, also those left without an answer. */
  close(): Promise<void>
}

const LARGEST = 4 * 1024 ** 3 - 64 * 1024 ** 2

/** Starts the simulator on 127.0.0.1. Rejects with EADDRINUSE where the port asked for is taken. */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const {
    port = 0,
    seed = 1,
    speed = 1,
    stateDir,
    now = Date.now,
    largeBytes = 256 * 1024 ** 2,
    transit = noWay,
  } = options
  if (!(speed > 0)) throw new RangeError('speed must be above 0.')
  if (!(largeBytes > 0 && largeBytes <= LARGEST))
    throw new RangeError('largeBytes must be between 1 and 4 GiB.')
  const first: Scenario = scenarios[options.scenario ?? 'normal']
  const current: Record<PracticeSystem, Scenario> = { concur: first, icws: first, vault: first }
  const log = requestLog()
  const shared = { seed, speed, largeBytes, stateDir, now, log, transit }
  const concur = await startConcur({ ...shared, port, scenario: () => current.concur })
  const icws = await startIcws({ ...shared, port: 0, scenario: () => current.icws })
  const vault = await startVault({ ...shared, port: 0, scenario: () => current.vault })
  return {
    concur,
    icws,
    vault,
    scenario(name, system) {
      for (const one of system === undefined ? practiceSystems : [system]) current[one] = scenarios[name]
    },
    requests: log.requests,
    waitFor: log.waitFor,
    async close() {
      log.close()
      await Promise.all([concur.close(), icws.close(), vault.close()])
    },
  }
}

const noWay: Transit = async () => {}
const practiceSystems: readonly PracticeSystem[] = ['concur', 'icws', 'vault']
