import { useCallback, useEffect, useRef, useState } from 'react'
import type { ErrorView } from '../../preload/contract/errors.ts'
import { viewOf } from '../desk-error.ts'

export type Action<A extends readonly unknown[], T> = {
  /** Resolves to the result, or to null where it failed; the error is in `error`. Never rejects. */
  readonly run: (...args: A) => Promise<T | null>
  readonly busy: boolean
  readonly error: ErrorView | null
  /** What the last run gave; null before it and after one that failed. */
  readonly result: T | null
}

type State<T> = { readonly busy: boolean; readonly error: ErrorView | null; readonly result: T | null }

/** One thing the user asked for: runs once at a time, and keeps the error to be shown where it was asked. */
export function useAction<A extends readonly unknown[], T>(work: (...args: A) => Promise<T>): Action<A, T> {
  const [state, setState] = useState<State<T>>({ busy: false, error: null, result: null })
  const running = useRef(false)
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })

  const run = useCallback(async (...args: A): Promise<T | null> => {
    if (running.current) return null
    running.current = true
    setState(before => ({ ...before, busy: true, error: null }))
    try {
      const result = await latest.current(...args)
      setState({ busy: false, error: null, result })
      return result
    } catch (error) {
      setState({ busy: false, error: viewOf(error), result: null })
      return null
    } finally {
      running.current = false
    }
  }, [])
  return { run, ...state }
}
