import type { ReactElement } from 'react'

/** Rows of the real height while the real ones are read. */
export function SkeletonRows({
  rows,
  label,
}: {
  readonly rows: number
  readonly label: string
}): ReactElement {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={index} className="skeleton-row">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
