import { useCallback, useEffect, useState } from 'react'
import type { ErrorView } from '../../preload/contract/errors.ts'
import { viewOf } from '../desk-error.ts'

export type Answer<T> = {
  readonly value: T | null
  readonly error: ErrorView | null
  readonly again: () => void
}

/**
 * Asks when `key` changes and shows the newest answer only. While a new answer to the same key is on its way the old
 * one stays, so that nothing flickers; for another key only where `keep` says that an old answer does no harm.
 */
export function useAnswer<T>(key: string, question: () => Promise<T>, keep = false): Answer<T> {
  const [answer, setAnswer] = useState<{ key: string; value: T | null; error: ErrorView | null }>({
    key,
    value: null,
    error: null,
  })
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for all that the question depends on
  useEffect(() => {
    let wanted = true
    question().then(
      value => {
        if (wanted) setAnswer({ key, value, error: null })
      },
      error => {
        if (wanted)
          setAnswer(before => ({
            key,
            value: before.key === key ? before.value : null,
            error: viewOf(error),
          }))
      },
    )
    return () => {
      wanted = false
    }
  }, [key, round])

  const again = useCallback(() => setRound(before => before + 1), [])
  return answer.key === key || keep
    ? { value: answer.value, error: answer.error, again }
    : { value: null, error: null, again }
}
