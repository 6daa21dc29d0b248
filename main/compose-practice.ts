import { practiceScenarios } from '../preload/contract/words.ts'
import type { Simulator } from './core/practice/practice.ts'
import type { Practice } from './practice/index.ts'

/** Slow enough for a run to be seen queued and running, which the window asks for every few seconds. */
const speed = 0.56

/** The simulator, loaded when somebody practises; it keeps its jobs, tokens and address in `stateDir`. */
export function simulatorIn(stateDir: string): Simulator {
  let practice: Practice | null = null
  return {
    async start() {
      const { startPractice } = await import('./practice/index.ts')
      const started = await startPractice({ stateDir, speed })
      const { concur } = started
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
          behave: started.scenario,
        },
      ]
    },
    async stop() {
      await practice?.close()
      practice = null
    },
  }
}
