import { type ComponentType, lazy, type ReactElement, Suspense } from 'react'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { words } from '../../text.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'

type TabProps = { readonly definition: DefinitionView }

/** A tab that is loaded when it is first opened: the drawing of charts is nothing the window waits for. */
function laterTab(load: () => Promise<ComponentType<TabProps>>): (props: TabProps) => ReactElement {
  const Loaded = lazy<ComponentType<TabProps>>(async () => ({ default: await load() }))
  return function Later(props) {
    return (
      <Suspense fallback={<SkeletonRows rows={6} label={words.shell.loading} />}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}

export const TrendTab = laterTab(async () => (await import('../trend/trend-tab.tsx')).TrendTab)
export const ChecksTab = laterTab(async () => (await import('../trend/checks-tab.tsx')).ChecksTab)
export const ScheduleTab = laterTab(async () => (await import('../schedules/schedule-tab.tsx')).ScheduleTab)
