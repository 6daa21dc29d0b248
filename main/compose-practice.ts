import type { Simulator } from './core/practice/practice.ts'

/** Slow enough for a run to be seen queued and running, which the window asks for every few seconds. */
const speed = 0.5

/** The simulator, loaded when somebody practises; it keeps its jobs, tokens and address in `stateDir`. */
export function simulatorIn(stateDir: string): Simulator {
  let stop = async () => {}
  return {
    async start() {
      const { startPractice } = await import('./practice/index.ts')
      const { concur, close } = await startPractice({ stateDir, speed })
      stop = close
      return { url: concur.url, secrets: concur.signIn['refresh-token'] }
    },
    stop: () => stop(),
  }
}
