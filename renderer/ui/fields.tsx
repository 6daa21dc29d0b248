import type { ReactElement, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { Icon } from './icons.tsx'

type FieldProps = {
  readonly label: string
  /** Where the value is found, or what it does. */
  readonly what?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  /** Why it cannot be used as it is. */
  readonly problem?: string | null
  readonly secret?: boolean
  readonly mono?: boolean
  readonly autoFocus?: boolean
  readonly disabled?: boolean
}

export function TextField(props: FieldProps): ReactElement {
  const {
    label,
    what,
    value,
    onChange,
    onBlur,
    problem = null,
    secret = false,
    mono = false,
    autoFocus = false,
    disabled = false,
  } = props
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      {...(onBlur ? { onBlur } : {})}
      isInvalid={problem !== null}
      isDisabled={disabled}
      validationBehavior="aria"
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <Input className={mono ? 'input input-mono' : 'input'} spellCheck="false" />
      {what ? (
        <Text slot="description" className="field-what">
          {what}
        </Text>
      ) : null}
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  )
}

type AreaProps = Pick<FieldProps, 'label' | 'what' | 'value' | 'onChange' | 'problem'> & {
  readonly rows?: number
}

/** Several lines: a list pasted from elsewhere, or a query. */
export function TextArea({
  label,
  what,
  value,
  onChange,
  problem = null,
  rows = 4,
}: AreaProps): ReactElement {
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={problem !== null}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <AriaTextArea className="input input-mono input-area" rows={rows} spellCheck="false" />
      {what ? (
        <Text slot="description" className="field-what">
          {what}
        </Text>
      ) : null}
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  )
}

export type Option<K extends string> = { readonly id: K; readonly name: string; readonly what?: string }

type SelectProps<K extends string> = {
  readonly label: string
  readonly what?: string
  readonly options: readonly Option<K>[]
  readonly value: K
  readonly onChange: (value: K) => void
  readonly disabled?: boolean
}

export function Select<K extends string>(props: SelectProps<K>): ReactElement {
  const { label, what, options, value, onChange, disabled = false } = props
  return (
    <AriaSelect
      className="field"
      value={value}
      isDisabled={disabled}
      onChange={key => {
        const option = options.find(one => one.id === key)
        if (option) onChange(option.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value">{options.find(one => one.id === value)?.name}</SelectValue>
        <Icon name="chevron" />
      </Button>
      {what ? (
        <Text slot="description" className="field-what">
          {what}
        </Text>
      ) : null}
      <Popover className="popover select-popover">
        <ListBox className="listbox" items={options}>
          {option => (
            <ListBoxItem className="option" id={option.id} textValue={option.name}>
              <Text slot="label">{option.name}</Text>
              {option.what ? (
                <Text slot="description" className="option-what">
                  {option.what}
                </Text>
              ) : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

type ChoiceProps<K extends string> = {
  readonly label: string
  readonly what?: string
  readonly options: readonly Option<K>[]
  readonly value: K
  readonly onChange: (value: K) => void
  readonly inline?: boolean
  /** Name and explanation of an option on one line, for a long list. */
  readonly listed?: boolean
  /** Each option has a frame of its own, for a choice that a whole form follows. */
  readonly framed?: boolean
  readonly autoFocus?: boolean
  readonly disabled?: boolean
}

/** A choice whose options are few enough to be read at once. */
export function Choice<K extends string>(props: ChoiceProps<K>): ReactElement {
  const { label, what, options, value, onChange } = props
  const { inline = false, listed = false, framed = false, autoFocus = false, disabled = false } = props
  const arranged = [inline && 'choices-inline', listed && 'choices-listed', framed && 'choices-framed']
  return (
    <RadioGroup
      className="field"
      value={value}
      isDisabled={disabled}
      onChange={chosen => {
        const option = options.find(one => one.id === chosen)
        if (option) onChange(option.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      {what ? (
        <Text slot="description" className="field-what">
          {what}
        </Text>
      ) : null}
      <div className={['choices', ...arranged].filter(Boolean).join(' ')}>
        {options.map(option => (
          <Radio
            key={option.id}
            value={option.id}
            className="choice"
            autoFocus={autoFocus && option.id === value}
          >
            <span className="choice-dot" aria-hidden="true" />
            <span>
              {option.name}
              {option.what ? <span className="choice-what">{option.what}</span> : null}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

type CheckboxProps = {
  readonly children: ReactNode
  readonly what?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export function Checkbox({
  children,
  what,
  checked,
  onChange,
  disabled = false,
}: CheckboxProps): ReactElement {
  return (
    <AriaCheckbox className="choice" isSelected={checked} onChange={onChange} isDisabled={disabled}>
      <span className="choice-box" aria-hidden="true">
        <Icon name="check" />
      </span>
      <span>
        {children}
        {what ? <span className="choice-what">{what}</span> : null}
      </span>
    </AriaCheckbox>
  )
}
