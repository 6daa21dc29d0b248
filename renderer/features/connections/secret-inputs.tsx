import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Choice, TextField } from '../../ui/fields.tsx'
import { isHidden, missingFields, type Secrets, type SignInKind, secretFields } from './secret-fields.ts'

const text = words.connections

type SecretInputsProps = {
  readonly kind: SignInKind
  readonly secrets: Secrets
  readonly onChange: (secrets: Secrets) => void
  /** Whether empty fields are named: only after the first try. */
  readonly tried: boolean
  readonly autoFocus?: boolean
}

/** The fields of one kind of sign-in; each says where its value is found. */
export function SecretInputs(props: SecretInputsProps): ReactElement {
  const { kind, secrets, onChange, tried, autoFocus = false } = props
  const missing = missingFields(kind, secrets)
  return (
    <>
      {secretFields(kind).map((field, index) =>
        field === 'scheme' ? (
          <Choice
            key={field}
            label={text.fields.scheme.label}
            options={[
              { id: 'OAuth', name: text.schemes.OAuth },
              { id: 'Bearer', name: text.schemes.Bearer },
            ]}
            value={secrets.scheme === 'Bearer' ? 'Bearer' : 'OAuth'}
            onChange={scheme => onChange({ ...secrets, scheme })}
            inline
          />
        ) : (
          <TextField
            key={field}
            label={text.fields[field].label}
            what={text.whereOf(kind.system, field)}
            value={secrets[field] ?? ''}
            onChange={value => onChange({ ...secrets, [field]: value })}
            secret={isHidden(field)}
            problem={tried && missing.includes(field) ? text.form.needed : null}
            autoFocus={autoFocus && index === 0}
          />
        ),
      )}
    </>
  )
}

type KeepChoiceProps = {
  readonly keep: 'keychain' | 'session'
  readonly onChange: (keep: 'keychain' | 'session') => void
}

export function KeepChoice({ keep, onChange }: KeepChoiceProps): ReactElement {
  const { form } = text
  return (
    <Choice
      label={form.keep}
      options={[
        { id: 'keychain', name: form.keeps.keychain, what: form.keepsWhat.keychain },
        { id: 'session', name: form.keeps.session, what: form.keepsWhat.session },
      ]}
      value={keep}
      onChange={onChange}
    />
  )
}
