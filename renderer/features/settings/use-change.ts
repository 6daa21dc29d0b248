import { useState } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import type { Settings } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { useAction } from '../../ui/use-action.ts'

export type Change = {
  readonly settings: Settings
  /** Takes effect at once; `name`: what the setting is called, to say that it was saved. */
  readonly set: (patch: Partial<Settings>, name: string) => void
  /** IT has decided it: it is shown, and cannot be changed. */
  readonly isFixed: (name: keyof Settings) => boolean
  readonly busy: boolean
  readonly error: ErrorView | null
  /** What was saved last, for those who do not see it. */
  readonly said: string
}

/** The settings, and the one way to change them. What could not be saved says so and jumps back. */
export function useChange(): Change {
  const { settings, status } = useSettings()
  const [said, setSaid] = useState('')
  const change = useAction(async (patch: Partial<Settings>, name: string) => {
    setSaid('')
    await desk.settings.change(patch)
    setSaid(upkeep.saved(name))
  })
  return {
    settings,
    set: (patch, name) => void change.run(patch, name),
    isFixed: name => status.managed.settings.includes(name),
    busy: change.busy,
    error: change.error,
    said,
  }
}
