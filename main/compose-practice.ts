import type { Simulator } from './core/practice/practice.ts'

/** The simulator, loaded when somebody practises; it keeps its jobs, tokens and address in `stateDir`. */
export function simulatorIn(stateDir: string): Simulator {
  let stop = async () => {}
  return {
    async start() {
      const { startPractice } = await import('./practice/index.ts')
      const { concur, close } = await startPractice({ stateDir })
      stop = close
      return { url: concur.url, secrets: concur.signIn['refresh-token'] }
    },
    stop: () => stop(),
  }
}
