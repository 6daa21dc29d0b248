import type { InsideProgress } from '../../../preload/contract/inside.ts'
import type { WorkOptions } from '../deliveries/file-work.ts'
import { AppError } from '../errors.ts'

export type Doing = InsideProgress['doing']

/** Works under way, by the ids that the window gave them. */
export type Works = {
  /** Runs a work that can be cancelled by its id, and together with its view; tells how far it is of so many bytes. */
  run<T>(
    work: { readonly workId: string; readonly viewId: string | null },
    run: (step: (doing: Doing, of: number) => WorkOptions) => Promise<T>,
  ): Promise<T>
  cancel(workId: string): void
  cancelView(viewId: string): void
  /** Resolves when none is under way any more. */
  cancelAll(): Promise<void>
}

type Work = {
  readonly viewId: string | null
  readonly abort: AbortController
  readonly ended: Promise<void>
}

export function createWorks(publish: (progress: InsideProgress) => void): Works {
  const works = new Map<string, Work>()
  return {
    async run({ workId, viewId }, run) {
      if (works.has(workId)) throw new AppError('bad-input', { facts: { field: 'workId' } })
      const abort = new AbortController()
      let end = () => {}
      const ended = new Promise<void>(resolve => {
        end = resolve
      })
      works.set(workId, { viewId, abort, ended })
      try {
        return await run((doing, of) => {
          let done = 0
          return {
            signal: abort.signal,
            onProgress(bytes) {
              done += bytes
              publish({ workId, doing, done: Math.min(done, of), of })
            },
          }
        })
      } catch (error) {
        // What it was cut in may say so in its own way.
        if (abort.signal.aborted) throw new AppError('cancelled', { cause: error })
        throw error
      } finally {
        works.delete(workId)
        end()
      }
    },
    cancel: workId => works.get(workId)?.abort.abort(),
    async cancelAll() {
      const all = [...works.values()]
      for (const { abort } of all) abort.abort()
      await Promise.all(all.map(({ ended }) => ended))
    },
    cancelView(viewId) {
      for (const work of works.values()) if (work.viewId === viewId) work.abort.abort()
    },
  }
}
