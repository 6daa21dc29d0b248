import { Fragment, type ReactElement } from 'react'
import type { DefinitionView, KeptRequest } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { ask, goTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { requestFacts } from './request-facts.ts'

const text = words.definitions

type RequestTabProps = {
  readonly definition: DefinitionView
  readonly system: SystemName
  readonly request: KeptRequest
}

/** What a definition that we keep asks of its system: in words, and as the file that would make it again. */
export function RequestTab({ definition, system, request }: RequestTabProps): ReactElement {
  const facts = requestFacts(system, request) ?? []
  return (
    <div className="page-scroll page-body">
      <dl className="facts facts-page">
        {facts.map(({ name, values }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              {values.map(value => (
                <p key={value} className="breakable">
                  {value}
                </p>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
      <details className="details">
        <summary>
          <Icon name="crumb" />
          {text.form.json}
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre className="request-json" tabIndex={0}>
          {JSON.stringify(request, null, 2)}
        </pre>
      </details>
      {definition.removed ? null : (
        <div className="form-actions">
          <Button onPress={() => goTo({ screen: 'edit-definition', definitionId: definition.id })}>
            {text.edit}
          </Button>
          <Button onPress={() => ask({ kind: 'remove-definition', definitionId: definition.id })}>
            {text.remove}
          </Button>
        </div>
      )}
    </div>
  )
}
