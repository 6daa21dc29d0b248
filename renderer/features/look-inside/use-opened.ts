import { useEffect, useState } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { InsideEntry, InsideTarget } from '../../../preload/contract/inside.ts'
import { desk } from '../../bridge.ts'
import { viewOf } from '../../desk-error.ts'
import { createInside, type Inside } from './inside.ts'
import { createWorks, type Works } from './works.ts'

/**
 *   opening ──table──► table ──(left)──► closed at main
 *      │ └──archive──► archive ──(an entry is chosen: another target)
 *      └──error──► failed ──again──► opening
 */
export type Opened =
  | { readonly state: 'opening'; readonly works: Works | null }
  | { readonly state: 'table'; readonly inside: Inside }
  | { readonly state: 'archive'; readonly name: string; readonly entries: readonly InsideEntry[] }
  | { readonly state: 'failed'; readonly error: ErrorView }

/** Opens a file, and closes it at main when it is left, whatever of it is still under way. */
export function useOpened(target: InsideTarget): { readonly opened: Opened; readonly again: () => void } {
  const [round, setRound] = useState(0)
  const [opened, setOpened] = useState<Opened>({ state: 'opening', works: null })
  const { receiptId, fileIndex, entry } = target
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round opens the same file again
  useEffect(() => {
    const works = createWorks({
      cancel: id => desk.inside.cancel(id),
      onInside: listener => desk.on.onInside(listener),
      now: () => Date.now(),
    })
    let viewId: string | null = null
    let left = false
    const close = (id: string): void => {
      desk.inside.close(id).catch(() => undefined)
    }
    setOpened({ state: 'opening', works })
    const open = async (workId: string): Promise<Opened> => {
      const answer = await desk.inside.open({ receiptId, fileIndex, entry }, workId)
      if (answer.kind === 'archive') return { state: 'archive', name: answer.name, entries: answer.entries }
      viewId = answer.view.viewId
      if (left) close(viewId)
      return { state: 'table', inside: createInside(desk.inside, answer.view, works) }
    }
    works.run('open', open).then(
      now => {
        if (now && !left) setOpened(now)
      },
      error => {
        if (!left) setOpened({ state: 'failed', error: viewOf(error) })
      },
    )
    return () => {
      left = true
      works.stop()
      if (viewId !== null) close(viewId)
    }
  }, [receiptId, fileIndex, entry, round])
  return { opened, again: () => setRound(before => before + 1) }
}
