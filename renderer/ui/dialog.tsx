import type { FormEvent, ReactElement, ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

type DialogProps = {
  readonly title: ReactNode
  /** Stands under the title: which connection, which mark. */
  readonly about?: ReactNode
  readonly children: ReactNode
  readonly actions: ReactNode
  readonly onClose: () => void
  readonly onSubmit?: () => void
  readonly wide?: boolean
}

/** For what must be decided now. Esc and a click beside it close it; focus goes back to where it came from. */
export function Dialog(props: DialogProps): ReactElement {
  const { title, about, children, actions, onClose, onSubmit, wide = false } = props
  const body = (
    <>
      <header className="dialog-head">
        <Heading slot="title" className="dialog-title">
          {title}
        </Heading>
        {about}
      </header>
      <div className="dialog-body">{children}</div>
      <footer className="dialog-actions">{actions}</footer>
    </>
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable
      onOpenChange={open => {
        if (!open) onClose()
      }}
    >
      <Modal className={wide ? 'dialog dialog-wide' : 'dialog'}>
        <AriaDialog className="dialog-inner">
          {onSubmit ? (
            <form className="dialog-form" onSubmit={submit} noValidate>
              {body}
            </form>
          ) : (
            body
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
