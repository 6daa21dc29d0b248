import { type ComponentType, lazy, type ReactElement, type ReactNode, Suspense, useEffect } from 'react'
import { words } from '../../text.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'

/**
 * A part that is loaded when it is first opened, so that the window need not wait for it before it can paint.
 * `meanwhile` stands in its place: rows of a page, nothing where it floats above one.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode = <Loading />,
): ComponentType<P> {
  const Loaded = lazy<ComponentType<P>>(async () => ({ default: await load() }))
  return function Later(props: P): ReactElement {
    return (
      <Suspense fallback={meanwhile}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}

/** Fetches what will be wanted soon, once the window is idle. That it fails is told when it is opened. */
export function useFetched(fetch: () => Promise<unknown>): void {
  useEffect(() => {
    const waiting = requestIdleCallback(() => void fetch().catch(() => undefined))
    return () => cancelIdleCallback(waiting)
  }, [fetch])
}

function Loading(): ReactElement {
  return (
    <main className="page">
      <SkeletonRows rows={8} label={words.shell.loading} />
    </main>
  )
}
