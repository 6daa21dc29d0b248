import { useEffect } from 'react'
import { isCommand } from '../../ui/keys.ts'

/** Ctrl+L, or ⌘L: looks into the delivery that is open or has the focus. */
export const isLook = (event: Parameters<typeof isCommand>[0]): boolean => isCommand(event, 'l')

/** Hears the key wherever the focus is, as long as what it looks into is open. */
export function useLookKey(look: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isLook(event)) look()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}
