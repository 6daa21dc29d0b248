import type { ReactElement } from 'react'
import type { InsideEntry } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Size } from '../../ui/money.tsx'
import { RowLink, Table } from '../../ui/table.tsx'

const columns = [
  { id: 'entry', name: text.archive.name },
  { id: 'entry-size', name: text.archive.size, align: 'end' },
] as const

type EntryListProps = {
  readonly entries: readonly InsideEntry[]
  readonly onChoose: (path: string) => void
}

/** The files within an archive that was delivered packed: one of them is looked into. */
export function EntryList({ entries, onChoose }: EntryListProps): ReactElement {
  if (entries.length === 0) return <EmptyState title={text.archive.empty} what={text.archive.emptyWhat} />
  return (
    <div className="page-scroll">
      <Table label={text.archive.list} columns={columns}>
        <tbody>
          {entries.map(({ path, bytes, encrypted }) => (
            <tr key={path}>
              <td className="grow">
                {encrypted ? (
                  <span className="secondary">
                    {path} ({text.archive.encrypted})
                  </span>
                ) : (
                  <RowLink onOpen={() => onChoose(path)}>{path}</RowLink>
                )}
              </td>
              <td className="end">
                <Size bytes={bytes} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
