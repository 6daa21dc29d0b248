import type { Subscriptions } from '../../../preload/contract/bridge.ts'
import type { InsideCalls, InsideProgress } from '../../../preload/contract/inside.ts'
import { DeskError } from '../../desk-error.ts'

/** What is under way, at most one of each; a new one takes the place of the one before. */
export type WorkName = 'open' | 'index' | 'find' | 'filter' | 'add-up' | 'filled' | 'values' | 'copy'

export type Work = {
  readonly id: string
  readonly since: number
  /** Null until main has told anything. */
  readonly progress: InsideProgress | null
}

export type Works = {
  readonly read: () => ReadonlyMap<WorkName, Work>
  readonly subscribe: (listener: () => void) => () => void
  /** Null where it was cancelled, or another of its name took its place. Whatever else goes wrong is thrown. */
  readonly run: <T>(name: WorkName, call: (workId: string) => Promise<T>) => Promise<T | null>
  readonly cancel: (name: WorkName) => void
  /** Ends everything, and hears no more. */
  readonly stop: () => void
}

type WorksOf = {
  readonly cancel: InsideCalls['cancel']
  readonly onInside: Subscriptions['onInside']
  readonly now: () => number
}

let made = 0

/** Long calls with their progress: each tells main an id of its own, by which it is cancelled. */
export function createWorks({ cancel, onInside, now }: WorksOf): Works {
  let works: ReadonlyMap<WorkName, Work> = new Map()
  const listeners = new Set<() => void>()
  const change = (how: (next: Map<WorkName, Work>) => void): void => {
    const next = new Map(works)
    how(next)
    works = next
    for (const listener of listeners) listener()
  }
  const off = onInside(progress => {
    for (const [name, work] of works) {
      if (work.id === progress.workId) change(next => next.set(name, { ...work, progress }))
    }
  })
  // What was cancelled may be over already, or its view gone with it: nothing is left to be said then.
  const end = (name: WorkName): void => {
    const work = works.get(name)
    if (!work) return
    change(next => next.delete(name))
    cancel(work.id).catch(() => undefined)
  }

  return {
    read: () => works,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async run(name, call) {
      end(name)
      made += 1
      const id = `look-${now()}-${made}`
      change(next => next.set(name, { id, since: now(), progress: null }))
      const wanted = () => works.get(name)?.id === id
      try {
        const value = await call(id)
        return wanted() ? value : null
      } catch (error) {
        const ended = error instanceof DeskError && error.view.code === 'cancelled'
        if (ended || !wanted()) return null
        throw error
      } finally {
        if (wanted()) change(next => next.delete(name))
      }
    },
    cancel: end,
    stop() {
      off()
      for (const name of works.keys()) end(name)
    },
  }
}
