import type { ReactElement, ReactNode } from 'react'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'

/** What the list of sections leads to. */
export type SectionId =
  | 'managed'
  | 'look'
  | 'files'
  | 'keep'
  | 'runs'
  | 'notifications'
  | 'desktop'
  | 'network'
  | 'practice'
  | 'carry'
  | 'updates'
  | 'support'

type SectionProps = { readonly id: SectionId; readonly title: string; readonly children: ReactNode }

export function Section({ id, title, children }: SectionProps): ReactElement {
  return (
    <section className="settings-group" aria-labelledby={`settings-${id}`}>
      <h2 id={`settings-${id}`} tabIndex={-1}>
        {title}
      </h2>
      <div className="settings-fields">{children}</div>
    </section>
  )
}

/** Stands under a setting that IT has decided. */
export function FixedNote({ fixed }: { readonly fixed: boolean }): ReactElement | null {
  return fixed ? <p className="fixed-note">{upkeep.setByCompany}</p> : null
}
