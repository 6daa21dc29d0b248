import { spawn } from 'node:child_process'
import { once } from 'node:events'

const END_WITHIN_MS = 2_000

/**
 * The programs of one session, ended together and in the opposite order, by id.
 *
 * @param {{ start: string[], env: Record<string, string>, cwd: string }} how words before each program, and its surroundings
 */
export function processGroup({ start, env, cwd }) {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = []

  const killAll = () => {
    for (const child of children) if (isAlive(child)) child.kill('SIGKILL')
  }
  process.on('exit', killAll)

  return {
    /**
     * Starts a program that lives as long as the session.
     *
     * @param {string} program
     * @param {string[]} words
     * @param {{ input?: string, pipes?: number, env?: Record<string, string> }} [options]
     */
    start(program, words, { input, pipes = 0, env: more = {} } = {}) {
      const [command, ...before] = [...start, program]
      if (command === undefined) throw new Error('No program named')
      const extra = Array.from({ length: pipes }, () => /** @type {'pipe'} */ ('pipe'))
      const child = spawn(command, [...before, ...words], {
        cwd,
        env: { ...env, ...more },
        stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe', ...extra],
      })
      child.on('error', () => {})
      child.stdin?.end(input)
      children.push(child)
      return child
    },

    /** Ends all of them and waits until they are gone. */
    async end() {
      for (const child of children.toReversed()) {
        if (!isAlive(child)) continue
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        const impatience = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS)
        await gone
        clearTimeout(impatience)
      }
      process.off('exit', killAll)
    },
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function isAlive(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}
