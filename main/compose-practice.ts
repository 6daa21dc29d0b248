import { practiceScenarios } from '../preload/contract/words.ts'
import type { Simulator } from './core/practice/practice.ts'
import type { Practice } from './practice/index.ts'

/** Slow enough for a run to be seen queued and running, which the window asks for every few seconds. */
const speed = 0.56

/** A vault has no refresh tokens. */
const vaultScenarios = practiceScenarios.filter(scenario => scenario !== 'rotating-refresh-token')

/** The simulator, loaded when somebody practises; it keeps its jobs, tokens and address in `stateDir`. */
export function simulatorIn(stateDir: string): Simulator {
  let practice: Practice | null = null
  return {
    async start() {
      const { startPractice } = await import('./practice/index.ts')
      const started = await startPractice({ stateDir, speed })
      const { concur, icws, vault } = started
      practice = started
      return [
        {
          system: 'concur',
          name: 'Practice Concur',
          url: concur.url,
          auth: 'refresh-token',
          // A token of its own each time: the one before may have been replaced by then.
          secrets: () => ({ ...concur.signIn['refresh-token'], refreshToken: concur.newRefreshToken() }),
          outputMaps: [],
          samples: [],
          scenarios: practiceScenarios,
          behave: scenario => started.scenario(scenario, 'concur'),
        },
        {
          system: 'icws',
          name: 'Practice PureConnect',
          url: icws.url,
          auth: 'password',
          secrets: () => icws.signIn.password,
          outputMaps: icws.outputMaps,
          samples: icws.samples,
          scenarios: icws.scenarios,
          behave: scenario => started.scenario(scenario, 'icws'),
        },
        {
          system: 'vault',
          name: 'Practice Vault',
          url: vault.url,
          auth: 'password',
          secrets: () => vault.signIn.password,
          outputMaps: [],
          samples: Object.entries(vault.requests).map(([name, request]) => ({ name, request })),
          scenarios: vaultScenarios,
          behave: scenario => started.scenario(scenario, 'vault'),
        },
      ]
    },
    async stop() {
      await practice?.close()
      practice = null
    },
  }
}
