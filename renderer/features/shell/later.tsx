import { type ComponentType, lazy, type ReactElement, Suspense } from 'react'
import { words } from '../../text.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'

/** A page that is loaded when it is first opened, so that the window need not wait for it before it can paint. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Loaded = lazy<ComponentType<P>>(async () => ({ default: await load() }))
  return function Later(props: P): ReactElement {
    return (
      <Suspense fallback={<Loading />}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}

function Loading(): ReactElement {
  return (
    <main className="page">
      <SkeletonRows rows={8} label={words.shell.loading} />
    </main>
  )
}
