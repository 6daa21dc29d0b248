import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { ask } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Icon } from '../../ui/icons.tsx'
import { command, commandAria } from '../../ui/keys.ts'

type PageProps = {
  readonly title: string
  /** Before the title: the way back. */
  readonly crumb?: { readonly name: string; readonly onOpen: () => void }
  /** Beside the title: its mark. */
  readonly beside?: ReactNode
  /** Under the title. */
  readonly about?: ReactNode
  readonly actions?: ReactNode
  /** A test connection's pages carry a blue line under the title. */
  readonly test?: boolean
  /** The page scrolls inside itself, not as a whole. */
  readonly fixed?: boolean
  readonly children: ReactNode
}

/** A page with its title. Where the focus was on something that is gone, it goes to the title. */
export function Page(props: PageProps): ReactElement {
  const { title, crumb, beside, about, actions, test = false, fixed = false, children } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = words.shell.windowTitle(title)
  }, [title])
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <main className={fixed ? 'page page-fixed' : 'page'}>
      <header className={test ? 'page-head page-test' : 'page-head'}>
        <div className="page-names">
          <div className="page-title">
            {crumb ? (
              <nav aria-label={words.extracts.breadcrumb} className="crumb">
                <button type="button" className="row-link" onClick={crumb.onOpen}>
                  {crumb.name}
                </button>
                <Icon name="crumb" />
              </nav>
            ) : null}
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {beside}
          </div>
          {about ? <div className="page-about">{about}</div> : null}
        </div>
        <div className="page-actions">
          {actions}
          <PaletteButton />
        </div>
      </header>
      {children}
    </main>
  )
}

function PaletteButton(): ReactElement {
  return (
    <button
      type="button"
      className="palette-button"
      aria-keyshortcuts={commandAria('K')}
      onClick={() => ask({ kind: 'palette' })}
    >
      <Icon name="search" />
      <span>{words.shell.openPalette}</span>
      <kbd>{command('K')}</kbd>
    </button>
  )
}
