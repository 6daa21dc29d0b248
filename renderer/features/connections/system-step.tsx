import type { ReactElement } from 'react'
import { type SystemName, systemNames } from '../../../preload/contract/words.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'

type SystemStepProps = {
  readonly system: SystemName
  readonly onChange: (system: SystemName) => void
  readonly onNext: () => void
}

/** Which system, and what has to be at hand for it. */
export function SystemStep({ system, onChange, onNext }: SystemStepProps): ReactElement {
  const text = words.connections
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        onNext()
      }}
    >
      <Choice
        label={text.steps.system}
        options={systemNames.map(id => ({ id, ...text.systemStep[id] }))}
        value={system}
        onChange={onChange}
        framed
        autoFocus
      />
      <div className="form-actions">
        <Button look="primary" type="submit">
          {text.form.next}
        </Button>
      </div>
    </form>
  )
}
