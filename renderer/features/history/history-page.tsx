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
import { type Filters, isFiltered, noFilters, questionOf } from './filters.ts'
import { HistoryGrid } from './history-grid.tsx'
import { askFor, useKept } from './kept.ts'
import { usePages } from './use-pages.ts'

const text = words.history

/** Every job and delivery ever seen, searched as you type. */
export function HistoryPage(): ReactElement {
  const filters = useKept(state => state.filters)
  // A day that ends while History is open does not move the filter under the reader.
  const [opened] = useState(() => Date.now())
  const question = questionOf(filters, opened)
  const { pages, state } = usePages(question)
  const density = useSettings(one => one.settings.density)
  const grid = useRef<HTMLDivElement>(null)
  return (
    <Page title={words.shell.history} fixed actions={<ReceiptsMenu question={question} />}>
      <FilterBar
        filters={filters}
        found={state.total}
        onChange={askFor}
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
      {state.total === 0 ? <Nothing filters={filters} /> : null}
      {state.total !== null && state.total > 0 ? (
        <HistoryGrid key={density} ref={grid} pages={pages} state={state} total={state.total} />
      ) : null}
    </Page>
  )
}

/** No row: because of what was asked, because of what is left out from the start, or since there is none at all. */
function Nothing({ filters }: { readonly filters: Filters }): ReactElement {
  const { passedBy } = text
  if (filters.passedBy === 'hidden') {
    return (
      <EmptyState title={isFiltered(filters) ? text.nothingFound : passedBy.noneOwn} what={passedBy.what}>
        <Button onPress={() => askFor({ ...filters, passedBy: 'shown' })}>{passedBy.show}</Button>
      </EmptyState>
    )
  }
  return isFiltered(filters) ? (
    <EmptyState title={text.nothingFound} what={text.nothingFoundWhat}>
      <Button onPress={() => askFor(noFilters)}>{text.clearAll}</Button>
    </EmptyState>
  ) : (
    <EmptyState title={text.emptyTitle} what={text.emptyWhat} />
  )
}
