import { type ReactElement, useRef, useState } from 'react'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ReceiptsMenu } from '../receipt/receipts-menu.tsx'
import { Page } from '../shell/page.tsx'
import { FilterBar } from './filter-bar.tsx'
import { isFiltered, noFilters, questionOf } from './filters.ts'
import { HistoryGrid } from './history-grid.tsx'
import { usePages } from './use-pages.ts'

/** Every job and delivery ever seen, searched as you type. */
export function HistoryPage(): ReactElement {
  const [filters, setFilters] = useState(noFilters)
  // A day that ends while History is open does not move the filter under the reader.
  const [opened] = useState(() => Date.now())
  const question = questionOf(filters, opened)
  const { pages, state } = usePages(question)
  const density = useSettings(one => one.settings.density)
  const grid = useRef<HTMLDivElement>(null)
  const text = words.history
  return (
    <Page title={words.shell.history} fixed actions={<ReceiptsMenu question={question} />}>
      <FilterBar
        filters={filters}
        found={state.total}
        onChange={setFilters}
        onDown={() => grid.current?.focus()}
      />
      {state.error ? (
        <div className="page-note">
          <ErrorNote error={state.error} live>
            <Button onPress={() => pages.want(0, 0)}>{words.shell.tryAgain}</Button>
          </ErrorNote>
        </div>
      ) : null}
      {state.total === null && !state.error ? <SkeletonRows rows={12} label={text.loadingRow} /> : null}
      {state.total === 0 ? (
        isFiltered(filters) ? (
          <EmptyState title={text.nothingFound} what={text.nothingFoundWhat}>
            <Button onPress={() => setFilters(noFilters)}>{text.clearAll}</Button>
          </EmptyState>
        ) : (
          <EmptyState title={text.emptyTitle} what={text.emptyWhat} />
        )
      ) : null}
      {state.total !== null && state.total > 0 ? (
        <HistoryGrid key={density} ref={grid} pages={pages} state={state} total={state.total} />
      ) : null}
    </Page>
  )
}
