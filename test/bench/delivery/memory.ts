import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as passTime } from 'node:timers/promises'

const everyMs = 50

/** A process and all that it started, as the kernel knows them now. */
function family(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(family)]
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(thread =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    // It ended while it was looked at.
    return []
  }
}

/** Proportional set size: what is shared with others is counted in parts, so that a sum counts it once. */
function pssOf(pid: number): number {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}

export type MemoryWatch = {
  /** The sums so far, in bytes. */
  readonly sums: readonly number[]
  end(): Promise<void>
}

/** Adds up the memory of a program's processes 20 times a second. */
export function watchMemory(pid: number): MemoryWatch {
  const sums: number[] = []
  const stop = new AbortController()
  const watching = (async () => {
    while (!stop.signal.aborted) {
      sums.push(family(pid).reduce((sum, member) => sum + pssOf(member), 0))
      await passTime(everyMs)
    }
  })()
  return {
    sums,
    async end() {
      stop.abort()
      await watching
    },
  }
}
