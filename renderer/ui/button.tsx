import type { ReactElement, ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Icon, type IconName } from './icons.tsx'

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> & {
  /**
   * What it does is being done: it keeps the focus and hears no press. Not React Aria's own pending state, which
   * announces a progress bar within the button, and there is none.
   */
  readonly isPending?: boolean
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly children: ReactNode
}

export function Button(props: ButtonProps): ReactElement {
  const { look = 'secondary', isPending = false, onPress, children, ...rest } = props
  return (
    <AriaButton
      {...rest}
      {...(onPress && !isPending ? { onPress } : {})}
      className={`button button-${look}${isPending ? ' button-pending' : ''}`}
    >
      {children}
    </AriaButton>
  )
}

type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> & {
  readonly icon: IconName
  readonly label: string
}

/** A button whose face is a drawing; its name is said and shown on hover. */
export function IconButton({ icon, label, ...rest }: IconButtonProps): ReactElement {
  return (
    <AriaButton {...rest} className="button button-icon" aria-label={label} data-hint={label}>
      <Icon name={icon} />
    </AriaButton>
  )
}
