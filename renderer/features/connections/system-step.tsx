import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'

/** Only systems that really work are here; the others come when they do. */
export function SystemStep({ onNext }: { readonly onNext: () => void }): ReactElement {
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
        options={[{ id: 'concur', name: text.systemStep.concur, what: text.systemStep.concurWhat }]}
        value="concur"
        onChange={() => undefined}
      />
      <div className="form-actions">
        <Button look="primary" type="submit" autoFocus>
          {text.form.next}
        </Button>
      </div>
    </form>
  )
}
