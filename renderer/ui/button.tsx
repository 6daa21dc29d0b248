import type { ReactElement, ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Icon, type IconName } from './icons.tsx'

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> & {
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly children: ReactNode
}

export function Button({ look = 'secondary', children, ...rest }: ButtonProps): ReactElement {
  return (
    <AriaButton {...rest} className={`button button-${look}`}>
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
