import type { ReactElement } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Icon } from '../../ui/icons.tsx'
import { useAction } from '../../ui/use-action.ts'

const text = words.extracts.favourite

/** The star of a definition: the tray offers it to run. */
export function FavouriteStar({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const { id, name, favourite } = definition
  const change = useAction((on: boolean) => desk.definitions.favourite(id, on))
  return (
    <ToggleButton
      className="button button-icon star"
      aria-label={text.of(name)}
      data-hint={favourite ? text.on : text.off}
      isSelected={favourite}
      onChange={on => void change.run(on)}
    >
      <Icon name="star" />
    </ToggleButton>
  )
}
