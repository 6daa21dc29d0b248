import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { desk } from '../../bridge.ts'
import { useActivity } from '../../stores/activity.ts'
import { useReviewed } from '../../stores/reviewed.ts'
import type { Question } from './filters.ts'
import { createPages, type Pages, type PagesState } from './pages.ts'

/**
 * The pages that answer a question. The old answer stays until the new one has its first page, so that typing does
 * not flicker; what happens meanwhile at the desk asks the same question again.
 */
export function usePages(question: Question): { readonly pages: Pages; readonly state: PagesState } {
  const delivered = useActivity(state => state.delivered)
  const running = useActivity(state => state.running.length)
  const reviewed = useReviewed()
  const key = JSON.stringify(question)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the question; activity and reviews make the answer old
  const asked = useMemo(
    () => createPages((offset, limit) => desk.history.search({ ...question, offset, limit })),
    [key, delivered, running, reviewed],
  )
  const [shown, setShown] = useState(asked)
  const latest = useRef(asked)
  useEffect(() => {
    latest.current = asked
    const off = asked.subscribe(() => {
      const { total, error } = asked.read()
      if (latest.current === asked && (total !== null || error !== null)) setShown(asked)
    })
    asked.want(0, 0)
    return off
  }, [asked])
  const state = useSyncExternalStore(shown.subscribe, shown.read)
  return { pages: shown, state }
}
