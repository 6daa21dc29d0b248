import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { words } from '../text.ts'
import { IconButton } from './button.tsx'

type PanelProps = {
  readonly label: string
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly onClose: () => void
}

/**
 * Details at the right, beside what they belong to. Focus goes to its title when it opens and back when it closes;
 * Esc within it closes it. It is no dialog: the list beside it stays usable.
 */
export function Panel({ label, title, aside, children, actions, onClose }: PanelProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef<Element | null>(null)
  useEffect(() => {
    // Kept from the first time on: a panel that was only covered is shown anew with the focus nowhere.
    before.current ??= document.activeElement
    heading.current?.focus()
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.stopPropagation()
    onClose()
  }
  return (
    <aside className="panel" aria-label={label} onKeyDown={onKeyDown}>
      <header className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {aside}
        <IconButton icon="close" label={words.history.receipt.close} onPress={onClose} />
      </header>
      <div className="panel-body">{children}</div>
      {actions ? <footer className="panel-actions">{actions}</footer> : null}
    </aside>
  )
}
