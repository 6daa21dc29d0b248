import type { ReactElement, ReactNode } from 'react'

type EmptyStateProps = { readonly title: string; readonly what: string; readonly children?: ReactNode }

/** What this place is for, and the one thing to do next. */
export function EmptyState({ title, what, children }: EmptyStateProps): ReactElement {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{what}</p>
      {children ? <div className="empty-action">{children}</div> : null}
    </div>
  )
}
